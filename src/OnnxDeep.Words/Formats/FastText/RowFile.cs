using Microsoft.Win32.SafeHandles;

namespace OnnxDeep.Words.Formats.FastText;

/// <summary>Rows of equal size in a file.</summary>
/// <param name="handle">The file; not closed.</param>
/// <param name="path">The file's name in errors.</param>
/// <param name="start">The offset of row 0.</param>
/// <param name="rowBytes">The size of a row in bytes, at least 1.</param>
/// <param name="count">The number of rows; the caller has checked that the file contains them.</param>
internal sealed class RowFile(SafeFileHandle handle, string path, long start, int rowBytes, long count)
{
    private const int BlockBytes = 1 << 18;
    private const int MostCacheBytes = 40 << 20;

    private byte[] _block = [];
    private long _first;
    private long _end;
    private byte[] _rows = [];
    private long[] _held = [];

    /// <summary>The size of a row, in bytes.</summary>
    public int RowBytes => rowBytes;

    /// <summary>The number of rows.</summary>
    public long Count => count;

    /// <summary>The offset of a row in the file.</summary>
    public long Offset(long row) => start + (row * rowBytes);

    /// <summary>
    /// Gets the bytes of a row, read in large blocks: consecutive calls should get consecutive rows. Valid until the
    /// next call.
    /// </summary>
    public ReadOnlySpan<byte> GetNext(long row)
    {
        if (_block.Length == 0)
        {
            _block = new byte[Math.Clamp(BlockBytes / rowBytes, 1, Math.Max(1, count)) * rowBytes];
        }

        if (row < _first || row >= _end)
        {
            _first = row;
            _end = Math.Min(row + (_block.Length / rowBytes), count);
            Read(row, _block.AsSpan(0, (int)(_end - _first) * rowBytes));
        }

        return _block.AsSpan((int)(row - _first) * rowBytes, rowBytes);
    }

    /// <summary>
    /// Gets the bytes of a row from a cache for rows that are read in any order, some of them repeatedly: each row has
    /// one slot, where it stays until another row needs that slot. Valid until the next call.
    /// </summary>
    public ReadOnlySpan<byte> Get(long row)
    {
        if (_held.Length == 0)
        {
            int places = (int)Math.Clamp(MostCacheBytes / (rowBytes + sizeof(long)), 1, Math.Max(1, count));
            _rows = new byte[places * rowBytes];
            _held = new long[places];
        }

        int place = (int)(row % _held.Length);
        Span<byte> bytes = _rows.AsSpan(place * rowBytes, rowBytes);
        if (_held[place] != row + 1)
        {
            // The slot is free while it is written, so an error does not leave a mixture of rows behind.
            _held[place] = 0;
            Read(row, bytes);
            _held[place] = row + 1;
        }

        return bytes;
    }

    private void Read(long row, Span<byte> rows)
    {
        long offset = Offset(row);
        while (!rows.IsEmpty)
        {
            int read = RandomAccess.Read(handle, rows, offset);
            if (read == 0)
            {
                throw new FileFormatException(path, offset, "rows of numbers, found the end of the file");
            }

            offset += read;
            rows = rows[read..];
        }
    }
}
