namespace OnnxDeep.Words.Lookup;

/// <summary>A file that cannot be read as a list of words; the id tells why.</summary>
public sealed class WordFileException : OnnxDeepException
{
    /// <summary>Makes the error.</summary>
    public WordFileException(string errorId, string message, Exception? innerException = null)
        : base(errorId, message, innerException)
    {
    }
}
