using BenchmarkDotNet.Attributes;

using OnnxDeep.Learning.Data;
using OnnxDeep.Tests;
using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Benchmarks;

/// <summary>
/// Looks up words in the memory-mapped table; the baseline is a dictionary of strings that is filled in advance.
/// </summary>
public class VectorTableBenchmark : IDisposable
{
    private const int RandomWords = 1 << 16;

    private readonly Dictionary<string, int> _dictionary = new(StringComparer.Ordinal);
    private string[] _words = null!;
    private WordVectorTable _table = null!;
    private SimilaritySearch _search = null!;
    private float[] _query = null!;
    private int _next;

    /// <summary>
    /// The shipped table with its 100 food words, or 400,000 × 300 floats with words from the whole table.
    /// </summary>
    [Params("Shipped", "Large")]
    public string Size { get; set; } = "Shipped";

    /// <summary>Opens the table and fills the dictionary.</summary>
    [GlobalSetup]
    public void Setup()
    {
        bool isShipped = Size == "Shipped";
        _table = WordVectorTable.Map(isShipped ? Repository.DefaultVectors : GeneratedVectors.Table);
        for (int key = 0; key < _table.KeyCount; key++)
        {
            _dictionary.Add(_table.GetKey(key), _table.GetKeyRow(key));
        }

        var random = new Random(1);
        _words = isShipped
            ? [.. FoodWords.All]
            :
            [
                .. Enumerable.Range(0, RandomWords)
                    .Select(_ => GeneratedVectors.Key(random.Next(GeneratedVectors.Words))),
            ];
        _search = new SimilaritySearch(_table);
        _query = new float[_table.Dimensions];
        _table.CopyVector(_dictionary[_words[0]], _query);
    }

    /// <summary>Looks up a word in a dictionary of strings.</summary>
    [Benchmark(Baseline = true)]
    public int Dictionary() => _dictionary[Next()];

    /// <summary>Looks up a word in the file's index.</summary>
    [Benchmark]
    public int Table() => _table.TryGetRow(Next(), out int row) ? row : -1;

    /// <summary>Opens the file.</summary>
    [Benchmark]
    public int Open()
    {
        using var table = WordVectorTable.Map(_table.Path);
        return table.KeyCount;
    }

    /// <summary>Finds the ten nearest neighbours in the whole table.</summary>
    [Benchmark]
    public Neighbor[] FindTen() => _search.Find(_query, 10);

    /// <summary>Closes the table.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _table.Dispose();
        GC.SuppressFinalize(this);
    }

    private string Next() => _words[_next = (_next + 1) % _words.Length];
}
