namespace OnnxDeep.Onnx.Files;

/// <summary>The messages on the way from a model to its tensors.</summary>
internal enum OnnxMessage
{
    /// <summary>Anything that no tensor of numbers is in.</summary>
    Other,

    /// <summary>ModelProto.</summary>
    Model,

    /// <summary>TrainingInfoProto.</summary>
    Training,

    /// <summary>FunctionProto.</summary>
    Function,

    /// <summary>GraphProto.</summary>
    Graph,

    /// <summary>NodeProto.</summary>
    Node,

    /// <summary>AttributeProto.</summary>
    Attribute,

    /// <summary>SparseTensorProto.</summary>
    SparseTensor,

    /// <summary>TensorProto.</summary>
    Tensor,
}
