using System.Net;

namespace OnnxDeep.Words.Download;

/// <summary>How to reach servers, and how patient to be with them.</summary>
public sealed record DownloadOptions
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
