namespace OnnxDeep.IO;

/// <summary>A file that cannot be written; an older one at its place is as it was.</summary>
public sealed class OutputException : OnnxDeepException
{
    /// <summary>Makes the error.</summary>
    public OutputException(string path, Exception innerException)
        : base(
            "OutputNotWritable",
            $"'{path}' cannot be written: {innerException?.Message} Name a place that you may write.",
            innerException)
    {
    }
}
