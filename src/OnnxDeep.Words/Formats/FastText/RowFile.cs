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
    /// <summary>The size of a row, in bytes.</summary>
    public int RowBytes => rowBytes;

    /// <summary>The number of rows.</summary>
    public long Count => count;

    /// <summary>The offset of a row in the file.</summary>
    public long Offset(long row) => start + (row * rowBytes);

    /// <summary>Reads consecutive rows.</summary>
    /// <param name="row">The first row.</param>
    /// <param name="rows">Receives the rows; its length is a multiple of the row size.</param>
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
