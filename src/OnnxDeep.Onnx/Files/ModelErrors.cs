using Google.Protobuf;
using OnnxDeep.IO;

namespace OnnxDeep.Onnx.Files;

/// <summary>Creates the errors for files that are not ONNX or are incomplete.</summary>
internal static class ModelErrors
{
    /// <summary>The problem of a model that lists no operator sets.</summary>
    public const string NoOpset =
        "The file lists no operator sets (opset_import), so the version of its operators is unknown and ONNX Runtime "
        + "refuses it. Export the model again, or set the opset that it was written for; if the file was copied, "
        + "compare its size with that of the original.";

    /// <summary>
    /// Whether a file begins like the output of ONNX writers: field 1, the IR version, a small number.
    /// </summary>
    /// <param name="start">The first bytes of the file, at least two.</param>
    public static bool LooksLikeOnnx(ReadOnlySpan<byte> start) => start is [0x08, > 0 and < 64, ..];

    /// <summary>Creates the error for a model file.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="path">The file.</param>
    /// <param name="problem">The rest of the message, starting with the verb.</param>
    /// <param name="cause">The error of another reader; may be null.</param>
    public static FileFormatException Create(string errorId, string path, string problem, Exception? cause = null) =>
        new(errorId, "model", path, problem, cause);

    /// <summary>Creates the error for a file that is not ONNX.</summary>
    /// <param name="path">The file.</param>
    /// <param name="found">What the file is; null if that is unknown.</param>
    /// <param name="cause">The error of another reader; may be null.</param>
    public static FileFormatException NotOnnx(string path, ForeignFile? found, Exception? cause) => Create(
        ErrorIds.ModelNotOnnx,
        path,
        found is null
            ? "is not an ONNX model: its bytes are not an ONNX ModelProto. Name a file that an ONNX exporter wrote."
            : $"is not an ONNX model: it is {found.What}. {found.ModelAdvice}",
        cause);

    /// <summary>Creates the error for a model that is incomplete or damaged.</summary>
    /// <param name="path">The file.</param>
    /// <param name="place">The position up to which the file is valid, or the file's length.</param>
    /// <param name="cause">The error of another reader.</param>
    public static FileFormatException Truncated(string path, string place, Exception? cause) => Create(
        ErrorIds.ModelTruncated,
        path,
        $"is an ONNX model that ends too early or is damaged ({place}). Copy or export it again.",
        cause);

    /// <summary>Whether the parser's error is about a text.</summary>
    public static bool IsNotText(InvalidProtocolBufferException e) => e.InnerException is ArgumentException;

    /// <summary>Creates the error for texts that are not UTF-8, which protobuf requires.</summary>
    public static FileFormatException NotText(string path, Exception cause) => Create(
        ErrorIds.ModelInvalid,
        path,
        "contains a name or text that is not UTF-8. Export it again with names in valid Unicode.",
        cause);
}
