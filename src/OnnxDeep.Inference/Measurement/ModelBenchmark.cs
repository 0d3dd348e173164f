using System.Diagnostics;

using Microsoft.ML.OnnxRuntime;

using OnnxDeep.Onnx;

namespace OnnxDeep.Inference;

/// <summary>Measures how long a model takes to load and to run.</summary>
public sealed class ModelBenchmark
{
    private readonly string _path;
    private readonly SampleInputs _inputs;
    private readonly Dictionary<string, OnnxType> _types;
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
        _settings = settings;
    }

    /// <summary>Loads the model, warms it up and measures; closes it again.</summary>
    /// <param name="progress">Called a few times a second, between runs, with the share of the time that has passed.</param>
    /// <param name="cancellationToken">Ends a long run.</param>
    /// <exception cref="ModelException">The model cannot be loaded or run.</exception>
    /// <exception cref="OperationCanceledException">The measuring was cancelled.</exception>
    public ModelMeasurement Run(Action<double>? progress = null, CancellationToken cancellationToken = default)
    {
        IReadOnlyDictionary<string, OnnxValue> values = _inputs.Create(_settings.Seed);

        // The runtime itself loads once a process and is no part of a model.
        _ = OnnxRuntimeHost.Environment;
        long memory = ProcessMemory.Current;
        ProcessMemory.ResetPeak();
        using OnnxSession session = Open(out TimeSpan loading);
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
            Inputs = [.. values.Select(pair => pair.Value is OnnxTensor tensor ? $"{pair.Key} {TensorShape.ToText(tensor.Shape)}" : pair.Key)],
        };
    }

    private static double Milliseconds(double ticks) => ticks * 1000 / Stopwatch.Frequency;

    private PreparedRun Prepare(OnnxSession session, InferenceSession runtime, IReadOnlyDictionary<string, OnnxValue> values)
    {
        var inputs = new OrtInputs(values, _types);
        try
        {
            if (session.Provider.Name == ExecutionProvider.Cpu.Name)
            {
                return new ValueRun(runtime, inputs);
            }

            var run = new BoundRun(runtime, inputs);
            if (session.Provider.UsesCudaGraph)
            {
                using RunOptions plain = CudaGraph.CreateOptionsWithout();
                run.KeepOutputs(plain);
            }

            return run;
        }
        catch
        {
            inputs.Dispose();
            throw;
        }
    }

    // The shapes of a measurement are fixed, which is what a captured graph needs; a model that it cannot hold runs without.
    private OnnxSession Open(out TimeSpan loading)
    {
        if (_settings.Provider.WithCudaGraph() is ExecutionProvider graph)
        {
            try
            {
                return Open(graph, out loading);
            }
            catch (ModelException e) when (e.ErrorId == ModelException.ProviderRefused)
            {
            }
        }

        return Open(_settings.Provider, out loading);
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
