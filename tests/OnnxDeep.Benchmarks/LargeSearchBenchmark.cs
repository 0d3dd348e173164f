using System.Numerics;

using BenchmarkDotNet.Attributes;

using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Benchmarks;

/// <summary>
/// Finds ten neighbours among 400,000 × 300 floats; the baseline adds up all floats, which only reads memory.
/// </summary>
public class LargeSearchBenchmark : IDisposable
{
    private const int BlockRows = 2048;

    private WordVectorTable _table = null!;
    private SimilaritySearch _search = null!;
    private float[] _query = null!;

    /// <summary>Opens the table and selects one of its vectors.</summary>
    [GlobalSetup]
    public void Setup()
    {
        _table = WordVectorTable.Open(GeneratedVectors.Table);
        _search = new SimilaritySearch(_table);
        _query = new float[_table.Dimensions];
        _table.CopyVector(12345, _query);
    }

    /// <summary>Reads every number once, on all cores.</summary>
    [Benchmark(Baseline = true)]
    public float ReadAll()
    {
        float[] sums = new float[(_table.RowCount / BlockRows) + 1];
        Parallel.For(0, sums.Length, block =>
        {
            VectorRows rows = _table.Rows;
            Vector<float> sum = Vector<float>.Zero;
            for (int row = block * BlockRows; row < Math.Min(rows.Count, (block + 1) * BlockRows); row++)
            {
                ReadOnlySpan<float> values = rows.Float32(row);
                for (int i = 0; i <= values.Length - Vector<float>.Count; i += Vector<float>.Count)
                {
                    sum += new Vector<float>(values[i..]);
                }
            }

            sums[block] = Vector.Sum(sum);
        });
        return sums.Sum();
    }

    /// <summary>Searches the table.</summary>
    [Benchmark]
    public Neighbor[] FindTen() => _search.Find(_query, 10);

    /// <summary>Closes the table.</summary>
    [GlobalCleanup]
    public void Dispose()
    {
        _table.Dispose();
        GC.SuppressFinalize(this);
    }
}
