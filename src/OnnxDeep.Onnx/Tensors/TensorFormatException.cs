namespace OnnxDeep.Onnx.Tensors;

/// <summary>
/// A file of tensors that cannot be read; <see cref="OnnxDeepException.ErrorId"/> tells in which way.
/// </summary>
public sealed class TensorFormatException : OnnxDeepException
{
    /// <summary>The file ends too early, or is no protobuf message at all.</summary>
    public const string Truncated = "TensorTruncated";

    /// <summary>What the file says contradicts itself.</summary>
    public const string Invalid = "TensorInvalid";

    /// <summary>The shape is more than an array can hold.</summary>
    public const string TooLarge = "TensorTooLarge";

    /// <summary>The type or the format is none that this version reads.</summary>
    public const string Unsupported = "TensorUnsupported";

    /// <summary>Makes the error for one file.</summary>
    public TensorFormatException(string errorId, string path, string problem, Exception? innerException = null)
        : base(errorId, $"The tensor file '{path}' {problem}", innerException) => Path = path;

    /// <summary>The file that was read.</summary>
    public string Path { get; }
}
