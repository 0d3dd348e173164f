namespace OnnxDeep.Words.Formats.Arrays;

/// <summary>The kinds of floating-point numbers that arrays are stored in.</summary>
internal enum FloatKind
{
    /// <summary>IEEE half precision.</summary>
    Float16,

    /// <summary>The upper half of a <see cref="Float32"/>.</summary>
    BFloat16,

    /// <summary>IEEE single precision.</summary>
    Float32,

    /// <summary>IEEE double precision.</summary>
    Float64,
}
