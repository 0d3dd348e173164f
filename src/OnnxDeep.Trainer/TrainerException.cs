namespace OnnxDeep.Trainer;

/// <summary>What the command line cannot do as asked.</summary>
internal sealed class TrainerException(string errorId, string message, Exception? innerException = null)
    : OnnxDeepException(errorId, message, innerException);
