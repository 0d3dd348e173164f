using System.Net;

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

/// <summary>The errors of downloads, each with its id and its words.</summary>
internal static class DownloadErrors
{
    /// <summary>An answer that is no success.</summary>
    public static DownloadException Status(Uri uri, HttpStatusCode status, string? reason)
    {
        string answer = string.IsNullOrWhiteSpace(reason) ? $"{(int)status}" : $"{(int)status} ({reason})";
        return status switch
        {
            HttpStatusCode.NotFound or HttpStatusCode.Gone => new DownloadException(
                ErrorIds.DownloadNotFound,
                uri,
                $"There is no file '{uri}': the server answered {answer}. Look the address up at its publisher's."),
            HttpStatusCode.ProxyAuthenticationRequired => new DownloadException(
                ErrorIds.DownloadRefused,
                uri,
                $"The proxy does not let '{uri}' through: it answered {answer}. Give it a user and a password."),
            >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => new DownloadException(
                ErrorIds.DownloadRefused,
                uri,
                $"The server does not give '{uri}': it answered {answer}. Files behind a login cannot be "
                + "downloaded; fetch it with a browser and import it from disk.")
            {
                IsTransient = status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests,
            },
            _ => Failed(
                uri, $"the server answered {answer}", isTransient: status >= HttpStatusCode.InternalServerError),
        };
    }

    /// <summary>A line that could not be made, or broke.</summary>
    /// <param name="uri">What was asked for.</param>
    /// <param name="problem">What happened, without a full stop.</param>
    /// <param name="isTransient">Whether to try again.</param>
    /// <param name="cause">May be null.</param>
    public static DownloadException Failed(Uri uri, string problem, bool isTransient, Exception? cause = null) => new(
        ErrorIds.DownloadFailed,
        uri,
        $"'{uri}' could not be downloaded: {problem}. Check the network and the proxy, then run the same command "
        + "again: it goes on from what has arrived.",
        cause)
    {
        IsTransient = isTransient,
    };

    /// <summary>Another file than the expected one.</summary>
    public static DownloadException DigestMismatch(Uri uri, string expected, string found) => new(
        ErrorIds.DownloadDigestMismatch,
        uri,
        $"'{uri}' is not the expected file: its SHA-256 should be {expected} and is {found}. What was downloaded is "
        + "deleted. Try again; if it stays so, the publisher has changed the file, or someone else has.");

    /// <summary>A file of another size than the expected one.</summary>
    /// <param name="uri">What was asked for.</param>
    /// <param name="expected">In bytes.</param>
    /// <param name="found">In bytes; null where the server was stopped as it sent more.</param>
    public static DownloadException SizeMismatch(Uri uri, long expected, long? found) => new(
        ErrorIds.DownloadSizeMismatch,
        uri,
        $"'{uri}' is not the expected file: "
        + FormattableString.Invariant($"it should have {expected:N0} bytes, and the server has ")
        + (found is null ? "more. " : FormattableString.Invariant($"{found:N0}. "))
        + "What was downloaded is deleted. Look the file up at its publisher's; it may have changed.");

    /// <summary>A file larger than allowed.</summary>
    public static DownloadException TooLarge(Uri uri, long maximum) => new(
        ErrorIds.DownloadTooLarge,
        uri,
        $"'{uri}' is too large: "
        + FormattableString.Invariant($"it has more than the {maximum:N0} bytes that are taken at most. ")
        + "Check the address; fetch larger files by other means and import them from disk.");

    /// <summary>An address that is not taken.</summary>
    /// <param name="uri">The address.</param>
    /// <param name="rule">What it should be, and what to do, as whole sentences.</param>
    public static DownloadException UriInvalid(Uri uri, string rule) => new(
        ErrorIds.DownloadUriInvalid, uri, $"'{WithoutSecrets(uri)}' cannot be downloaded. {rule}");

    private static string WithoutSecrets(Uri uri) => uri.IsAbsoluteUri && uri.UserInfo.Length > 0
        ? uri.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.UriEscaped)
        : uri.OriginalString;
}
