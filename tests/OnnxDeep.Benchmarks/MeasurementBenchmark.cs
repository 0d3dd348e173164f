using System.Diagnostics;

using BenchmarkDotNet.Attributes;

using Microsoft.ML.OnnxRuntime;

using OnnxDeep.Inference.Measurement;
using OnnxDeep.Inference.Samples;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Values;
using OnnxDeep.Onnx.Tensors;
using OnnxDeep.Tests;

namespace OnnxDeep.Benchmarks;

/// <summary>
/// Measures the overhead of Measure-OnnxModel on the smallest model, where it is most visible; the baseline is a loop
/// over OrtValues that records nothing.
/// </summary>
public class MeasurementBenchmark : IDisposable
{
    private const int Runs = 1000;

    private OnnxSession _session = null!;
    private OrtInputs _inputs = null!;
    private LatencyMeter _meter = null!;

    /// <summary>Opens the model, outside the measurement.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _session = OnnxSession.Open(Repository.FoodModel);
        var signature = OnnxSignature.Read(Repository.FoodModel);
        _inputs = new OrtInputs(
            new SampleInputs(Repository.FoodModel, signature, new SampleShape()).Create(42),
            new Dictionary<string, OnnxType>());
        _meter = new LatencyMeter(TimeSpan.Zero, 1, null, CancellationToken.None);
    }

    /// <summary>Runs one row at a time and releases the outputs.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Runs)]
    public bool BareLoop() => _session.Use(
        (runtime, options) =>
        {
            string[] names = ["features"];
            string[] outputs = ["probability"];
            OrtValue[] values = _inputs.Values;
            for (int i = 0; i < Runs; i++)
            {
                runtime.Run(options, names, values, outputs).Dispose();
            }

            return true;
        },
        CancellationToken.None);

    /// <summary>Does the same, with each run timed and counted.</summary>
    [Benchmark(OperationsPerInvoke = Runs)]
    public bool Measured() => _session.Use(
        (runtime, options) =>
        {
            var run = new ValueRun(runtime, _inputs);
            long before = Stopwatch.GetTimestamp();
            for (int i = 0; i < Runs; i++)
            {
                before = _meter.Time(run, options, before);
            }

            return true;
        },
        CancellationToken.None);

    /// <summary>Closes the model.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _inputs.Dispose();
        _session.Dispose();
        GC.SuppressFinalize(this);
    }
}
