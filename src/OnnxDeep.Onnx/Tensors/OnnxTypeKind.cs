namespace OnnxDeep.Onnx.Tensors;

/// <summary>The kinds of values.</summary>
public enum OnnxTypeKind
{
    /// <summary>Not said, or a kind that this version does not know, such as a sparse tensor.</summary>
    Unknown,

    /// <summary>A tensor.</summary>
    Tensor,

    /// <summary>A sequence of values.</summary>
    Sequence,

    /// <summary>A map.</summary>
    Map,

    /// <summary>A value that may be missing.</summary>
    Optional,
}
