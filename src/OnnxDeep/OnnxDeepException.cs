namespace OnnxDeep;

/// <summary>
/// The base of every error that the caller can mend: the message names the value, the rule and the way out, and
/// <see cref="ErrorId"/> stays the same from version to version.
/// </summary>
public abstract class OnnxDeepException : Exception
{
    /// <summary>Makes the error with its stable id.</summary>
    protected OnnxDeepException(string errorId, string message, Exception? innerException = null)
        : base(message, innerException) => ErrorId = errorId;

    /// <summary>A stable identifier, such as <c>VectorsDamaged</c>; scripts may test for it.</summary>
    public string ErrorId { get; }
}
