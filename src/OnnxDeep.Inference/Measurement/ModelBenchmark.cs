using System.Diagnostics;

using Microsoft.ML.OnnxRuntime;

using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Samples;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Values;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Inference.Measurement;

/// <summary>Measures how long a model takes to load and to run.</summary>
public sealed class ModelBenchmark
{
    private readonly string _path;
    private readonly SampleInputs _inputs;
    private readonly Dictionary<string, OnnxType> _types;
    private readonly IReadOnlyList<string> _operators;
    private readonly BenchmarkSettings _settings;

    /// <summary>Creates a benchmark.</summary>
    /// <param name="path">The model's file.</param>
    /// <param name="signature">The model's signature.</param>
    /// <param name="inputs">The input values.</param>
    /// <param name="settings">The measurement settings.</param>
    public ModelBenchmark(string path, OnnxSignature signature, SampleInputs inputs, BenchmarkSettings settings)
    {
        _path = Path.GetFullPath(path);
        _inputs = inputs;
        _types = signature.Inputs.ToDictionary(input => input.Name, input => input.Type, StringComparer.Ordinal);
        _operators = signature.Operators;
        _settings = settings;
    }

    /// <summary>Loads the model, warms it up, measures it and closes it.</summary>
    /// <param name="progress">Called a few times per second, between runs, with the elapsed share of the time.</param>
    /// <param name="cancellationToken">Cancels the measurement.</param>
    /// <exception cref="ModelException">The model cannot be loaded or run.</exception>
    /// <exception cref="OperationCanceledException">The measurement was cancelled.</exception>
    public ModelMeasurement Run(Action<double>? progress = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyDictionary<string, OnnxValue> values = _inputs.Create(_settings.Seed);

        // The runtime itself is loaded once per process and does not belong to the model's load time.
        _ = OnnxRuntimeHost.Environment;
        if (_settings.Provider.WithCudaGraph() is ExecutionProvider graph && CudaGraph.Suits(_operators))
        {
            try
            {
                return Measure(graph, values, progress, cancellationToken);
            }
            catch (ModelException e) when (e.ErrorId is ErrorIds.ProviderRefused or ErrorIds.ModelInvalid)
            {
                // Some models load with a graph but fail when it is captured; fall back, because the user did not ask
                // for one.
            }
        }

        try
        {
            return Measure(_settings.Provider, values, progress, cancellationToken);
        }
        catch (ModelException e) when (e.ErrorId == ErrorIds.ModelInvalid)
        {
            return Measure(_settings.Provider, FindValues(cancellationToken), progress, cancellationToken);
        }
    }

    // Values with which the model runs; if there are none, the error says that they are generated.
    private IReadOnlyDictionary<string, OnnxValue> FindValues(CancellationToken cancellationToken)
    {
        using OnnxSession session = Open(_settings.Provider, out _, cancellationToken);
        var runner = new ModelRunner(session, []);
        return _inputs.Run(_settings.Seed, values => runner.Run(values, cancellationToken)).Values;
    }

    private static double Milliseconds(double ticks) => ticks * 1000 / Stopwatch.Frequency;

    private ModelMeasurement Measure(
        ExecutionProvider provider,
        IReadOnlyDictionary<string, OnnxValue> values,
        Action<double>? progress,
        CancellationToken cancellationToken)
    {
        long memory = ProcessMemory.Settle();
        using OnnxSession session = Open(provider, out TimeSpan loading, cancellationToken);
        var meter = new LatencyMeter(_settings.Duration, _settings.WarmUpRuns, progress, cancellationToken);
        session.Use(
            (runtime, options) =>
            {
                using PreparedRun run = Prepare(session, runtime, values);
                meter.Measure(run, options);
                return true;
            },
            cancellationToken,
            keepsBuffers: true);
        long peak = ProcessMemory.GetPeak();
        LatencyHistogram latencies = meter.Latencies;
        double seconds = Stopwatch.GetElapsedTime(0, latencies.Sum).TotalSeconds;
        return new ModelMeasurement
        {
            Model = Path.GetFileNameWithoutExtension(_path),
            Path = _path,
            Provider = session.Provider.Name,
            Threads = _settings.Threads,
            BatchSize = _inputs.BatchSize,
            Runs = latencies.Count,
            P50Milliseconds = Milliseconds(latencies.GetPercentile(0.5)),
            P90Milliseconds = Milliseconds(latencies.GetPercentile(0.9)),
            P99Milliseconds = Milliseconds(latencies.GetPercentile(0.99)),
            MaxMilliseconds = Milliseconds(latencies.Max),
            MeanMilliseconds = seconds * 1000 / latencies.Count,
            Throughput = _inputs.BatchSize * latencies.Count / seconds,
            LoadMilliseconds = loading.TotalMilliseconds,
            FirstRunMilliseconds = meter.FirstRun.TotalMilliseconds,
            PeakMemoryBytes = peak,
            AddedMemoryBytes = Math.Max(0, peak - memory),
            AllocatedBytes = (double)meter.AllocatedBytes / latencies.Count,
            UsesCudaGraph = session.Provider.UsesCudaGraph,
            Inputs =
            [
                .. values.Select(pair =>
                    pair.Value is OnnxTensor tensor ? $"{pair.Key} {TensorShape.ToText(tensor.Shape)}" : pair.Key),
            ],
            ChosenInputs = _inputs.Choice,
        };
    }

    private PreparedRun Prepare(
        OnnxSession session, InferenceSession runtime, IReadOnlyDictionary<string, OnnxValue> values)
    {
        var inputs = new OrtInputs(values, _types);
        try
        {
            return session.Provider.Name == ExecutionProvider.Cpu.Name
                || runtime.OutputMetadata.Values.Any(output => !output.IsTensor)
                    ? new ValueRun(runtime, inputs)
                    : new BoundRun(runtime, inputs, session.Provider.UsesCudaGraph);
        }
        catch
        {
            inputs.Dispose();
            throw;
        }
    }

    private OnnxSession Open(
        ExecutionProvider provider, out TimeSpan loading, CancellationToken cancellationToken)
    {
        long start = Stopwatch.GetTimestamp();
        var settings = new SessionSettings
        {
            Threads = _settings.Threads ?? 0, Optimization = _settings.Optimization,
        };
        var session = OnnxSession.Open(_path, provider, settings, cancellationToken);
        loading = Stopwatch.GetElapsedTime(start);
        return session;
    }
}

/// <summary>The settings of a measurement.</summary>
public sealed record BenchmarkSettings
{
    /// <summary>The execution provider that runs the model.</summary>
    public ExecutionProvider Provider { get; init; } = ExecutionProvider.Cpu;

    /// <summary>Threads within an operator; null for the runtime's default.</summary>
    public int? Threads { get; init; }

    /// <summary>The graph optimization level.</summary>
    public GraphOptimization Optimization { get; init; } = GraphOptimization.All;

    /// <summary>The duration of the measured runs; there is always at least one.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The number of warm-up runs; they end early if they take as long as <see cref="Duration"/>.</summary>
    public int WarmUpRuns { get; init; } = 10;

    /// <summary>The seed of the generated inputs.</summary>
    public ulong Seed { get; init; } = 42;
}
