namespace OnnxDeep.Words.Formats.FastText;

/// <summary>
/// Rows that are read here and there, the more common ones again and again: each row has one place where it can stay
/// until another row needs that place.
/// </summary>
internal sealed class RowCache
{
    private const int MostBytes = 40 << 20;

    private readonly RowFile _file;
    private readonly byte[] _rows;
    private readonly long[] _held;

    /// <summary>Starts without a row.</summary>
    public RowCache(RowFile file)
    {
        _file = file;
        int places = (int)Math.Clamp(MostBytes / (file.RowBytes + sizeof(long)), 1, Math.Max(1, file.Count));
        _rows = new byte[places * file.RowBytes];
        _held = new long[places];
    }

    /// <summary>A row's bytes; valid until the next call.</summary>
    public ReadOnlySpan<byte> Get(long row)
    {
        int place = (int)(row % _held.Length);
        Span<byte> bytes = _rows.AsSpan(place * _file.RowBytes, _file.RowBytes);
        if (_held[place] != row + 1)
        {
            // The place is nobody's while it is written, so that an error leaves no mixture behind.
            _held[place] = 0;
            _file.Read(row, bytes);
            _held[place] = row + 1;
        }

        return bytes;
    }
}
