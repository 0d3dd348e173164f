using BenchmarkDotNet.Attributes;

using OnnxDeep.Inference.Conversion;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Onnx.Conversion;
using OnnxDeep.Onnx.Networks;

namespace OnnxDeep.Benchmarks;

/// <summary>
/// Runs a network with two layers of 1,024 units as exported and as Convert-OnnxModel converts it, with one thread.
/// </summary>
public class ConversionBenchmark : IDisposable
{
    private const int Width = 1024;

    private readonly string _folder = Directory.CreateTempSubdirectory("onnxdeep-benchmark-").FullName;
    private OnnxSession _float32 = null!;
    private OnnxSession _float16 = null!;
    private OnnxSession _int8 = null!;
    private float[] _features = [];
    private float[] _results = [];

    /// <summary>The number of rows per run.</summary>
    [Params(1, 64)]
    public int Rows { get; set; }

    /// <summary>Exports and converts the model, outside the measurement.</summary>
    [GlobalSetup]
    public void Setup()
    {
        string path = Path.Combine(_folder, "float32.onnx");
        OnnxExporter.Write(
            path, Network.Create(Width, [new(Width, Activation.ReLU), new(Width, Activation.Sigmoid)], seed: 42));
        _float32 = Open(path);
        _float16 = Open(Convert(path, WeightFormat.Float16));
        _int8 = Open(Convert(path, WeightFormat.Int8Dynamic));
        _features = [.. Enumerable.Range(0, Rows * Width).Select(i => MathF.Sin(i))];
        _results = new float[Rows * Width];
    }

    /// <summary>Runs the exported model.</summary>
    [Benchmark(Baseline = true)]
    public void Float32() => Run(_float32);

    /// <summary>Runs the model with 16-bit weights.</summary>
    [Benchmark]
    public void Float16() => Run(_float16);

    /// <summary>Runs the model with 8-bit weights and activations.</summary>
    [Benchmark]
    public void Int8Dynamic() => Run(_int8);

    /// <summary>Closes and deletes the models.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _float32.Dispose();
        _float16.Dispose();
        _int8.Dispose();
        Directory.Delete(_folder, recursive: true);
        GC.SuppressFinalize(this);
    }

    private static OnnxSession Open(string path) => OnnxSession.Open(path, null, new SessionSettings { Threads = 1 });

    private string Convert(string path, WeightFormat format)
    {
        string output = Path.Combine(_folder, $"{format}.onnx");
        ModelConversionRun.Convert(path, output, new ConversionSettings { To = format });
        return output;
    }

    private void Run(OnnxSession session) => session.Run("features", _features, "probability", _results, Rows);
}
