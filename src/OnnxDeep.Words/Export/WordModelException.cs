namespace OnnxDeep.Words.Export;

/// <summary>A word model that cannot be made of these vectors.</summary>
public sealed class WordModelException : OnnxDeepException
{
    /// <summary>The vectors have no words, only character n-grams.</summary>
    public const string NoKeys = "VectorsHaveNoKeys";

    /// <summary>The model would be larger than an ONNX file can be.</summary>
    public const string TooLarge = "WordModelTooLarge";

    /// <summary>Makes the error.</summary>
    public WordModelException(string errorId, string message)
        : base(errorId, message)
    {
    }
}
