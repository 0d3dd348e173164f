namespace OnnxDeep.Inference;

/// <summary>A model, table or execution provider that was found or read but cannot do what it should.</summary>
/// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
/// <param name="message">Whole sentences.</param>
/// <param name="innerException">The cause; may be null.</param>
public sealed class ModelException(string errorId, string message, Exception? innerException = null)
    : OnnxDeepException(errorId, message, innerException);
