using Microsoft.Win32.SafeHandles;

namespace OnnxDeep.Words.Formats.FastText;

/// <summary>Rows of equal size in a file.</summary>
/// <param name="handle">The file; not closed.</param>
/// <param name="path">For errors.</param>
/// <param name="start">Where row 0 stands.</param>
/// <param name="rowBytes">The bytes of a row, at least 1.</param>
/// <param name="count">The rows; the caller has checked that the file holds them.</param>
internal sealed class RowFile(SafeFileHandle handle, string path, long start, int rowBytes, long count)
{
    /// <summary>The bytes of a row.</summary>
    public int RowBytes => rowBytes;

    /// <summary>The rows.</summary>
    public long Count => count;

    /// <summary>Where a row stands in the file.</summary>
    public long Offset(long row) => start + (row * rowBytes);

    /// <summary>Reads rows.</summary>
    /// <param name="row">The first one.</param>
    /// <param name="rows">As many whole rows as it takes.</param>
    /// <exception cref="FileFormatException">The file has become shorter.</exception>
    public void Read(long row, Span<byte> rows)
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
