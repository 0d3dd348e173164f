using OnnxDeep.IO;

namespace OnnxDeep.Words.Formats.Arrays;

/// <summary>Reads the rows of an array sequentially as floats.</summary>
internal sealed class FloatRows
{
    private readonly SourceReader _reader;
    private readonly FloatType _type;
    private readonly long _start;
    private readonly byte[] _bytes;
    private long _read;

    /// <summary>Creates a reader that starts at the first row.</summary>
    /// <param name="reader">The source of the rows.</param>
    /// <param name="type">The storage type of the numbers.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="dimensions">The number of dimensions, 1 to <see cref="SourceLimits.Dimensions"/>.</param>
    /// <param name="start">The number to add to the reader's offsets, for errors.</param>
    public FloatRows(SourceReader reader, FloatType type, long count, int dimensions, long start = 0)
    {
        _reader = reader;
        _type = type;
        _start = start;
        _bytes = new byte[dimensions * type.Size];
        Count = count;
        Dimensions = dimensions;
    }

    /// <summary>The number of rows that the array declares.</summary>
    public long Count { get; }

    /// <summary>The number of dimensions.</summary>
    public int Dimensions { get; }

    /// <summary>The offset of the first number of a column-major array; null if it is stored row by row.</summary>
    public long? ColumnMajorStart { get; init; }

    /// <summary>The offset of the first number of the next row, in bytes.</summary>
    public long Offset => ColumnMajorStart is long first ? first + (_read * _type.Size) : _start + _reader.Offset;

    /// <summary>The size of a row, in bytes.</summary>
    public int RowBytes => _bytes.Length;

    /// <summary>Reads the next row.</summary>
    /// <param name="row">[Dimensions].</param>
    /// <exception cref="FileFormatException">The file ends too early.</exception>
    public void Read(Span<float> row)
    {
        _reader.ReadExactly(_bytes, $"{Quantity.Of(Count, "row")} of {Quantity.Of(Dimensions, "number")}");
        _type.Decode(_bytes, row);
        _read++;
    }

    /// <summary>Reads what follows the last row, which also checks that compressed data ends correctly.</summary>
    /// <param name="stop">Cancels the reading.</param>
    /// <returns>The number of bytes.</returns>
    public long SkipRest(CancellationToken stop) => _reader.SkipToEnd(stop);
}
