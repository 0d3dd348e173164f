namespace OnnxDeep.Words.Formats.FastText;

/// <summary>Reads consecutive rows in large blocks.</summary>
internal sealed class RowBlock
{
    private const int BlockBytes = 1 << 18;

    private readonly RowFile _file;
    private readonly byte[] _block;
    private long _first;
    private long _end;

    /// <summary>Creates an empty block.</summary>
    public RowBlock(RowFile file)
    {
        _file = file;
        _block = new byte[Math.Clamp(BlockBytes / file.RowBytes, 1, Math.Max(1, file.Count)) * file.RowBytes];
    }

    /// <summary>Gets the bytes of a row; valid until the next call.</summary>
    public ReadOnlySpan<byte> Get(long row)
    {
        int size = _file.RowBytes;
        if (row < _first || row >= _end)
        {
            _first = row;
            _end = Math.Min(row + (_block.Length / size), _file.Count);
            _file.Read(row, _block.AsSpan(0, (int)(_end - _first) * size));
        }

        return _block.AsSpan((int)(row - _first) * size, size);
    }
}
