using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Engines;

using OnnxDeep.Words.Formats;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Benchmarks;

/// <summary>Imports 400,000 words with 300 numbers into a table; the baseline only reads the source.</summary>
[SimpleJob(RunStrategy.Monitoring, launchCount: 1, warmupCount: 1, iterationCount: 7)]
public class ImportBenchmark
{
    private readonly byte[] _buffer = new byte[1 << 21];
    private string _path = null!;

    /// <summary>The source: 0.95 GB of text, or 0.48 GB in word2vec's binary format.</summary>
    [Params("Text", "Binary")]
    public string Source { get; set; } = "Text";

    /// <summary>Generates the file, so that it is in the system's cache.</summary>
    [GlobalSetup]
    public void Setup() => _path = Source == "Text" ? GeneratedVectors.Text : GeneratedVectors.Binary;

    /// <summary>Only reads the file.</summary>
    [Benchmark(Baseline = true)]
    public long Read()
    {
        using FileStream stream = File.OpenRead(_path);
        long sum = 0;
        for (int read; (read = stream.Read(_buffer)) > 0;)
        {
            sum += read;
        }

        return sum;
    }

    /// <summary>Imports into a table of floats.</summary>
    [Benchmark]
    public ImportResult ToFloat32() => Import(VectorElementType.Float32);

    /// <summary>Imports into a table of bytes.</summary>
    [Benchmark]
    public ImportResult ToInt8() => Import(VectorElementType.Int8);

    private ImportResult Import(VectorElementType type)
    {
        var options = new ImportOptions { ElementType = type };
        using var source = WordVectorSource.Open(_path, options, Path.GetDirectoryName(GeneratedVectors.Output)!);
        return source.Import(GeneratedVectors.Output);
    }
}
