namespace OnnxDeep.Onnx.Tensors;

/// <summary>
/// The element types of tensors; the values are those of the ONNX specification (TensorProto.DataType).
/// </summary>
public enum OnnxElementType
{
    /// <summary>Not specified.</summary>
    Undefined = 0,

    /// <summary>32-bit floating point.</summary>
    Float = 1,

    /// <summary>8 bits, unsigned.</summary>
    UInt8 = 2,

    /// <summary>8 bits, signed.</summary>
    Int8 = 3,

    /// <summary>16 bits, unsigned.</summary>
    UInt16 = 4,

    /// <summary>16 bits, signed.</summary>
    Int16 = 5,

    /// <summary>32 bits, signed.</summary>
    Int32 = 6,

    /// <summary>64 bits, signed.</summary>
    Int64 = 7,

    /// <summary>Text.</summary>
    String = 8,

    /// <summary>True or false, one byte each.</summary>
    Bool = 9,

    /// <summary>IEEE 754 16-bit floating point.</summary>
    Float16 = 10,

    /// <summary>64-bit floating point.</summary>
    Double = 11,

    /// <summary>32 bits, unsigned.</summary>
    UInt32 = 12,

    /// <summary>64 bits, unsigned.</summary>
    UInt64 = 13,

    /// <summary>Two 32-bit floating point numbers.</summary>
    Complex64 = 14,

    /// <summary>Two 64-bit floating point numbers.</summary>
    Complex128 = 15,

    /// <summary>The upper half of a 32-bit floating point number.</summary>
    BFloat16 = 16,
}
