namespace OnnxDeep.Words.Lookup;

/// <summary>A term that cannot be looked up, whatever the table: empty, too long or not text.</summary>
public sealed class TermException : OnnxDeepException
{
    /// <summary>Makes the error.</summary>
    public TermException(string errorId, string message)
        : base(errorId, message)
    {
    }
}
