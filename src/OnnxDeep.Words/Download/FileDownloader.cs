using System.Net;
using System.Net.Http.Headers;

namespace OnnxDeep.Words.Download;

/// <summary>
/// Downloads files whole or not at all. What a broken download has brought stays as <c>path.part</c>, beside
/// <c>path.part.json</c>, and the next call goes on from there, in this process or another.
/// </summary>
public sealed class FileDownloader : IDisposable
{
    private const int ReportMilliseconds = 100;

    private readonly DownloadOptions _options;
    private readonly HttpClient _client;

    /// <summary>Makes ready; nothing is connected yet.</summary>
    /// <param name="options">Proxy and patience; null takes the defaults.</param>
    /// <exception cref="DownloadException">The proxy's address is none (DownloadUriInvalid).</exception>
    public FileDownloader(DownloadOptions? options = null)
    {
        _options = options ?? new DownloadOptions();
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            MaxResponseDrainSize = 0,
            UseCookies = false,
            UseProxy = _options.UseProxy,
            Proxy = MakeProxy(_options),
            DefaultProxyCredentials = _options.ProxyCredentials,
        };
        _client = new HttpClient(handler) { Timeout = Timeout.InfiniteTimeSpan };
        string? version = typeof(FileDownloader).Assembly.GetName().Version?.ToString(3);
        _client.DefaultRequestHeaders.UserAgent.Add(new ProductInfoHeaderValue("OnnxDeep", version));
    }

    /// <summary>Downloads a file and checks its size and SHA-256 as far as they are known.</summary>
    /// <param name="request">What to download.</param>
    /// <param name="path">Where it goes; an older file there is replaced once the new one is whole.</param>
    /// <param name="progress">Told now and then, on this thread; may be null.</param>
    /// <param name="cancellationToken">Ends the download at once; what has arrived stays for the next call.</param>
    /// <exception cref="DownloadException">
    /// It cannot be had, or is another file than requested; the id tells why.
    /// </exception>
    /// <exception cref="OnnxDeepException">The place cannot be written, or another process downloads to it.</exception>
    /// <exception cref="ArgumentException">The request's SHA-256 is not 64 hexadecimal digits.</exception>
    public DownloadResult Download(
        DownloadRequest request,
        string path,
        Action<DownloadProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        Check(request);
        ArgumentException.ThrowIfNullOrEmpty(path);
        path = Path.GetFullPath(path);
        using PartialFile part = PartialFile.Open(path);
        Action<DownloadProgress, bool> report = Throttle(progress);
        part.Resume(
            request,
            (bytes, total) => report(new DownloadProgress(DownloadStage.Checking, bytes, total), false),
            cancellationToken);
        var line = new HttpLine(_client, _options, request.Uri, cancellationToken);
        new Transfer(line, part, request, _options, report, cancellationToken).Run();
        string digest = part.Digest();
        if (request.Sha256 is string expected && !digest.Equals(expected, StringComparison.OrdinalIgnoreCase))
        {
            part.Discard();
            throw DownloadErrors.DigestMismatch(request.Uri, expected, digest);
        }

        part.Commit();
        return new DownloadResult
        {
            Path = path,
            Length = part.Length,
            Sha256 = digest,
            IsVerified = request.Sha256 is not null,
            ResumedBytes = part.ResumedLength,
        };
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _client.Dispose();

    private static void Check(DownloadRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        DownloadAddress.Check(request.Uri);
        if (request.Sha256 is string digest && (digest.Length != 64 || !digest.All(char.IsAsciiHexDigit)))
        {
            throw new ArgumentException($"'{digest}' is no SHA-256: it has 64 hexadecimal digits.", nameof(request));
        }

        if (request.Length > request.MaximumLength)
        {
            throw DownloadErrors.TooLarge(request.Uri, request.MaximumLength);
        }
    }

    private static WebProxy? MakeProxy(DownloadOptions options)
    {
        if (options.Proxy is not Uri proxy)
        {
            return null;
        }

        return proxy.IsAbsoluteUri && proxy.Scheme is "http" or "https" or "socks4" or "socks4a" or "socks5"
            ? new WebProxy(proxy) { Credentials = options.ProxyCredentials }
            : throw DownloadErrors.UriInvalid(proxy, "A proxy's address starts with http://, https:// or socks5://.");
    }

    private static Action<DownloadProgress, bool> Throttle(Action<DownloadProgress>? progress)
    {
        long last = 0;
        return (state, always) =>
        {
            long now = Environment.TickCount64;
            if (progress is not null && (always || now - last >= ReportMilliseconds))
            {
                last = now;
                progress(state);
            }
        };
    }
}
