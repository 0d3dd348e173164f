namespace OnnxDeep.PowerShell.Words;

/// <summary>How an import stores the numbers.</summary>
public enum VectorQuantization
{
    /// <summary>As 32-bit floats, exactly as they are.</summary>
    None,

    /// <summary>As 16-bit floats: half the size, three decimal digits.</summary>
    Float16,

    /// <summary>As signed bytes with a scale a row: a quarter of the size, two decimal digits.</summary>
    Int8,
}
