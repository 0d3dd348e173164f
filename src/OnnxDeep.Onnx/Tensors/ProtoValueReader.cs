using System.Buffers.Binary;
using System.Text;

using Google.Protobuf;
using Google.Protobuf.Collections;

using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Tensors;

/// <summary>
/// Reads values from ONNX messages, wherever these store the elements. Memory is only allocated for elements that
/// exist.
/// </summary>
internal sealed class ProtoValueReader(string path)
{
    // Invalid UTF-8 is an error, since ONNX requires strings to be UTF-8.
    private static readonly UTF8Encoding s_utf8 = new(false, true);

    /// <summary>Reads the tensor in a message.</summary>
    /// <exception cref="FileFormatException">
    /// The tensor contradicts itself, is too large, or has an unknown type.
    /// </exception>
    public OnnxTensor Read(TensorProto tensor)
    {
        var type = (OnnxElementType)tensor.DataType;
        long[] shape = [.. tensor.Dims];
        long count = TensorShape.Count(shape) ?? throw Error(
            Array.Exists(shape, extent => extent < 0) ? ErrorIds.TensorInvalid : ErrorIds.TensorTooLarge,
            tensor,
            $"has the shape {TensorShape.ToText(shape)}, which no array can hold. "
            + "Write it with nonnegative extents and fewer elements.");
        if (type == OnnxElementType.String)
        {
            return tensor.StringData.Count == count
                ? new OnnxTensor(shape, [.. tensor.StringData.Select(text => ToText(tensor, text))])
                {
                    Name = tensor.Name,
                }
                : throw Mismatch(tensor, shape, Quantity.Of(count, "text"), tensor.StringData.Count);
        }

        int size = type.GetSize();
        if (size == 0)
        {
            throw Error(
                ErrorIds.TensorUnsupported,
                tensor,
                $"has elements of {type.GetName()}, which this version cannot read. "
                + "Convert them, for example to float.");
        }

        if (count > Array.MaxLength / size)
        {
            throw Error(
                ErrorIds.TensorTooLarge,
                tensor,
                $"has the shape {TensorShape.ToText(shape)}, more than two gigabytes of {type.GetName()}. Split it.");
        }

        byte[] bytes;
        if (tensor.DataLocation == TensorProto.Types.DataLocation.External)
        {
            bytes = ExternalData.Read(path, tensor, count * size);
        }
        else if (tensor.HasRawData)
        {
            bytes = tensor.RawData.ToByteArray();
        }
        else
        {
            bytes = ToBytes(tensor, type);
        }

        return bytes.Length == count * size
            ? new OnnxTensor(type, shape, bytes) { Name = tensor.Name }
            : throw Mismatch(
                tensor,
                shape,
                $"{Quantity.Of(count, "element")} of {Quantity.Of(size, "byte")}",
                Quantity.Of(bytes.Length, "byte"));
    }

    /// <summary>Reads the sequence in a message.</summary>
    /// <exception cref="FileFormatException">The sequence contains something that cannot be read.</exception>
    public OnnxSequence Read(SequenceProto sequence) => new(
    [
        .. sequence.TensorValues.Select(Read),
        .. sequence.SequenceValues.Select(Read),
        .. sequence.MapValues.Select(Read),
        .. sequence.OptionalValues.Select(Read),
    ])
    {
        Name = sequence.Name,
    };

    /// <summary>Reads the map in a message; its values become one tensor.</summary>
    /// <exception cref="FileFormatException">
    /// The map contains something that cannot be read, or keys without values.
    /// </exception>
    public OnnxMap Read(MapProto map)
    {
        OnnxTensor keys = map.StringKeys.Count > 0
            ? new OnnxTensor([map.StringKeys.Count], [.. map.StringKeys.Select(key => ToText(map, key))])
            : new OnnxTensor(
                OnnxElementType.Int64,
                [map.Keys.Count],
                Pack<long>(map.Keys, 8, BinaryPrimitives.WriteInt64LittleEndian));
        OnnxTensor[] values = [.. (map.Values?.TensorValues ?? []).Select(Read)];
        if (values.Length != keys.Count
            || Array.Exists(values, value => value.Count != 1 || value.ElementType != values[0].ElementType))
        {
            throw TensorFile.Error(
                ErrorIds.TensorInvalid,
                path,
                $"contains a map '{map.Name}' of {Quantity.Of(keys.Count, "key")} "
                + $"and {Quantity.Of(values.Length, "value")}. "
                + "Write one number or text for each key.");
        }

        OnnxElementType type = values.Length > 0 ? values[0].ElementType : OnnxElementType.Float;
        OnnxTensor joined = type == OnnxElementType.String
            ? new OnnxTensor([values.Length], [.. values.Select(value => value.Strings[0])])
            : new OnnxTensor(type, [values.Length], values.SelectMany(value => value.Bytes.ToArray()).ToArray());
        return new OnnxMap(keys, joined) { Name = map.Name };
    }

    /// <summary>Reads the optional in a message.</summary>
    /// <exception cref="FileFormatException">The optional contains something that cannot be read.</exception>
    public OnnxOptional Read(OptionalProto optional) => new(
        optional.TensorValue is not null ? Read(optional.TensorValue)
        : optional.SequenceValue is not null ? Read(optional.SequenceValue)
        : optional.MapValue is not null ? Read(optional.MapValue)
        : optional.OptionalValue is not null ? Read(optional.OptionalValue)
        : null)
    {
        Name = optional.Name,
    };

    // The typed lists store small types widened; this narrows them again.
    private static byte[] ToBytes(TensorProto tensor, OnnxElementType type) => type switch
    {
        OnnxElementType.Float or OnnxElementType.Complex64 =>
            Pack<float>(tensor.FloatData, 4, BinaryPrimitives.WriteSingleLittleEndian),
        OnnxElementType.Double or OnnxElementType.Complex128 =>
            Pack<double>(tensor.DoubleData, 8, BinaryPrimitives.WriteDoubleLittleEndian),
        OnnxElementType.Int64 => Pack<long>(tensor.Int64Data, 8, BinaryPrimitives.WriteInt64LittleEndian),
        OnnxElementType.UInt64 => Pack<ulong>(tensor.Uint64Data, 8, BinaryPrimitives.WriteUInt64LittleEndian),
        OnnxElementType.UInt32 => Pack<ulong>(
            tensor.Uint64Data,
            4,
            static (bytes, value) => BinaryPrimitives.WriteUInt32LittleEndian(bytes, (uint)value)),
        OnnxElementType.Int32 => Pack<int>(tensor.Int32Data, 4, BinaryPrimitives.WriteInt32LittleEndian),
        OnnxElementType.UInt16 or OnnxElementType.Int16 or OnnxElementType.Float16 or OnnxElementType.BFloat16 =>
            Pack<int>(
                tensor.Int32Data,
                2,
                static (bytes, value) => BinaryPrimitives.WriteInt16LittleEndian(bytes, (short)value)),
        _ => Pack<int>(tensor.Int32Data, 1, static (bytes, value) => bytes[0] = (byte)value),
    };

    private static byte[] Pack<T>(RepeatedField<T> values, int size, PackElement<T> write)
    {
        byte[] bytes = new byte[(long)values.Count * size];
        for (int i = 0; i < values.Count; i++)
        {
            write(bytes.AsSpan(i * size, size), values[i]);
        }

        return bytes;
    }

    private string ToText(MapProto map, ByteString text) =>
        ToText($"map '{map.Name}'", text);

    private string ToText(TensorProto tensor, ByteString text) =>
        ToText($"tensor '{tensor.Name}'", text);

    private string ToText(string owner, ByteString text)
    {
        try
        {
            return s_utf8.GetString(text.Span);
        }
        catch (DecoderFallbackException e)
        {
            throw TensorFile.Error(
                ErrorIds.TensorInvalid,
                path,
                $"cannot be read: {owner} contains a text that is not UTF-8: {e.Message} Write it as UTF-8.");
        }
    }

    private FileFormatException Mismatch(TensorProto tensor, long[] shape, string expected, object given) => Error(
        ErrorIds.TensorInvalid,
        tensor,
        $"has the shape {TensorShape.ToText(shape)}, which takes {expected}, but it has {given}. Write it again.");

    private FileFormatException Error(string errorId, TensorProto tensor, string problem) =>
        TensorFile.Error(errorId, path, $"cannot be read: tensor '{tensor.Name}' {problem}");

    private delegate void PackElement<T>(Span<byte> bytes, T value);
}
