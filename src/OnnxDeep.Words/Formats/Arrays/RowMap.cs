namespace OnnxDeep.Words.Formats.Arrays;

/// <summary>The rows of a table by the rows of its source: the same, until a row is left out.</summary>
internal sealed class RowMap
{
    private List<int>? _rows;
    private int _count;

    /// <summary>The table's row; -1 where it was left out or not read.</summary>
    public int this[long sourceRow] =>
        sourceRow >= _count ? -1 : _rows is null ? (int)sourceRow : _rows[(int)sourceRow];

    /// <summary>Adds the next row of the source.</summary>
    /// <param name="row">Its row in the table; -1 where it was left out.</param>
    public void Add(int row)
    {
        if (row != _count && _rows is null)
        {
            _rows = [.. Enumerable.Range(0, _count)];
        }

        _rows?.Add(row);
        _count++;
    }
}
