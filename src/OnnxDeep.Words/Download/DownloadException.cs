namespace OnnxDeep.Words.Download;

/// <summary>A file that could not be downloaded; the id tells why.</summary>
public sealed class DownloadException : OnnxDeepException
{
    /// <summary>Creates the error.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="uri">What was asked for.</param>
    /// <param name="message">Names the value, the rule and the way out.</param>
    /// <param name="innerException">The cause; may be null.</param>
    public DownloadException(string errorId, Uri uri, string message, Exception? innerException = null)
        : base(errorId, message, innerException) => Uri = uri;

    /// <summary>What was asked for; not where redirects led.</summary>
    public Uri Uri { get; }

    /// <summary>Whether another try may well succeed.</summary>
    internal bool IsTransient { get; init; }
}
