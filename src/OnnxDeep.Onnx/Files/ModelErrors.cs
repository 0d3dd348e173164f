using Google.Protobuf;

namespace OnnxDeep.Onnx.Files;

/// <summary>The errors for files that are not ONNX, or not all of it.</summary>
internal static class ModelErrors
{
    /// <summary>Whether a file begins as ONNX writers begin it: field 1, the IR version, a small number.</summary>
    /// <param name="start">The first bytes, at least two of them.</param>
    public static bool LooksLikeOnnx(ReadOnlySpan<byte> start) => start is [0x08, > 0 and < 64, ..];

    /// <summary>Bytes that are something else.</summary>
    public static ModelFormatException NotOnnx(string path, Exception? cause) => new(
        ModelFormatException.NotOnnx,
        path,
        "is not an ONNX model: its bytes are not an ONNX ModelProto. Name a file that an ONNX exporter wrote.",
        cause);

    /// <summary>A beginning of a model, or one with damage in it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="place">How far it makes sense, or how long it is.</param>
    /// <param name="cause">Another reader's error.</param>
    public static ModelFormatException Truncated(string path, string place, Exception? cause) => new(
        ModelFormatException.Truncated,
        path,
        $"is an ONNX model that ends too early or is damaged ({place}). Copy or export it again.",
        cause);

    /// <summary>Whether the parser's error is about a text.</summary>
    public static bool IsNotText(InvalidProtocolBufferException e) => e.InnerException is ArgumentException;

    /// <summary>Texts that are no UTF-8, as protobuf demands.</summary>
    public static ModelFormatException NotText(string path, Exception cause) => new(
        ModelFormatException.Invalid,
        path,
        "holds a name or text that is not UTF-8. Export it again with names of Unicode characters.",
        cause);
}
