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
}
