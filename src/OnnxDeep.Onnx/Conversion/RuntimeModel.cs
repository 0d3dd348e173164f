using Google.Protobuf;

using OnnxDeep.IO;
using OnnxDeep.Onnx.Content;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Onnx.Conversion;

/// <summary>
/// Changes models for the runtime: makes intermediate values outputs of a copy, and replaces the locale that
/// StringNormalizer operators name.
/// </summary>
internal static class RuntimeModel
{
    private const string NormalizerOperator = "StringNormalizer";
    private const string LocaleAttribute = "locale";
    private const string RowOperator = "Gather";

    /// <summary>Replaces the locale in a model.</summary>
    /// <param name="bytes">The model, which is not changed.</param>
    /// <param name="locale">The new locale, such as C.UTF-8.</param>
    /// <returns>The bytes of the changed model.</returns>
    /// <exception cref="InvalidDataException">The bytes are not an ONNX model.</exception>
    public static byte[] ReplaceLocale(byte[] bytes, string locale)
    {
        try
        {
            ModelProto model = ModelProto.Parser.ParseFrom(bytes);
            foreach (NodeProto node in FindNormalizers(model))
            {
                SetLocale(node, new AttributeProto
                {
                    Name = LocaleAttribute,
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
    public static void RestoreLocale(string path, string copyPath)
    {
        // Branches of an If may use the same output names.
        var originals = FindNormalizers(OnnxLayout.Read(path).Model)
            .GroupBy(node => node.Output[0], StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => Locale(group.First()));
        if (originals.Count == 0)
        {
            return;
        }

        ModelProto copy = OnnxModelFile.Load(copyPath).Model;
        NodeProto[] changed =
        [
            .. FindNormalizers(copy).Where(node =>
                originals.TryGetValue(node.Output[0], out AttributeProto? locale) && !Equals(locale, Locale(node))),
        ];
        foreach (NodeProto node in changed)
        {
            SetLocale(node, originals[node.Output[0]]);
        }

        if (changed.Length > 0)
        {
            AtomicFile.Write(copyPath, stream => copy.WriteTo(stream));
        }
    }

    /// <summary>The bytes of a model with additional outputs; the file is not changed.</summary>
    /// <param name="file">The model.</param>
    /// <param name="path">The path of the model.</param>
    /// <param name="values">The names of values of its main graph that are not outputs yet.</param>
    /// <exception cref="FileFormatException">The copy would be larger than protobuf allows, two gigabytes.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static byte[] AppendOutputs(FileStream file, string path, IEnumerable<string> values)
    {
        var graph = new GraphProto();

        // The runtime infers the types.
        graph.Output.AddRange(values.Select(value => new ValueInfoProto { Name = value }));
        var more = new ModelProto { Graph = graph };
        int size = more.CalculateSize();
        if (file.Length > Array.MaxLength - size)
        {
            throw TooLarge(path, file.Length, "Store its weights in an external file");
        }

        // Protobuf merges a message that occurs twice and concatenates its lists, so data appended to the model is part
        // of it.
        byte[] bytes = new byte[file.Length + size];
        file.Position = 0;
        file.ReadExactly(bytes.AsSpan(0, bytes.Length - size));
        more.WriteTo(bytes.AsSpan((int)file.Length));
        return bytes;
    }

    /// <summary>
    /// Opens a model that takes words between their rows, which a Gather reads from a table, and what follows. The last
    /// output has the rows [N, units], and the last input takes the rows that are classified instead: those of words,
    /// or the mean of several.
    /// </summary>
    /// <param name="bytes">The model, which is not changed.</param>
    /// <returns>The bytes of the changed model; the same if it has no such rows.</returns>
    public static byte[] OpenRows(byte[] bytes)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(bytes);
        GraphProto graph = model.Graph;
        ILookup<string, TensorProto> tables = graph.Initializer.ToLookup(tensor => tensor.Name, StringComparer.Ordinal);
        foreach (NodeProto node in graph.Node.Where(node => node.OpType == RowOperator && node.Input.Count > 0))
        {
            TensorProto? table = tables[node.Input[0]].FirstOrDefault();
            if (table is { Dims: [_, > 0 and <= int.MaxValue and var units] } && table.DataType == (int)DataType.Float)
            {
                string rows = node.Output[0];
                node.Output[0] = rows + "/word";
                graph.Input.Add(OnnxGraph.Value(rows, DataType.Float, (int)units));
                graph.Output.Add(OnnxGraph.Value(node.Output[0], DataType.Float, (int)units));
                return model.ToByteArray();
            }
        }

        return bytes;
    }

    /// <summary>Moves external data into a copy of a model.</summary>
    /// <param name="bytes">The copy.</param>
    /// <param name="path">The path of the model.</param>
    /// <param name="onlyLinked">
    /// Whether nothing is done unless only a link leads to some of them: the runtime follows such links if it opens the
    /// model itself.
    /// </param>
    /// <returns>The same bytes if nothing is done.</returns>
    /// <exception cref="FileFormatException">
    /// A file is missing or too short, or the copy would be too large.
    /// </exception>
    public static byte[] Embed(byte[] bytes, string path, bool onlyLinked)
    {
        ModelProto model = ModelProto.Parser.ParseFrom(bytes);
        TensorProto[] tensors = [.. TensorContent.FindExternal(model)];
        if (onlyLinked && !tensors.Any(tensor => ExternalData.IsBehindLink(path, tensor)))
        {
            return bytes;
        }

        long length = bytes.Length + tensors.Sum(tensor => TensorStorage.Size(path, tensor));
        if (length > Array.MaxLength)
        {
            throw TooLarge(path, length, "Copy the model and its external data into one folder");
        }

        TensorContent.Embed(model, path, CancellationToken.None);
        byte[] copy = GC.AllocateUninitializedArray<byte>(model.CalculateSize());
        model.WriteTo(copy);
        return copy;
    }

    private static FileFormatException TooLarge(string path, long length, string remedy) => ModelErrors.Create(
        ErrorIds.ModelTooLarge,
        path,
        FormattableString.Invariant($"has {length:N0} bytes, ")
        + "but a copy that outputs its intermediate values can have at most two gigabytes. "
        + $"{remedy}, or leave out the intermediate values.");

    private static IEnumerable<NodeProto> FindNormalizers(ModelProto model) =>
        GraphScope.Of(model)
            .SelectMany(scope => scope.Nodes)
            .Where(node => node.OpType == NormalizerOperator && node.Output.Count > 0);

    private static AttributeProto? Locale(NodeProto node) =>
        node.Attribute.FirstOrDefault(attribute => attribute.Name == LocaleAttribute);

    private static void SetLocale(NodeProto node, AttributeProto? locale)
    {
        foreach (AttributeProto old in node.Attribute.Where(attribute => attribute.Name == LocaleAttribute).ToArray())
        {
            node.Attribute.Remove(old);
        }

        if (locale is not null)
        {
            node.Attribute.Add(locale);
        }
    }
}
