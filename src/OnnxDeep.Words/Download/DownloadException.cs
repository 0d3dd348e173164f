using System.Net;

namespace OnnxDeep.Words.Download;

/// <summary>The error for a file that could not be downloaded; the id says why.</summary>
public sealed class DownloadException : OnnxDeepException
{
    /// <summary>Creates the error.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="uri">The address that was requested.</param>
    /// <param name="message">A message that names the value, the rule and the way out.</param>
    /// <param name="innerException">The cause; may be null.</param>
    public DownloadException(string errorId, Uri uri, string message, Exception? innerException = null)
        : base(errorId, message, innerException) => Uri = uri;

    /// <summary>The address that was requested, not that of a redirect.</summary>
    public Uri Uri { get; }

    /// <summary>Whether another attempt might succeed.</summary>
    internal bool IsTransient { get; init; }
}

/// <summary>Creates the errors of downloads, each with its id and message.</summary>
internal static class DownloadErrors
{
    /// <summary>Creates the error for an unsuccessful answer.</summary>
    public static DownloadException Status(Uri uri, HttpStatusCode status, string? reason)
    {
        string answer = string.IsNullOrWhiteSpace(reason) ? $"{(int)status}" : $"{(int)status} ({reason})";
        return status switch
        {
            HttpStatusCode.NotFound or HttpStatusCode.Gone => new DownloadException(
                ErrorIds.DownloadNotFound,
                uri,
                $"The file '{uri}' does not exist: the server answered {answer}. Check the publisher's site."),
            HttpStatusCode.ProxyAuthenticationRequired => new DownloadException(
                ErrorIds.DownloadRefused,
                uri,
                $"The proxy refused '{uri}': it answered {answer}. Supply a user name and password for it."),
            >= HttpStatusCode.BadRequest and < HttpStatusCode.InternalServerError => new DownloadException(
                ErrorIds.DownloadRefused,
                uri,
                $"The server refused '{uri}': it answered {answer}. Files that require a login cannot be "
                + "downloaded; use a browser instead and import the file from disk.")
            {
                IsTransient = status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests,
            },
            _ => Failed(
                uri, $"the server answered {answer}", isTransient: status >= HttpStatusCode.InternalServerError),
        };
    }

    /// <summary>Creates the error for a connection that failed or broke.</summary>
    /// <param name="uri">The address that was requested.</param>
    /// <param name="problem">The problem, without a full stop.</param>
    /// <param name="isTransient">Whether another attempt might succeed.</param>
    /// <param name="cause">The cause; may be null.</param>
    public static DownloadException Failed(Uri uri, string problem, bool isTransient, Exception? cause = null) => new(
        ErrorIds.DownloadFailed,
        uri,
        $"'{uri}' could not be downloaded: {problem}. Check the network and the proxy, then run the same command "
        + "again: it resumes the download.",
        cause)
    {
        IsTransient = isTransient,
    };

    /// <summary>Creates the error for a file with an unexpected SHA-256.</summary>
    public static DownloadException DigestMismatch(Uri uri, string expected, string found) => new(
        ErrorIds.DownloadDigestMismatch,
        uri,
        $"'{uri}' is not the expected file: its SHA-256 should be {expected}, but is {found}. The download was "
        + "deleted. Try again; if the error persists, the publisher or someone else has changed the file.");

    /// <summary>Creates the error for a file with an unexpected size.</summary>
    /// <param name="uri">The address that was requested.</param>
    /// <param name="expected">The expected size in bytes.</param>
    /// <param name="found">The actual size in bytes; null if the server was stopped because it sent more.</param>
    public static DownloadException SizeMismatch(Uri uri, long expected, long? found) => new(
        ErrorIds.DownloadSizeMismatch,
        uri,
        $"'{uri}' is not the expected file: "
        + FormattableString.Invariant($"it should have {Quantity.Of(expected, "byte")}, but the server has ")
        + (found is null ? "more. " : FormattableString.Invariant($"{found:N0}. "))
        + "The download was deleted. Check the publisher's site; the file may have changed.");

    /// <summary>Creates the error for a file larger than allowed.</summary>
    public static DownloadException TooLarge(Uri uri, long maximum) => new(
        ErrorIds.DownloadTooLarge,
        uri,
        $"'{uri}' is too large: "
        + FormattableString.Invariant($"it exceeds the limit of {Quantity.Of(maximum, "byte")}. ")
        + "Check the address; download larger files by other means and import them from disk.");

    /// <summary>Creates the error for an address that is not accepted.</summary>
    /// <param name="uri">The address.</param>
    /// <param name="rule">The rule and the way out, in whole sentences.</param>
    public static DownloadException UriInvalid(Uri uri, string rule) => new(
        ErrorIds.DownloadUriInvalid, uri, $"'{WithoutSecrets(uri)}' cannot be downloaded. {rule}");

    private static string WithoutSecrets(Uri uri) => uri.IsAbsoluteUri && uri.UserInfo.Length > 0
        ? uri.GetComponents(UriComponents.AbsoluteUri & ~UriComponents.UserInfo, UriFormat.UriEscaped)
        : uri.OriginalString;
}
