using CommunityToolkit.HighPerformance;

using OnnxDeep.Numerics;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.Words.Table;

/// <summary>A table file of random rows with keys k0, k1, … and a second key "alias" for row 0.</summary>
internal sealed class TemporaryTable : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public TemporaryTable(VectorElementType elementType, int rows = 10, int dimensions = 20)
    {
        Path = _directory.File("table.safetensors");
        var random = new DeterministicRandom(5);
        Rows = new float[rows, dimensions];
        foreach (ref float value in Rows.AsSpan())
        {
            value = random.NextSingle(-1, 1);
        }

        string[] keys = [.. Enumerable.Range(0, rows).Select(i => $"k{i}"), "alias"];
        int[] keyRows = [.. Enumerable.Range(0, rows), 0];
        var metadata = new Dictionary<string, string> { ["name"] = "random", ["source"] = "a test" };
        WordVectorTableWriter.Write(Path, keys, keyRows, Rows.AsSpan2D(), elementType, metadata);
    }

    public string Path { get; }

    public float[,] Rows { get; }

    public void Dispose() => _directory.Dispose();
}
