using Google.Protobuf;

namespace OnnxDeep.Onnx.Files;

/// <summary>The errors for files that are not ONNX, or not all of it.</summary>
internal static class ModelErrors
{
    /// <summary>Whether a file begins as ONNX writers begin it: field 1, the IR version, a small number.</summary>
    /// <param name="start">The first bytes, at least two of them.</param>
    public static bool LooksLikeOnnx(ReadOnlySpan<byte> start) => start is [0x08, > 0 and < 64, ..];

    /// <summary>Creates the error for a model file.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="path">The file.</param>
    /// <param name="problem">The rest of the message, from the verb on.</param>
    /// <param name="cause">Another reader's error; may be null.</param>
    public static FileFormatException Create(string errorId, string path, string problem, Exception? cause = null) =>
        new(errorId, "model", path, problem, cause);

    /// <summary>Bytes that are something else.</summary>
    public static FileFormatException NotOnnx(string path, Exception? cause) => Create(
        ErrorIds.ModelNotOnnx,
        path,
        "is not an ONNX model: its bytes are not an ONNX ModelProto. Name a file that an ONNX exporter wrote.",
        cause);

    /// <summary>A beginning of a model, or one with damage in it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="place">How far it makes sense, or how long it is.</param>
    /// <param name="cause">Another reader's error.</param>
    public static FileFormatException Truncated(string path, string place, Exception? cause) => Create(
        ErrorIds.ModelTruncated,
        path,
        $"is an ONNX model that ends too early or is damaged ({place}). Copy or export it again.",
        cause);

    /// <summary>Whether the parser's error is about a text.</summary>
    public static bool IsNotText(InvalidProtocolBufferException e) => e.InnerException is ArgumentException;

    /// <summary>Texts that are no UTF-8, as protobuf demands.</summary>
    public static FileFormatException NotText(string path, Exception cause) => Create(
        ErrorIds.ModelInvalid,
        path,
        "holds a name or text that is not UTF-8. Export it again with names of Unicode characters.",
        cause);
}
