namespace OnnxDeep;

/// <summary>
/// An error that the caller can fix. The message names the value, the rule and the way out, whatever the caller's
/// interface is; <see cref="ErrorId"/> stays the same from version to version.
/// </summary>
public class OnnxDeepException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="message">Whole sentences.</param>
    /// <param name="innerException">The cause; may be null.</param>
    public OnnxDeepException(string errorId, string message, Exception? innerException = null)
        : base(message, innerException) => ErrorId = errorId;

    /// <summary>A stable identifier, such as <see cref="ErrorIds.VectorsDamaged"/>.</summary>
    public string ErrorId { get; }

    /// <summary>What was being done, where the id alone does not tell what the caller can do.</summary>
    public ErrorContext Context { get; init; }

    /// <summary>A sentence that the caller's interface adds to the message, such as which parameter to use.</summary>
    public string? Hint { get; set; }

    /// <inheritdoc/>
    public override string Message => Hint is null ? base.Message : $"{base.Message} {Hint}";
}

/// <summary>What was being done when an error occurred.</summary>
public enum ErrorContext
{
    /// <summary>The error id tells enough.</summary>
    None,

    /// <summary>Models are compared.</summary>
    Comparison,

    /// <summary>A model runs on generated inputs.</summary>
    GeneratedInputs,

    /// <summary>A library is loaded because the user's settings name it.</summary>
    Settings,

    /// <summary>A model is opened that should take words.</summary>
    Words,

    /// <summary>Examples were skipped before.</summary>
    SkippedExamples,

    /// <summary>A text file is read as a tensor.</summary>
    TextTensor,
}
