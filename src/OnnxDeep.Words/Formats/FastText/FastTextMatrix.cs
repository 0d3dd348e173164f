using System.Runtime.InteropServices;

using Microsoft.Win32.SafeHandles;

using OnnxDeep.IO;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Formats.FastText;

/// <summary>The input matrix of a fastText model: a row for each word, followed by a row for each n-gram.</summary>
internal abstract class FastTextMatrix : IDisposable
{
    private readonly RowFile _rows;
    private MappedFile? _map;

    /// <summary>Initialises a matrix whose rows are in a file.</summary>
    protected FastTextMatrix(RowFile rows) => _rows = rows;

    /// <summary>The number of rows.</summary>
    public long Count => _rows.Count;

    /// <summary>The size of a row, in bytes.</summary>
    public int RowBytes => _rows.RowBytes;

    /// <summary>Reads the header of the matrix and checks that the file contains the rest.</summary>
    /// <param name="file">The model.</param>
    /// <param name="path">The file's name in errors.</param>
    /// <param name="offset">The offset of the matrix.</param>
    /// <param name="dimensions">The dimensions of the model.</param>
    /// <param name="isQuantized">Whether the rows are stored as codes.</param>
    /// <exception cref="FileFormatException">The sizes are invalid or extend past the end of the file.</exception>
    public static FastTextMatrix Open(FileStream file, string path, long offset, int dimensions, bool isQuantized) =>
        isQuantized
            ? QuantizedFastTextMatrix.Open(file, path, offset, dimensions)
            : Dense.Open(file, path, offset, dimensions);

    /// <summary>The offset of a row in the file.</summary>
    public long Offset(long row) => _rows.Offset(row);

    /// <summary>Adds a row to a sum; consecutive calls should read consecutive rows.</summary>
    /// <param name="row">The row number, less than <see cref="Count"/>.</param>
    /// <param name="sum">[dimensions].</param>
    public void AddNext(long row, Span<float> sum) => Add(row, _rows.GetNext(row), sum);

    /// <summary>Adds a row to a sum; the rows can be in any order.</summary>
    /// <param name="row">The row number, less than <see cref="Count"/>.</param>
    /// <param name="sum">[dimensions].</param>
    public void Add(long row, Span<float> sum)
    {
        ReadOnlySpan<byte> stored = _map is null
            ? _rows.Get(row)
            : _map.Slice(_rows.Offset(row), _rows.RowBytes);
        Add(row, stored, sum);
    }

    /// <summary>
    /// Maps the file for later reads of rows in any order, if nobody can cut it off meanwhile. This is the fastest way,
    /// but the pages that are touched count towards this process's memory.
    /// </summary>
    /// <param name="file">The model.</param>
    /// <param name="files">The model, as it was when it was opened; null if nobody else writes to it.</param>
    public void Map(FileStream file, OpenedFiles? files) =>
        _map ??= files is null ? MappedFile.Open(file) : MappedFile.OpenLeased(file, files);

    /// <summary>Throws if the map may become shorter; called between two words.</summary>
    /// <exception cref="OnnxDeepException">Another program changes the file, or waits to do so.</exception>
    public void Check() => _map?.Check();

    /// <summary>Unmaps the file, so others can write to it.</summary>
    public void Dispose()
    {
        _map?.Dispose();
        _map = null;
    }

    /// <summary>Adds the row stored in these bytes to a sum.</summary>
    protected abstract void Add(long row, ReadOnlySpan<byte> stored, Span<float> sum);

    /// <summary>Reads and checks the two extents at the start of both kinds of matrix.</summary>
    protected static long ReadCount(SourceReader reader, int dimensions)
    {
        long offset = reader.Offset;
        long rows = reader.ReadInt64("a number of rows");
        long columns = reader.ReadInt64("a number of columns");
        return rows is >= 0 and <= SourceLimits.Rows && columns == dimensions
            ? rows
            : throw new FileFormatException(
                reader.Path,
                offset,
                $"a matrix of {Quantity.Of(dimensions, "column")}, found {Quantity.Of(rows, "row")} of {columns}");
    }

    /// <summary>Creates the rows after checking that the file contains them.</summary>
    protected static RowFile RowsAt(
        SafeFileHandle handle, string path, long offset, int rowBytes, long count, long fileLength) =>
        count <= (fileLength - offset) / rowBytes
            ? new RowFile(handle, path, offset, rowBytes, count)
            : throw new FileFormatException(
                path,
                fileLength,
                $"{Quantity.Of(count, "row")} of {Quantity.Of(rowBytes, "byte")} from byte {offset}, "
                + "found the end of the file");

    /// <summary>A matrix with rows of floats.</summary>
    private sealed class Dense : FastTextMatrix
    {
        private Dense(RowFile rows)
            : base(rows)
        {
        }

        /// <inheritdoc cref="FastTextMatrix.Open"/>
        public static Dense Open(FileStream file, string path, long offset, int dimensions)
        {
            file.Position = offset;
            var reader = new SourceReader(file, path, offset);
            long count = ReadCount(reader, dimensions);
            return new Dense(
                RowsAt(file.SafeFileHandle, path, reader.Offset, dimensions * sizeof(float), count, file.Length));
        }

        /// <inheritdoc/>
        protected override void Add(long row, ReadOnlySpan<byte> stored, Span<float> sum) =>
            VectorMath.Add(sum, MemoryMarshal.Cast<byte, float>(stored));
    }
}
