using OnnxDeep.Onnx.Files;

namespace OnnxDeep.Onnx.Conversion;

/// <summary>A model that cannot be converted as it is wanted.</summary>
public sealed class ConversionException : OnnxDeepException
{
    /// <summary>The model has no weights that can be stored in another format.</summary>
    public const string NoWeights = "NoConvertibleWeights";

    /// <summary>The model's version of ONNX lacks the operators.</summary>
    public const string OpsetTooOld = "OpsetTooOld";

    /// <summary>The result would be larger than an ONNX file can be; the id is shared with the file reader's.</summary>
    public const string TooLarge = ModelFormatException.TooLarge;

    /// <summary>The model does not compute the rows of a larger batch as it computes those of its own.</summary>
    public const string BatchNotOpened = "BatchNotOpened";

    /// <summary>ONNX Runtime runs the model, and not what became of it.</summary>
    public const string Unusable = "ConversionUnusable";

    /// <summary>Makes the error.</summary>
    public ConversionException(string errorId, string message, Exception? innerException = null)
        : base(errorId, message, innerException)
    {
    }
}
