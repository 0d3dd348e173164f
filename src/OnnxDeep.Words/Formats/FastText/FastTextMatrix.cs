using Microsoft.Win32.SafeHandles;

using OnnxDeep.IO;

namespace OnnxDeep.Words.Formats.FastText;

/// <summary>The input matrix of a fastText model: a row for each word, then one for each n-gram.</summary>
internal abstract class FastTextMatrix : IDisposable
{
    private readonly RowBlock _inOrder;
    private readonly RowFile _rows;
    private RowCache? _cache;
    private MappedFile? _map;

    /// <summary>Reads rows from a file.</summary>
    protected FastTextMatrix(RowFile rows)
    {
        _rows = rows;
        _inOrder = new RowBlock(rows);
    }

    /// <summary>The rows.</summary>
    public long Count => _rows.Count;

    /// <summary>The bytes of a row.</summary>
    public int RowBytes => _rows.RowBytes;

    /// <summary>Reads the matrix's header and checks that the file holds the rest.</summary>
    /// <param name="file">The model.</param>
    /// <param name="path">For errors.</param>
    /// <param name="offset">Where the matrix stands.</param>
    /// <param name="dimensions">Of the model.</param>
    /// <param name="isQuantized">Whether the rows are codes.</param>
    /// <exception cref="FileFormatException">The sizes make no sense or leave the file.</exception>
    public static FastTextMatrix Open(FileStream file, string path, long offset, int dimensions, bool isQuantized) =>
        isQuantized
            ? QuantizedFastTextMatrix.Open(file, path, offset, dimensions)
            : DenseFastTextMatrix.Open(file, path, offset, dimensions);

    /// <summary>Where a row stands in the file.</summary>
    public long Offset(long row) => _rows.Offset(row);

    /// <summary>sum += row, of rows that follow each other.</summary>
    /// <param name="row">Below <see cref="Count"/>.</param>
    /// <param name="sum">[dimensions].</param>
    public void AddNext(long row, Span<float> sum) => Add(row, _inOrder.Get(row), sum);

    /// <summary>sum += row, of rows in any order.</summary>
    /// <param name="row">Below <see cref="Count"/>.</param>
    /// <param name="sum">[dimensions].</param>
    public void Add(long row, Span<float> sum)
    {
        ReadOnlySpan<byte> stored = _map is null
            ? (_cache ??= new RowCache(_rows)).Get(row)
            : _map.Slice(_rows.Offset(row), _rows.RowBytes);
        Add(row, stored, sum);
    }

    /// <summary>
    /// Takes rows in any order from a map from now on. That is fastest, but all that is touched counts as this
    /// process's memory.
    /// </summary>
    /// <param name="file">The model.</param>
    public void Map(FileStream file) => _map ??= MappedFile.Open(file);

    /// <summary>Unmaps the file.</summary>
    public void Dispose() => _map?.Dispose();

    /// <summary>sum += the row that these bytes store.</summary>
    protected abstract void Add(long row, ReadOnlySpan<byte> stored, Span<float> sum);

    /// <summary>Reads and checks the two extents that both kinds begin with.</summary>
    protected static long ReadCount(SourceReader reader, int dimensions)
    {
        long offset = reader.Offset;
        long rows = reader.ReadInt64("a number of rows");
        long columns = reader.ReadInt64("a number of columns");
        return rows is >= 0 and <= SourceLimits.Rows && columns == dimensions
            ? rows
            : throw new FileFormatException(
                reader.Path, offset, $"a matrix of {dimensions} columns, found {rows} rows of {columns}");
    }

    /// <summary>Rows of this size, once it is clear that the file holds them.</summary>
    protected static RowFile RowsAt(
        SafeFileHandle handle, string path, long offset, int rowBytes, long count, long fileLength) =>
        count <= (fileLength - offset) / rowBytes
            ? new RowFile(handle, path, offset, rowBytes, count)
            : throw new FileFormatException(
                path, fileLength, $"{count} rows of {rowBytes} bytes from byte {offset} on, found the end of the file");
}
