using System.Net;
using System.Net.Http.Headers;

namespace OnnxDeep.Words.Download;

/// <summary>
/// Asks for one file and reads what comes, on the caller's thread. Whatever breaks becomes a
/// <see cref="DownloadException"/> that says whether another try makes sense.
/// </summary>
/// <param name="client">Follows no redirects and has no timeout of its own.</param>
/// <param name="options">How patient to be.</param>
/// <param name="uri">What to ask for.</param>
/// <param name="stop">Ends every wait at once.</param>
internal sealed class HttpLine(HttpClient client, DownloadOptions options, Uri uri, CancellationToken stop)
{
    // A server that never answered is not worth a minute of further tries: the name or the proxy may be wrong.
    private bool _hasAnswered;

    /// <summary>Asks for the file, or its rest, and follows redirects.</summary>
    /// <param name="from">The first byte to send; 0 asks for the whole file.</param>
    /// <param name="condition">Makes the server send the whole file where it has changed; may be null.</param>
    /// <returns>The answer, whose body is still on the line.</returns>
    /// <exception cref="DownloadException">There was none, or the redirects lead nowhere.</exception>
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
                current = DownloadAddress.Follow(uri, current, response.Headers.Location);
            }
        }

        throw DownloadErrors.Failed(
            uri, $"the server redirects more than {options.MaximumRedirects} times", isTransient: false);
    }

    /// <summary>The body of an answer.</summary>
    public Stream Open(HttpResponseMessage response) => Wait(response.Content.ReadAsStreamAsync);

    /// <summary>Reads the next bytes.</summary>
    /// <returns>How many came; 0 at the end.</returns>
    /// <exception cref="DownloadException">The line broke.</exception>
    /// <exception cref="OperationCanceledException">The download was stopped.</exception>
    public int Read(Stream body, Memory<byte> buffer) => Wait(token => body.ReadAsync(buffer, token).AsTask());

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
                FormattableString.Invariant($"nothing came for {options.SilenceTimeout.TotalSeconds:0.#} seconds"),
                _hasAnswered,
                e);
        }
        catch (HttpRequestException e) when (e.StatusCode is HttpStatusCode status)
        {
            throw DownloadErrors.Status(uri, status, null);
        }
        catch (HttpRequestException e)
        {
            // A certificate does not get better by asking again.
            throw DownloadErrors.Failed(
                uri, Reason(e), _hasAnswered && e.HttpRequestError != HttpRequestError.SecureConnectionError, e);
        }
        catch (IOException e)
        {
            throw DownloadErrors.Failed(uri, Reason(e), isTransient: true, e);
        }
    }

    private static string Reason(Exception e) => e.GetBaseException().Message.TrimEnd('.', ' ');
}
