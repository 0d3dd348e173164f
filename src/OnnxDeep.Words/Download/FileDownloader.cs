using System.Net;
using System.Net.Http.Headers;

namespace OnnxDeep.Words.Download;

/// <summary>
/// Downloads files completely or not at all. An interrupted download is kept as <c>path.part</c> and
/// <c>path.part.json</c>, and the next call resumes it, in this process or another.
/// </summary>
internal sealed class FileDownloader : IDisposable
{
    private const int ReportMilliseconds = 100;

    private readonly DownloadOptions _options;
    private readonly HttpClient _client;

    /// <summary>Creates a downloader without connecting.</summary>
    /// <param name="options">The proxy and timeouts; null for the defaults.</param>
    /// <exception cref="DownloadException">The proxy's address is not valid (DownloadUriInvalid).</exception>
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

    /// <summary>Downloads a file and checks its size and SHA-256 if they are known.</summary>
    /// <param name="request">The file to download.</param>
    /// <param name="path">The destination; an existing file is replaced once the new one is complete.</param>
    /// <param name="progress">Called from time to time, on this thread; may be null.</param>
    /// <param name="cancellationToken">
    /// Cancels the download immediately; the bytes received so far are kept for the next call.
    /// </param>
    /// <exception cref="DownloadException">
    /// The file is not available, or is not the requested one; the id says why.
    /// </exception>
    /// <exception cref="OnnxDeepException">
    /// The destination cannot be written, or another process is downloading to it.
    /// </exception>
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
        HttpLine.CheckAddress(request.Uri);
        if (request.Sha256 is string digest && (digest.Length != 64 || !digest.All(char.IsAsciiHexDigit)))
        {
            throw new ArgumentException($"'{digest}' is not a SHA-256 of 64 hexadecimal digits.", nameof(request));
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
            : throw DownloadErrors.UriInvalid(proxy, "A proxy address must start with http://, https:// or socks5://.");
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

/// <summary>The progress of a download.</summary>
/// <param name="Stage">The current stage.</param>
/// <param name="Bytes">The number of bytes received so far; while checking, the number of bytes checked.</param>
/// <param name="TotalBytes">
/// The size of the file; while checking, of the part received so far; null if it is not known.
/// </param>
internal readonly record struct DownloadProgress(DownloadStage Stage, long Bytes, long? TotalBytes);

/// <summary>A file to download and how to verify it.</summary>
internal sealed record DownloadRequest
{
    /// <summary>The maximum size unless the request sets another one: 64 GB.</summary>
    public const long DefaultMaximumLength = 64L << 30;

    /// <summary>An http or https address without a user name and password.</summary>
    public required Uri Uri { get; init; }

    /// <summary>The size of the file in bytes; null if it is not known.</summary>
    public long? Length { get; init; }

    /// <summary>The SHA-256 of the file as 64 hexadecimal digits; null if it is not known.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The maximum number of bytes to receive; a server that sends more is stopped.</summary>
    public long MaximumLength { get; init; } = DefaultMaximumLength;
}

/// <summary>A complete download.</summary>
internal sealed record DownloadResult
{
    /// <summary>The path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>The size of the file in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>
    /// The SHA-256 of the file as 64 lower-case hexadecimal digits, whether it was known in advance or not.
    /// </summary>
    public required string Sha256 { get; init; }

    /// <summary>Whether the SHA-256 was known in advance and matches.</summary>
    public required bool IsVerified { get; init; }

    /// <summary>The number of bytes that an earlier, interrupted call received.</summary>
    public required long ResumedBytes { get; init; }
}

/// <summary>The stages of a download.</summary>
internal enum DownloadStage
{
    /// <summary>Reading the bytes of an earlier call again to compute the SHA-256.</summary>
    Checking,

    /// <summary>Waiting for the server's answer.</summary>
    Connecting,

    /// <summary>Receiving the file.</summary>
    Receiving,

    /// <summary>Waiting before another attempt after the connection broke.</summary>
    Waiting,
}

/// <summary>How to connect to servers, and how long to wait for them.</summary>
internal sealed record DownloadOptions
{
    /// <summary>Whether to use a proxy at all.</summary>
    public bool UseProxy { get; init; } = true;

    /// <summary>
    /// The proxy; null to use HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY, otherwise the system's settings.
    /// </summary>
    public Uri? Proxy { get; init; }

    /// <summary>The user name and password for the proxy; null if it does not require them.</summary>
    public ICredentials? ProxyCredentials { get; init; }

    /// <summary>The time without data after which a connection is considered broken.</summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>The number of consecutive attempts without progress after which the download fails.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>
    /// The pause after the first broken connection; it doubles after each attempt without progress, up to 30 seconds.
    /// </summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The maximum number of redirects to follow.</summary>
    public int MaximumRedirects { get; init; } = 10;
}
