namespace OnnxDeep.Words.Lookup;

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
