using OnnxDeep.IO;

namespace OnnxDeep.Words.Formats.Arrays;

/// <summary>The rows of an array, read in order as floats.</summary>
internal sealed class FloatRows
{
    private readonly SourceReader _reader;
    private readonly FloatType _type;
    private readonly long _start;
    private readonly byte[] _bytes;

    /// <summary>Stands before the first row.</summary>
    /// <param name="reader">What to read.</param>
    /// <param name="type">How the numbers are stored.</param>
    /// <param name="count">The rows.</param>
    /// <param name="dimensions">The numbers of a row, 1 to <see cref="SourceLimits.Dimensions"/>.</param>
    /// <param name="start">What the reader's offsets lack, for errors.</param>
    public FloatRows(SourceReader reader, FloatType type, long count, int dimensions, long start = 0)
    {
        _reader = reader;
        _type = type;
        _start = start;
        _bytes = new byte[dimensions * type.Size];
        Count = count;
        Dimensions = dimensions;
    }

    /// <summary>The rows that the array promises.</summary>
    public long Count { get; }

    /// <summary>The numbers of a row.</summary>
    public int Dimensions { get; }

    /// <summary>Where the next row starts, in bytes.</summary>
    public long Offset => _start + _reader.Offset;

    /// <summary>The bytes of a row.</summary>
    public int RowBytes => _bytes.Length;

    /// <summary>Reads the next row.</summary>
    /// <param name="row">[Dimensions].</param>
    /// <exception cref="FileFormatException">The file ends early.</exception>
    public void Read(Span<float> row)
    {
        _reader.ReadExactly(_bytes, $"{Count} rows of {Dimensions} numbers");
        _type.Decode(_bytes, row);
    }

    /// <summary>Checks that nothing follows the last row, and that a packed file ends well.</summary>
    /// <exception cref="FileFormatException">There is more.</exception>
    public void CheckEnd()
    {
        if (!_reader.IsAtEnd)
        {
            throw new FileFormatException(
                _reader.Path, Offset, $"the end after {Count} rows of {Dimensions} numbers, found more");
        }
    }
}
