using Google.Protobuf;

using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Tensors;

/// <summary>A model without inputs that outputs an empty sequence.</summary>
internal static class EmptySequenceModel
{
    private const int SinceOpset = 11;
    private const int SinceIrVersion = 6;

    /// <summary>Creates the bytes of the model's file; it has one output.</summary>
    /// <param name="elementType">The element type of the tensors that the sequence would contain.</param>
    public static byte[] Write(OnnxElementType elementType)
    {
        var type = new TypeProto
        {
            SequenceType = new TypeProto.Types.Sequence
            {
                ElemType = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)elementType } },
            },
        };
        var node = new NodeProto { OpType = "SequenceEmpty", Output = { "sequence" } };
        node.Attribute.Add(new AttributeProto
        {
            Name = "dtype", I = (int)elementType, Type = AttributeProto.Types.AttributeType.Int,
        });
        return new ModelProto
        {
            IrVersion = SinceIrVersion,
            OpsetImport = { new OperatorSetIdProto { Domain = string.Empty, Version = SinceOpset } },
            Graph = new GraphProto
            {
                Name = "empty", Node = { node }, Output = { new ValueInfoProto { Name = "sequence", Type = type } },
            },
        }.ToByteArray();
    }
}
