namespace OnnxDeep.Words.Download;

/// <summary>A file that could not be downloaded; the id tells why.</summary>
public sealed class DownloadException : OnnxDeepException
{
    /// <summary>The server has no such file: 404 or 410.</summary>
    public const string NotFound = "DownloadNotFound";

    /// <summary>The server or the proxy does not give the file: 401, 403, 407 or another 4xx.</summary>
    public const string Refused = "DownloadRefused";

    /// <summary>No server by that name, no connection, a line that breaks again and again, or 5xx.</summary>
    public const string Failed = "DownloadFailed";

    /// <summary>The file's SHA-256 is not the expected one.</summary>
    public const string DigestMismatch = "DownloadDigestMismatch";

    /// <summary>The file's size is not the expected one.</summary>
    public const string SizeMismatch = "DownloadSizeMismatch";

    /// <summary>The file is larger than allowed.</summary>
    public const string TooLarge = "DownloadTooLarge";

    /// <summary>An address, or a redirect to one, that is not taken.</summary>
    public const string UriInvalid = "DownloadUriInvalid";

    /// <summary>Makes the error.</summary>
    /// <param name="errorId">One of the constants.</param>
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
