using System.Net;
using System.Net.Http.Headers;

namespace OnnxDeep.Words.Download;

/// <summary>
/// Downloads files whole or not at all. What a broken download has brought stays as <c>path.part</c>, beside
/// <c>path.part.json</c>, and the next call goes on from there, in this process or another.
/// </summary>
internal sealed class FileDownloader : IDisposable
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

/// <summary>How far a download has come.</summary>
/// <param name="Stage">What it is doing.</param>
/// <param name="Bytes">Of the file, those that are there; while checking, those that are checked.</param>
/// <param name="TotalBytes">The file's size; while checking, that of what is there; null where it is not known.</param>
internal readonly record struct DownloadProgress(DownloadStage Stage, long Bytes, long? TotalBytes);

/// <summary>What to download and how to know that it is the right file.</summary>
internal sealed record DownloadRequest
{
    /// <summary>The largest file that is taken unless the request says otherwise: 64 GB.</summary>
    public const long DefaultMaximumLength = 64L << 30;

    /// <summary>An http or https address without user and password.</summary>
    public required Uri Uri { get; init; }

    /// <summary>The file's size in bytes; null where it is not known.</summary>
    public long? Length { get; init; }

    /// <summary>The file's SHA-256 as 64 hexadecimal digits; null where it is not known.</summary>
    public string? Sha256 { get; init; }

    /// <summary>The most bytes to take; a server that sends more is stopped.</summary>
    public long MaximumLength { get; init; } = DefaultMaximumLength;
}

/// <summary>A file that has been downloaded whole.</summary>
internal sealed record DownloadResult
{
    /// <summary>Where the file lies.</summary>
    public required string Path { get; init; }

    /// <summary>Its size in bytes.</summary>
    public required long Length { get; init; }

    /// <summary>Its SHA-256 as 64 lower-case hexadecimal digits, known beforehand or not.</summary>
    public required string Sha256 { get; init; }

    /// <summary>Whether the SHA-256 was known beforehand, and so is proof.</summary>
    public required bool IsVerified { get; init; }

    /// <summary>How many of its bytes came from an earlier call that was broken off.</summary>
    public required long ResumedBytes { get; init; }
}

/// <summary>What a download is doing.</summary>
internal enum DownloadStage
{
    /// <summary>Reads again what an earlier call left, for the SHA-256.</summary>
    Checking,

    /// <summary>Waits for the server's answer.</summary>
    Connecting,

    /// <summary>Takes the file in.</summary>
    Receiving,

    /// <summary>Pauses after a broken line, before the next try.</summary>
    Waiting,
}

/// <summary>How to reach servers, and how patient to be with them.</summary>
internal sealed record DownloadOptions
{
    /// <summary>Whether to go through a proxy at all.</summary>
    public bool UseProxy { get; init; } = true;

    /// <summary>
    /// The proxy; null takes HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY, or else the system's settings.
    /// </summary>
    public Uri? Proxy { get; init; }

    /// <summary>User and password for the proxy; null where it asks for none.</summary>
    public ICredentials? ProxyCredentials { get; init; }

    /// <summary>A line on which nothing comes for so long is broken.</summary>
    public TimeSpan SilenceTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How many times in a row a broken line may bring nothing new before the download fails.</summary>
    public int Retries { get; init; } = 5;

    /// <summary>
    /// The pause after the first broken line; it doubles with each one that brings nothing new, up to 30 seconds.
    /// </summary>
    public TimeSpan RetryPause { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How many redirects are followed.</summary>
    public int MaximumRedirects { get; init; } = 10;
}
