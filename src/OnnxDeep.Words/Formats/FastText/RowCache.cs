namespace OnnxDeep.Words.Formats.FastText;

/// <summary>
/// Caches rows that are read in any order, some of them repeatedly: each row has one slot, where it stays until another
/// row needs that slot.
/// </summary>
internal sealed class RowCache
{
    private const int MostBytes = 40 << 20;

    private readonly RowFile _file;
    private readonly byte[] _rows;
    private readonly long[] _held;

    /// <summary>Creates an empty cache.</summary>
    public RowCache(RowFile file)
    {
        _file = file;
        int places = (int)Math.Clamp(MostBytes / (file.RowBytes + sizeof(long)), 1, Math.Max(1, file.Count));
        _rows = new byte[places * file.RowBytes];
        _held = new long[places];
    }

    /// <summary>Gets the bytes of a row; valid until the next call.</summary>
    public ReadOnlySpan<byte> Get(long row)
    {
        int place = (int)(row % _held.Length);
        Span<byte> bytes = _rows.AsSpan(place * _file.RowBytes, _file.RowBytes);
        if (_held[place] != row + 1)
        {
            // The slot is free while it is written, so an error does not leave a mixture of rows behind.
            _held[place] = 0;
            _file.Read(row, bytes);
            _held[place] = row + 1;
        }

        return bytes;
    }
}
