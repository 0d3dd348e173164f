using System.Runtime.ExceptionServices;

using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Lookup;

/// <summary>
/// Finds exact nearest neighbours by cosine in a complete table. The result depends neither on the number of threads
/// nor on the processor. Thread-safe; the table must outlive it.
/// </summary>
public sealed class SimilaritySearch
{
    private const int BlockRows = 2048;
    private readonly WordVectorTable _table;
    private readonly int[] _firstKeys;

    /// <summary>Prepares a search by finding the most common key of each row.</summary>
    /// <exception cref="FileFormatException">The table is damaged.</exception>
    public SimilaritySearch(WordVectorTable table)
    {
        ArgumentNullException.ThrowIfNull(table);
        _table = table;
        _firstKeys = new int[table.RowCount];
        Array.Fill(_firstKeys, -1);
        for (int key = table.KeyCount - 1; key >= 0; key--)
        {
            // A key of which only the hash is known has no name to show.
            if (!StoredKey.IsNameless(table.GetKeyUtf8(key)))
            {
                _firstKeys[table.GetKeyRow(key)] = key;
            }
        }
    }

    /// <summary>Finds the rows nearest to a vector, nearest first; ties are in row order.</summary>
    /// <param name="query">A vector with the table's number of dimensions.</param>
    /// <param name="count">The number of neighbours; fewer are returned if the table has fewer.</param>
    /// <param name="excludedRows">Rows to leave out, such as the query's own.</param>
    /// <param name="cancellationToken">Stops the search within one block of rows.</param>
    /// <returns>
    /// One neighbour per row; rows without a key or with length 0 are left out. Empty for a query of zeros.
    /// </returns>
    /// <exception cref="ArgumentException">The query has a different number of dimensions.</exception>
    /// <exception cref="FileFormatException">The table is damaged.</exception>
    public Neighbor[] Find(
        ReadOnlyMemory<float> query,
        int count,
        IReadOnlyCollection<int>? excludedRows = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        if (query.Length != _table.Dimensions)
        {
            throw new ArgumentException(
                $"The query has {query.Length} numbers, but the vectors have {_table.Dimensions}.", nameof(query));
        }

        count = Math.Min(count, _table.RowCount);
        float norm = MathF.Sqrt(VectorMath.DotFloat32(query.Span, query.Span));
        if (count == 0 || !(norm > 0))
        {
            return [];
        }

        HashSet<int> excluded = [.. excludedRows ?? []];
        var blocks = new TopRows[(_table.RowCount + BlockRows - 1) / BlockRows];
        try
        {
            Parallel.For(0, blocks.Length, new ParallelOptions { CancellationToken = cancellationToken }, block =>
                blocks[block] = SearchBlock(query.Span, norm, block * BlockRows, count, excluded));
        }
        catch (AggregateException e) when (e.InnerException is FileFormatException damage)
        {
            ExceptionDispatchInfo.Throw(damage);
        }

        var best = new TopRows(count);
        foreach (TopRows block in blocks)
        {
            foreach ((float similarity, int row) in block.Rows)
            {
                best.Add(similarity, row);
            }
        }

        var neighbors = new Neighbor[best.Count];
        for (int i = 0; i < neighbors.Length; i++)
        {
            (float similarity, int row) = best.Rows[i];
            neighbors[i] = new Neighbor(_table.GetKey(_firstKeys[row]), row, Math.Clamp(similarity, -1, 1));
        }

        return neighbors;
    }

    private TopRows SearchBlock(ReadOnlySpan<float> query, float norm, int start, int count, HashSet<int> excluded)
    {
        int end = Math.Min(start + BlockRows, _table.RowCount);
        var best = new TopRows(Math.Min(count, end - start));
        VectorRows rows = _table.Rows;
        Span<float> buffer = rows.ElementType == VectorElementType.Float16 ? new float[query.Length] : [];
        for (int row = start; row < end; row++)
        {
            float length = _table.GetNorm(row) * norm;
            if (_firstKeys[row] < 0 || !(length > 0) || excluded.Contains(row))
            {
                continue;
            }

            float dot;
            switch (rows.ElementType)
            {
                case VectorElementType.Float32:
                    dot = VectorMath.DotFloat32(query, rows.Float32(row));
                    break;
                case VectorElementType.Int8:
                    dot = VectorMath.DotInt8(query, rows.Int8(row)) * _table.GetScale(row);
                    break;
                default:
                    RowEncoding.Expand(rows.Float16(row), buffer);
                    dot = VectorMath.DotFloat32(query, buffer);
                    break;
            }

            float similarity = dot / length;
            if (float.IsFinite(similarity))
            {
                best.Add(similarity, row);
            }
        }

        return best;
    }

    /// <summary>The best rows so far, best first; rows with equal similarity are in row order.</summary>
    internal sealed class TopRows(int capacity)
    {
        private readonly (float Similarity, int Row)[] _rows = new (float, int)[capacity];

        public int Count { get; private set; }

        public ReadOnlySpan<(float Similarity, int Row)> Rows => _rows.AsSpan(0, Count);

        /// <summary>Adds a row if it is better than the last one.</summary>
        public void Add(float similarity, int row)
        {
            if (Count == capacity && !IsBefore(similarity, row, _rows[^1]))
            {
                return;
            }

            int place = Count < capacity ? Count++ : capacity - 1;
            while (place > 0 && IsBefore(similarity, row, _rows[place - 1]))
            {
                _rows[place] = _rows[place - 1];
                place--;
            }

            _rows[place] = (similarity, row);
        }

        private static bool IsBefore(float similarity, int row, (float Similarity, int Row) other) =>
            similarity > other.Similarity || (similarity == other.Similarity && row < other.Row);
    }
}

/// <summary>A row of a table that is near a query.</summary>
/// <param name="Key">The most common key of the row.</param>
/// <param name="Row">The row number.</param>
/// <param name="Similarity">The cosine of the angle between row and query, from -1 to 1.</param>
public readonly record struct Neighbor(string Key, int Row, float Similarity);
