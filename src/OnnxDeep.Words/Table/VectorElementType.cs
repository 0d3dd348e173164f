namespace OnnxDeep.Words.Table;

/// <summary>How a table stores the numbers of a row.</summary>
public enum VectorElementType
{
    /// <summary>IEEE single precision, exact.</summary>
    Float32,

    /// <summary>IEEE half precision, about three decimal digits.</summary>
    Float16,

    /// <summary>One signed byte a number and one float scale a row: value = byte · scale.</summary>
    Int8,
}
