using Google.Protobuf;

using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx;

/// <summary>Files of ONNX values.</summary>
public static class TensorFile
{
    /// <summary>Reads a message of one value, as ONNX test data are stored.</summary>
    /// <param name="path">The file.</param>
    /// <param name="kind">Which message it is, which the bytes do not tell: what the model's input or output is.</param>
    /// <exception cref="TensorFormatException">The file is no such message, or not all of it.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static OnnxValue ReadProto(string path, OnnxTypeKind kind = OnnxTypeKind.Tensor)
    {
        path = Path.GetFullPath(path);
        var reader = new ProtoValueReader(path);
        using FileStream stream = File.OpenRead(path);
        return kind switch
        {
            OnnxTypeKind.Sequence => reader.Read(Parse(SequenceProto.Parser, stream, path)),
            OnnxTypeKind.Map => reader.Read(Parse(MapProto.Parser, stream, path)),
            OnnxTypeKind.Optional => reader.Read(Parse(OptionalProto.Parser, stream, path)),
            _ => reader.Read(Parse(TensorProto.Parser, stream, path)),
        };
    }

    private static T Parse<T>(MessageParser<T> parser, FileStream stream, string path)
        where T : IMessage<T>
    {
        try
        {
            return parser.ParseFrom(stream);
        }
        catch (InvalidProtocolBufferException e)
        {
            throw new TensorFormatException(
                TensorFormatException.Truncated,
                path,
                $"ends too early or is no {typeof(T).Name} ({stream.Length} bytes). Copy or write it again.",
                e);
        }
    }
}
