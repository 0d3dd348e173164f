namespace OnnxDeep.Words.Formats.Arrays;

/// <summary>Maps the rows of a source to those of a table: they are equal until a row is skipped.</summary>
internal sealed class RowMap
{
    private List<int>? _rows;
    private int _count;

    /// <summary>The row in the table; -1 if it was skipped or not read.</summary>
    public int this[long sourceRow] =>
        sourceRow >= _count ? -1 : _rows is null ? (int)sourceRow : _rows[(int)sourceRow];

    /// <summary>Adds the next row of the source.</summary>
    /// <param name="row">The row in the table; -1 if it was skipped.</param>
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
