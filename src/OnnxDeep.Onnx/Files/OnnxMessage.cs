namespace OnnxDeep.Onnx.Files;

/// <summary>The protobuf messages between a model and its tensors.</summary>
internal enum OnnxMessage
{
    /// <summary>A message that contains no tensors of numbers.</summary>
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
