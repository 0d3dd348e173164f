namespace OnnxDeep;

/// <summary>
/// An error that the caller can fix. The message names the value, the rule and the way out, whatever the caller's
/// interface is; <see cref="ErrorId"/> does not change between versions.
/// </summary>
public class OnnxDeepException : Exception
{
    /// <summary>Creates the error.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="message">
    /// One or more whole sentences. Control characters in it become U+FFFD, and long values are cut.
    /// </param>
    /// <param name="innerException">The cause; may be null.</param>
    public OnnxDeepException(string errorId, string message, Exception? innerException = null)
        : base(ShownText.Message(message), innerException) => ErrorId = errorId;

    /// <summary>A stable identifier, such as <see cref="ErrorIds.VectorsDamaged"/>.</summary>
    public string ErrorId { get; }

    /// <summary>The operation that failed, for errors whose id alone does not say what the caller can do.</summary>
    public ErrorContext Context { get; init; }

    /// <summary>A sentence that the caller's interface adds to the message, such as which parameter to use.</summary>
    public string? Hint { get; set; }

    /// <inheritdoc/>
    public override string Message => Hint is null ? base.Message : $"{base.Message} {Hint}";
}

/// <summary>The operation during which an error occurred.</summary>
public enum ErrorContext
{
    /// <summary>The error id is specific enough.</summary>
    None,

    /// <summary>Comparing models.</summary>
    Comparison,

    /// <summary>Running a model on generated inputs.</summary>
    GeneratedInputs,

    /// <summary>Loading a library that the user's settings name.</summary>
    Settings,

    /// <summary>Opening a model that should take words.</summary>
    Words,

    /// <summary>Using examples, some of which were skipped.</summary>
    SkippedExamples,

    /// <summary>Reading a text file as a tensor.</summary>
    TextTensor,
}
