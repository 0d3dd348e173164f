namespace OnnxDeep.Inference;

/// <summary>A model, table or execution provider was found or read but cannot be used as requested.</summary>
/// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
/// <param name="message">The message, in complete sentences.</param>
/// <param name="innerException">The cause, or null.</param>
public sealed class ModelException(string errorId, string message, Exception? innerException = null)
    : OnnxDeepException(errorId, message, innerException);
