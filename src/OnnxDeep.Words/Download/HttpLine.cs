using System.Net;
using System.Net.Http.Headers;

namespace OnnxDeep.Words.Download;

/// <summary>
/// Requests one file and reads the response on the caller's thread. Every failure becomes a
/// <see cref="DownloadException"/> that says whether another attempt makes sense.
/// </summary>
/// <param name="client">The client, which must not follow redirects or have its own timeout.</param>
/// <param name="options">The timeouts.</param>
/// <param name="uri">The address of the file.</param>
/// <param name="stop">Cancels every wait immediately.</param>
internal sealed class HttpLine(HttpClient client, DownloadOptions options, Uri uri, CancellationToken stop)
{
    // If the server has never answered, the name or the proxy may be wrong, so do not spend a minute on more attempts.
    private bool _hasAnswered;

    /// <summary>Requests the file, or the rest of it, and follows redirects.</summary>
    /// <param name="from">The first byte to request; 0 requests the complete file.</param>
    /// <param name="condition">Makes the server send the complete file if it has changed; may be null.</param>
    /// <returns>The response, whose body has not been read.</returns>
    /// <exception cref="DownloadException">There was no response, or the redirects lead nowhere.</exception>
    /// <exception cref="OperationCanceledException">The download was stopped.</exception>
    public HttpResponseMessage Ask(long from, RangeConditionHeaderValue? condition)
    {
        Uri current = uri;
        for (int redirects = 0; redirects <= options.MaximumRedirects; redirects++)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, current);
            request.Headers.AcceptEncoding.ParseAdd("identity");
            if (from > 0)
            {
                request.Headers.Range = new RangeHeaderValue(from, null);
                request.Headers.IfRange = condition;
            }

            HttpResponseMessage response = Wait(
                token => client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, token));
            _hasAnswered = true;
            if (!IsRedirect(response.StatusCode))
            {
                return response;
            }

            using (response)
            {
                current = FollowRedirect(uri, current, response.Headers.Location);
            }
        }

        throw DownloadErrors.Failed(
            uri, $"the server redirects more than {options.MaximumRedirects} times", isTransient: false);
    }

    /// <summary>Opens the body of a response.</summary>
    public Stream Open(HttpResponseMessage response) => Wait(response.Content.ReadAsStreamAsync);

    /// <summary>Reads the next bytes.</summary>
    /// <returns>The number of bytes read; 0 at the end.</returns>
    /// <exception cref="DownloadException">The connection broke.</exception>
    /// <exception cref="OperationCanceledException">The download was stopped.</exception>
    public int Read(Stream body, Memory<byte> buffer) => Wait(token => body.ReadAsync(buffer, token).AsTask());

    /// <summary>Checks the address that a caller requests.</summary>
    /// <exception cref="DownloadException">The address does not use http or https, or contains a password.</exception>
    public static void CheckAddress(Uri uri)
    {
        if (!uri.IsAbsoluteUri || !IsWeb(uri) || uri.Host.Length == 0)
        {
            throw DownloadErrors.UriInvalid(
                uri,
                "An address must start with https:// or http:// and a server name; "
                + "import files on disk by path.");
        }

        // They would not be sent, but would appear in messages and beside the unfinished file.
        if (uri.UserInfo.Length > 0)
        {
            throw DownloadErrors.UriInvalid(uri, "An address must not contain a user name or password; remove them.");
        }
    }

    /// <summary>Gets the target of a redirect.</summary>
    /// <param name="asked">The address that was originally requested, for errors.</param>
    /// <param name="current">The address that redirected.</param>
    /// <param name="location">The target that it named; may be relative, or null.</param>
    /// <exception cref="DownloadException">
    /// The redirect has no target, or leads from https to http or to another scheme.
    /// </exception>
    public static Uri FollowRedirect(Uri asked, Uri current, Uri? location)
    {
        if (location is null)
        {
            throw DownloadErrors.Failed(asked, "the server sent a redirect without a target", isTransient: false);
        }

        var next = new Uri(current, location);
        return IsWeb(next) && (current.Scheme != Uri.UriSchemeHttps || next.Scheme == Uri.UriSchemeHttps)
            ? next
            : throw DownloadErrors.UriInvalid(
                asked,
                $"The server redirects from {current.Scheme} to '{next.GetLeftPart(UriPartial.Path)}'; redirects are "
                + "followed to https, and to http only from http. Look for a newer address on the publisher's site.");
    }

    private static bool IsRedirect(HttpStatusCode status) => status
        is HttpStatusCode.MovedPermanently
        or HttpStatusCode.Found
        or HttpStatusCode.SeeOther
        or HttpStatusCode.TemporaryRedirect
        or HttpStatusCode.PermanentRedirect;

    private T Wait<T>(Func<CancellationToken, Task<T>> work)
    {
        using var silence = CancellationTokenSource.CreateLinkedTokenSource(stop);
        silence.CancelAfter(options.SilenceTimeout);
        try
        {
            return work(silence.Token).GetAwaiter().GetResult();
        }
        catch (Exception) when (stop.IsCancellationRequested)
        {
            throw new OperationCanceledException(stop);
        }
        catch (OperationCanceledException e)
        {
            throw DownloadErrors.Failed(
                uri,
                FormattableString.Invariant($"no data arrived for {options.SilenceTimeout.TotalSeconds:0.#} seconds"),
                _hasAnswered,
                e);
        }
        catch (HttpRequestException e) when (e.StatusCode is HttpStatusCode status)
        {
            throw DownloadErrors.Status(uri, status, null);
        }
        catch (HttpRequestException e)
        {
            // Another attempt does not make a certificate valid.
            throw DownloadErrors.Failed(
                uri, Reason(e), _hasAnswered && e.HttpRequestError != HttpRequestError.SecureConnectionError, e);
        }
        catch (IOException e)
        {
            throw DownloadErrors.Failed(uri, Reason(e), isTransient: true, e);
        }
    }

    private static string Reason(Exception e) => e.GetBaseException().Message.TrimEnd('.', ' ');

    private static bool IsWeb(Uri uri) => uri.Scheme == Uri.UriSchemeHttps || uri.Scheme == Uri.UriSchemeHttp;
}
