using Google.Protobuf;

using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx;

/// <summary>The locale that a model's StringNormalizer operators name.</summary>
public static class NormalizerLocale
{
    private const string Operator = "StringNormalizer";
    private const string Attribute = "locale";

    /// <summary>A model with another locale.</summary>
    /// <param name="bytes">The model, which stays as it is.</param>
    /// <param name="locale">Such as C.UTF-8.</param>
    /// <returns>The bytes of the changed model.</returns>
    /// <exception cref="InvalidDataException">The bytes are no ONNX model.</exception>
    public static byte[] Replace(byte[] bytes, string locale)
    {
        try
        {
            ModelProto model = ModelProto.Parser.ParseFrom(bytes);
            Replace(model.Graph, locale);
            return model.ToByteArray();
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    private static void Replace(GraphProto graph, string locale)
    {
        foreach (NodeProto node in graph.Node)
        {
            if (node.OpType == Operator)
            {
                foreach (AttributeProto old in node.Attribute.Where(attribute => attribute.Name == Attribute).ToArray())
                {
                    node.Attribute.Remove(old);
                }

                node.Attribute.Add(new AttributeProto
                {
                    Name = Attribute, S = ByteString.CopyFromUtf8(locale), Type = AttributeProto.Types.AttributeType.String,
                });
            }

            foreach (AttributeProto attribute in node.Attribute)
            {
                foreach (GraphProto inner in attribute.G is null ? attribute.Graphs : attribute.Graphs.Append(attribute.G))
                {
                    Replace(inner, locale);
                }
            }
        }
    }
}
