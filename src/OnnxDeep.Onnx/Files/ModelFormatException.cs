namespace OnnxDeep.Onnx.Files;

/// <summary>A model file that cannot be read; <see cref="OnnxDeepException.ErrorId"/> tells in which way.</summary>
public sealed class ModelFormatException : OnnxDeepException
{
    /// <summary>The file holds something else than ONNX.</summary>
    public const string NotOnnx = "ModelNotOnnx";

    /// <summary>The file begins as ONNX and ends too early.</summary>
    public const string Truncated = "ModelTruncated";

    /// <summary>The file is ONNX, but what it says contradicts itself or leaves what this version reads.</summary>
    public const string Invalid = "ModelInvalid";

    /// <summary>The nodes of a graph need each other's outputs, so that none can be the first.</summary>
    public const string Cyclic = "ModelCyclic";

    /// <summary>The file is sound, but no plain chain of dense layers.</summary>
    public const string NotDense = "ModelNotDense";

    /// <summary>The file is larger than what is asked for allows.</summary>
    public const string TooLarge = "ModelTooLarge";

    /// <summary>Makes the error for one file.</summary>
    public ModelFormatException(string errorId, string path, string problem, Exception? innerException = null)
        : base(errorId, $"The model '{path}' {problem}", innerException)
    {
        Path = path;
        Problem = problem;
    }

    /// <summary>The file that was read.</summary>
    public string Path { get; }

    /// <summary>The message without the file.</summary>
    public string Problem { get; }
}
