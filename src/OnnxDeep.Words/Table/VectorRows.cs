namespace OnnxDeep.Words.Table;

/// <summary>Rows in the map of a table file, of any element type. As valid as the map is.</summary>
internal readonly unsafe struct VectorRows
{
    private readonly byte* _values;
    private readonly float* _scales;

    /// <summary>Describes rows; the caller has checked that they lie inside the map.</summary>
    /// <param name="elementType">How the numbers are stored.</param>
    /// <param name="count">The rows.</param>
    /// <param name="dimensions">The numbers of a row.</param>
    /// <param name="values">[count, dimensions].</param>
    /// <param name="scales">[count]; of int8 rows only.</param>
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

    /// <summary>The bytes of one number.</summary>
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

    /// <summary>The scale's place, so that a bad one can be named.</summary>
    public float* Scale(int row) => _scales + row;

    /// <summary>Writes a row as floats, as it stands.</summary>
    public void CopyTo(int row, Span<float> destination)
    {
        switch (ElementType)
        {
            case VectorElementType.Float32:
                Float32(row).CopyTo(destination);
                break;
            case VectorElementType.Float16:
                Float16Rows.Expand(Float16(row), destination);
                break;
            default:
                Int8Rows.Expand(Int8(row), *Scale(row), destination);
                break;
        }
    }
}
