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

    /// <summary>Gets ready.</summary>
    /// <param name="path">The model's file.</param>
    /// <param name="signature">What it takes.</param>
    /// <param name="inputs">The values that it gets.</param>
    /// <param name="settings">How to measure.</param>
    public ModelBenchmark(string path, OnnxSignature signature, SampleInputs inputs, BenchmarkSettings settings)
    {
        _path = Path.GetFullPath(path);
        _inputs = inputs;
        _types = signature.Inputs.ToDictionary(input => input.Name, input => input.Type, StringComparer.Ordinal);
        _operators = signature.Operators;
        _settings = settings;
    }

    /// <summary>Loads the model, warms it up and measures; closes it again.</summary>
    /// <param name="progress">
    /// Called a few times a second, between runs, with the share of the time that has passed.
    /// </param>
    /// <param name="cancellationToken">Ends a long run.</param>
    /// <exception cref="ModelException">The model cannot be loaded or run.</exception>
    /// <exception cref="OperationCanceledException">The measuring was cancelled.</exception>
    public ModelMeasurement Run(Action<double>? progress = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyDictionary<string, OnnxValue> values = _inputs.Create(_settings.Seed);

        // The runtime itself loads once a process and is no part of a model.
        _ = OnnxRuntimeHost.Environment;
        if (_settings.Provider.WithCudaGraph() is ExecutionProvider graph && CudaGraph.Suits(_operators))
        {
            try
            {
                return Measure(graph, values, progress, cancellationToken);
            }
            catch (ModelException e) when (e.ErrorId is ErrorIds.ProviderRefused or ErrorIds.ModelInvalid)
            {
                // Some models load with a graph and fail when it is captured; nobody asked for one.
            }
        }

        return _inputs.Guard(() => Measure(_settings.Provider, values, progress, cancellationToken));
    }

    private static double Milliseconds(double ticks) => ticks * 1000 / Stopwatch.Frequency;

    private ModelMeasurement Measure(
        ExecutionProvider provider,
        IReadOnlyDictionary<string, OnnxValue> values,
        Action<double>? progress,
        CancellationToken cancellationToken)
    {
        long memory = ProcessMemory.Settle();
        using OnnxSession session = Open(provider, out TimeSpan loading);
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

    private OnnxSession Open(ExecutionProvider provider, out TimeSpan loading)
    {
        long start = Stopwatch.GetTimestamp();
        var session = OnnxSession.Open(_path, provider, new SessionSettings
        {
            Threads = _settings.Threads ?? 0, Optimization = _settings.Optimization,
        });
        loading = Stopwatch.GetElapsedTime(start);
        return session;
    }
}

/// <summary>How a model is measured.</summary>
public sealed record BenchmarkSettings
{
    /// <summary>Where it runs.</summary>
    public ExecutionProvider Provider { get; init; } = ExecutionProvider.Cpu;

    /// <summary>Threads within an operator; null leaves it to the runtime.</summary>
    public int? Threads { get; init; }

    /// <summary>How far the graph is rewritten.</summary>
    public GraphOptimization Optimization { get; init; } = GraphOptimization.All;

    /// <summary>How long the measured runs go on; there is always one.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// Runs before those that are measured; they end early where they take as long as <see cref="Duration"/>.
    /// </summary>
    public int WarmUpRuns { get; init; } = 10;

    /// <summary>Of the made-up inputs.</summary>
    public ulong Seed { get; init; } = 42;
}
