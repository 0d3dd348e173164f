using System.Net;
using System.Net.Http.Headers;

namespace OnnxDeep.Words.Download;

/// <summary>Receives one file, resuming after earlier calls and broken connections.</summary>
/// <param name="line">The source.</param>
/// <param name="part">The destination.</param>
/// <param name="request">The requested file.</param>
/// <param name="options">The number of attempts and the pauses between them.</param>
/// <param name="report">Receives the progress; may skip calls unless the last argument is true.</param>
/// <param name="stop">Cancels the transfer; the bytes received so far are kept.</param>
internal sealed class Transfer(
    HttpLine line,
    PartialFile part,
    DownloadRequest request,
    DownloadOptions options,
    Action<DownloadProgress, bool> report,
    CancellationToken stop)
{
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(30);

    private readonly byte[] _buffer = new byte[1 << 17];
    private long _furthest = part.Length;

    private long? Total => part.State?.Length ?? request.Length;

    // Something must show that the server still has the same file; within one call, its size is enough.
    private bool IsKnown => request.Sha256 is not null || part.State is { Condition: not null } or { Length: not null };

    /// <summary>Retries until the file is complete.</summary>
    /// <exception cref="DownloadException">The file is not the requested one, or is not available.</exception>
    public void Run()
    {
        int failures = 0;
        while (true)
        {
            long before = _furthest;
            try
            {
                if (TryReceive())
                {
                    return;
                }

                throw DownloadErrors.Failed(request.Uri, "the connection ended too early", isTransient: true);
            }
            catch (DownloadException e) when (e.IsTransient)
            {
                // Only bytes beyond every earlier attempt are progress; otherwise a file that cannot be resumed would
                // never end.
                failures = _furthest > before ? 1 : failures + 1;
                if (failures > options.Retries)
                {
                    throw;
                }
            }

            Pause(failures);
        }
    }

    private bool TryReceive()
    {
        if (part.Length > 0 && part.Length == part.State?.Length)
        {
            // Already complete: an earlier call ended just before it could report that.
            CheckAnnounced(part.Length);
            return true;
        }

        Report(DownloadStage.Connecting, always: true);
        using HttpResponseMessage response = Ask();
        if (response.StatusCode == HttpStatusCode.RequestedRangeNotSatisfiable && part.Length > 0)
        {
            CheckAnnounced(part.Length);
            return true;
        }

        if (response.StatusCode is not (HttpStatusCode.OK or HttpStatusCode.PartialContent)
            || (response.StatusCode == HttpStatusCode.PartialContent && part.Length == 0))
        {
            throw DownloadErrors.Status(request.Uri, response.StatusCode, response.ReasonPhrase);
        }

        if (response.StatusCode == HttpStatusCode.OK)
        {
            CheckAnnounced(response.Content.Headers.ContentLength);
            part.Begin(PartialFileState.Of(request.Uri, response));
        }
        else
        {
            CheckAnnounced(response.Content.Headers.ContentRange?.Length);
            part.Learn(response.Content.Headers.ContentRange?.Length);
        }

        Receive(response);
        return IsWhole(response);
    }

    /// <summary>Requests the rest, or the complete file if the rest of the same file is not available.</summary>
    private HttpResponseMessage Ask()
    {
        if (part.Length > 0 && !IsKnown)
        {
            part.Clear();
        }

        if (part.Length == 0)
        {
            return line.Ask(0, null);
        }

        HttpResponseMessage response = line.Ask(part.Length, part.State?.Condition);
        bool isUseless = response.StatusCode switch
        {
            HttpStatusCode.PartialContent => part.State?.IsContinuedBy(response, part.Length) != true,
            HttpStatusCode.RequestedRangeNotSatisfiable => response.Content.Headers.ContentRange?.Length != part.Length,
            _ => false,
        };
        if (!isUseless)
        {
            return response;
        }

        response.Dispose();
        part.Clear();
        return line.Ask(0, null);
    }

    private void Receive(HttpResponseMessage response)
    {
        long most = Math.Min(request.MaximumLength, Total ?? long.MaxValue);
        bool isFirst = true;
        using Stream body = line.Open(response);
        for (int read; (read = line.Read(body, _buffer)) > 0; isFirst = false)
        {
            if (part.Length + read > most)
            {
                throw most == request.MaximumLength ? TooLarge() : WrongSize(most, null);
            }

            part.Append(_buffer.AsSpan(0, read));
            _furthest = Math.Max(_furthest, part.Length);
            Report(DownloadStage.Receiving, isFirst);
        }

        Report(DownloadStage.Receiving, always: true);
    }

    private bool IsWhole(HttpResponseMessage response)
    {
        if (Total is not long total || part.Length == total)
        {
            return true;
        }

        // If the server did not state the size but marked the end, the file is complete but not the expected one.
        HttpContentHeaders headers = response.Content.Headers;
        return part.State?.Length is null
            && (response.Headers.TransferEncodingChunked == true || headers.ContentLength is not null)
            ? throw WrongSize(total, part.Length)
            : false;
    }

    private void CheckAnnounced(long? length)
    {
        if (length > request.MaximumLength)
        {
            throw TooLarge();
        }

        if (length is not null && request.Length is not null && length != request.Length)
        {
            throw WrongSize(request.Length.Value, length.Value);
        }
    }

    private DownloadException WrongSize(long expected, long? found)
    {
        part.Discard();
        return DownloadErrors.SizeMismatch(request.Uri, expected, found);
    }

    private DownloadException TooLarge()
    {
        part.Discard();
        return DownloadErrors.TooLarge(request.Uri, request.MaximumLength);
    }

    private void Pause(int failures)
    {
        TimeSpan pause = options.RetryPause * Math.Pow(2, Math.Min(failures - 1, 16));
        Report(DownloadStage.Waiting, always: true);
        stop.WaitHandle.WaitOne(pause < s_longestPause ? pause : s_longestPause);
        stop.ThrowIfCancellationRequested();
    }

    private void Report(DownloadStage stage, bool always) =>
        report(new DownloadProgress(stage, part.Length, Total), always);
}
