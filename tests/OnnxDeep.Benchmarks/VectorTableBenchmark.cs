using BenchmarkDotNet.Attributes;

using OnnxDeep.Data;
using OnnxDeep.Tests;
using OnnxDeep.WordVectors;

namespace OnnxDeep.Benchmarks;

/// <summary>A look-up in the memory-mapped table; the baseline is a dictionary of strings that was filled beforehand.</summary>
public class VectorTableBenchmark : IDisposable
{
    private readonly Dictionary<string, int> _dictionary = new(StringComparer.Ordinal);
    private WordVectorTable _table = null!;
    private SimilaritySearch _search = null!;
    private float[] _lemon = null!;
    private int _next;

    /// <summary>Opens the table and fills the dictionary.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _table = WordVectorTable.Open(Repository.DefaultVectors);
        for (int key = 0; key < _table.KeyCount; key++)
        {
            _dictionary.Add(_table.GetKey(key), _table.GetKeyRow(key));
        }

        _search = new SimilaritySearch(_table);
        _lemon = new float[_table.Dimensions];
        _table.CopyVector(_dictionary["lemon"], _lemon);
    }

    /// <summary>A dictionary of strings.</summary>
    [Benchmark(Baseline = true)]
    public int Dictionary() => _dictionary[Next()];

    /// <summary>The index in the file.</summary>
    [Benchmark]
    public int Table() => _table.TryGetRow(Next(), out int row) ? row : -1;

    /// <summary>Opening the file.</summary>
    [Benchmark]
    public int Open()
    {
        using var table = WordVectorTable.Open(_table.Path);
        return table.KeyCount;
    }

    /// <summary>Ten nearest neighbours over the whole table.</summary>
    [Benchmark]
    public Neighbor[] FindTen() => _search.Find(_lemon, 10);

    /// <summary>Closes the table.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _table.Dispose();
        GC.SuppressFinalize(this);
    }

    private string Next() => FoodWords.All[_next = (_next + 1) % FoodWords.All.Count];
}
