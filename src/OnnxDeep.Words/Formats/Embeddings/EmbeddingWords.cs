using System.Buffers.Binary;

using Google.Protobuf;
using Google.Protobuf.Collections;

using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Words.Formats.Embeddings;

/// <summary>
/// Words and the numbers to which a model maps them: the attributes of ai.onnx.ml's LabelEncoder, of any version, or
/// its CategoryMapper.
/// </summary>
/// <param name="Keys">The words in UTF-8.</param>
/// <param name="Values">[words]; null if each word's number is its index.</param>
internal sealed record EmbeddingWords(IReadOnlyList<ByteString> Keys, IReadOnlyList<long>? Values)
{
    /// <summary>The mapping of a node; null if it does not map text to integers.</summary>
    /// <param name="node">A node of any kind.</param>
    /// <param name="layout">The model of the node.</param>
    public static EmbeddingWords? Find(NodeProto node, OnnxLayout layout)
    {
        if (node.OpType is not ("LabelEncoder" or "CategoryMapper"))
        {
            return null;
        }

        if (Attribute(node, "classes_strings") is { Strings.Count: > 0 } classes)
        {
            return new EmbeddingWords(classes.Strings, null);
        }

        RepeatedField<ByteString>? keys = (Attribute(node, "keys_strings") ?? Attribute(node, "cats_strings"))?.Strings
            ?? Attribute(node, "keys_tensor")?.T?.StringData;
        if (keys is null || keys.Count == 0)
        {
            return null;
        }

        IReadOnlyList<long>? values = (Attribute(node, "values_int64s") ?? Attribute(node, "cats_int64s"))?.Ints
            ?? Numbers(Attribute(node, "values_tensor")?.T, keys.Count, layout);
        return values?.Count == keys.Count ? new EmbeddingWords(keys, values) : null;
    }

    /// <summary>The index in <see cref="Keys"/> of each word, ordered by row.</summary>
    public (long Row, int Key)[] ByRow()
    {
        var order = new (long Row, int Key)[Keys.Count];
        for (int i = 0; i < order.Length; i++)
        {
            order[i] = (Values is null ? i : Values[i], i);
        }

        Array.Sort(order);
        return order;
    }

    private static AttributeProto? Attribute(NodeProto node, string name) =>
        node.Attribute.FirstOrDefault(attribute => attribute.Name == name);

    private static IReadOnlyList<long>? Numbers(TensorProto? tensor, int count, OnnxLayout layout)
    {
        if (tensor is null || (TensorProto.Types.DataType)tensor.DataType != TensorProto.Types.DataType.Int64)
        {
            return null;
        }

        ReadOnlySpan<byte> raw = layout.ReadRaw(tensor, (long)count * sizeof(long));
        if (raw.IsEmpty)
        {
            return tensor.Int64Data;
        }

        long[] numbers = new long[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = BinaryPrimitives.ReadInt64LittleEndian(raw[(i * sizeof(long))..]);
        }

        return numbers;
    }
}
