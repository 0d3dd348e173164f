using Google.Protobuf;

using OnnxDeep.IO;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Tensors;

/// <summary>The locale that a model's StringNormalizer operators name.</summary>
internal static class NormalizerLocale
{
    private const string Operator = "StringNormalizer";
    private const string Attribute = "locale";

    /// <summary>Replaces the locale in a model.</summary>
    /// <param name="bytes">The model, which is not changed.</param>
    /// <param name="locale">The new locale, such as C.UTF-8.</param>
    /// <returns>The bytes of the changed model.</returns>
    /// <exception cref="InvalidDataException">The bytes are not an ONNX model.</exception>
    public static byte[] Replace(byte[] bytes, string locale)
    {
        try
        {
            ModelProto model = ModelProto.Parser.ParseFrom(bytes);
            foreach (NodeProto node in Find(model))
            {
                Set(node, new AttributeProto
                {
                    Name = Attribute,
                    S = ByteString.CopyFromUtf8(locale),
                    Type = AttributeProto.Types.AttributeType.String,
                });
            }

            return model.ToByteArray();
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new InvalidDataException(e.Message, e);
        }
    }

    /// <summary>Restores the locales of a source model in the operators of a copy.</summary>
    /// <param name="path">The source.</param>
    /// <param name="copyPath">The copy, which is rewritten if it contains other locales.</param>
    /// <exception cref="FileFormatException">One of them is not an ONNX model.</exception>
    /// <exception cref="OnnxDeepException">The copy cannot be written.</exception>
    public static void Restore(string path, string copyPath)
    {
        // Branches of an If may use the same output names.
        var originals = Find(OnnxLayout.Read(path).Model)
            .GroupBy(node => node.Output[0], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => Locale(group.First()));
        if (originals.Count == 0)
        {
            return;
        }

        ModelProto copy = OnnxModelFile.Load(copyPath).Model;
        NodeProto[] changed =
        [
            .. Find(copy).Where(node =>
                originals.TryGetValue(node.Output[0], out AttributeProto? locale) && !Equals(locale, Locale(node))),
        ];
        foreach (NodeProto node in changed)
        {
            Set(node, originals[node.Output[0]]);
        }

        if (changed.Length > 0)
        {
            AtomicFile.Write(copyPath, stream => copy.WriteTo(stream));
        }
    }

    private static IEnumerable<NodeProto> Find(ModelProto model) =>
        GraphScope.Of(model)
            .SelectMany(scope => scope.Nodes)
            .Where(node => node.OpType == Operator && node.Output.Count > 0);

    private static AttributeProto? Locale(NodeProto node) =>
        node.Attribute.FirstOrDefault(attribute => attribute.Name == Attribute);

    private static void Set(NodeProto node, AttributeProto? locale)
    {
        foreach (AttributeProto old in node.Attribute.Where(attribute => attribute.Name == Attribute).ToArray())
        {
            node.Attribute.Remove(old);
        }

        if (locale is not null)
        {
            node.Attribute.Add(locale);
        }
    }
}
