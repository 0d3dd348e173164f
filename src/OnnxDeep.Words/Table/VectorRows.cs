namespace OnnxDeep.Words.Table;

/// <summary>Rows of any element type in a memory-mapped table file, valid as long as the map.</summary>
internal readonly unsafe struct VectorRows
{
    private readonly byte* _values;
    private readonly float* _scales;

    /// <summary>Describes rows; the caller has checked that they are inside the map.</summary>
    /// <param name="elementType">The element type.</param>
    /// <param name="count">The number of rows.</param>
    /// <param name="dimensions">The number of dimensions.</param>
    /// <param name="values">[count, dimensions].</param>
    /// <param name="scales">[count]; only for int8 rows.</param>
    public VectorRows(VectorElementType elementType, int count, int dimensions, byte* values, float* scales)
    {
        ElementType = elementType;
        Count = count;
        Dimensions = dimensions;
        _values = values;
        _scales = scales;
    }

    public VectorElementType ElementType { get; }

    public int Count { get; }

    public int Dimensions { get; }

    /// <summary>The size of a number, in bytes.</summary>
    public static int ElementSize(VectorElementType type) => type switch
    {
        VectorElementType.Float32 => sizeof(float),
        VectorElementType.Float16 => sizeof(ushort),
        _ => sizeof(sbyte),
    };

    /// <summary>A row of floats, in place.</summary>
    public ReadOnlySpan<float> Float32(int row) => new((float*)_values + ((long)row * Dimensions), Dimensions);

    /// <summary>A row of halves, in place.</summary>
    public ReadOnlySpan<Half> Float16(int row) => new((Half*)_values + ((long)row * Dimensions), Dimensions);

    /// <summary>A row of bytes, in place.</summary>
    public ReadOnlySpan<sbyte> Int8(int row) => new((sbyte*)_values + ((long)row * Dimensions), Dimensions);

    /// <summary>The address of the scale, for naming an invalid one in errors.</summary>
    public float* Scale(int row) => _scales + row;

    /// <summary>Writes a row as floats, without scaling it to unit length.</summary>
    public void CopyTo(int row, Span<float> destination)
    {
        switch (ElementType)
        {
            case VectorElementType.Float32:
                Float32(row).CopyTo(destination);
                break;
            case VectorElementType.Float16:
                RowEncoding.Expand(Float16(row), destination);
                break;
            default:
                RowEncoding.Expand(Int8(row), *Scale(row), destination);
                break;
        }
    }
}

/// <summary>
/// Converts rows from floats and back: to IEEE half precision, and to signed bytes with one scale each, by which
/// the largest magnitude in a row becomes 127.
/// </summary>
internal static class RowEncoding
{
    /// <summary>Rounds to the nearest half; numbers beyond 65,504 become infinite.</summary>
    public static void Round(ReadOnlySpan<float> row, Span<Half> halves)
    {
        for (int i = 0; i < row.Length; i++)
        {
            halves[i] = (Half)row[i];
        }
    }

    /// <summary>Converts to floats, without rounding.</summary>
    public static void Expand(ReadOnlySpan<Half> halves, Span<float> row)
    {
        for (int i = 0; i < halves.Length; i++)
        {
            row[i] = (float)halves[i];
        }
    }

    /// <summary>Rounds a row to bytes and returns its scale; a row of zeros has scale 0.</summary>
    public static float Quantize(ReadOnlySpan<float> row, Span<sbyte> bytes)
    {
        float largest = 0;
        foreach (float value in row)
        {
            largest = Math.Max(largest, Math.Abs(value));
        }

        float scale = largest / sbyte.MaxValue;
        for (int i = 0; i < row.Length; i++)
        {
            bytes[i] = scale == 0 ? (sbyte)0 : (sbyte)Math.Clamp(MathF.Round(row[i] / scale), -127, 127);
        }

        return scale;
    }

    /// <summary>value = byte · scale.</summary>
    public static void Expand(ReadOnlySpan<sbyte> bytes, float scale, Span<float> row)
    {
        for (int i = 0; i < bytes.Length; i++)
        {
            row[i] = bytes[i] * scale;
        }
    }
}

/// <summary>The element types in which a table can store rows.</summary>
public enum VectorElementType
{
    /// <summary>IEEE single precision, exact.</summary>
    Float32,

    /// <summary>IEEE half precision, about three decimal digits.</summary>
    Float16,

    /// <summary>One signed byte per number and one float scale per row: value = byte · scale.</summary>
    Int8,
}
