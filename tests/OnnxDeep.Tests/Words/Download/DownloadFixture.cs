using System.Security.Cryptography;

using OnnxDeep.Numerics;
using OnnxDeep.Words.Download;

namespace OnnxDeep.Tests.Words.Download;

/// <summary>A file to download, a folder to download it to, and shortcuts for both.</summary>
internal sealed class DownloadFixture : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public DownloadFixture()
    {
        var random = new DeterministicRandom(3);
        for (int i = 0; i < Body.Length; i++)
        {
            Body[i] = (byte)random.Next(256);
        }
    }

    /// <summary>Fails immediately if a connection breaks.</summary>
    public static DownloadOptions NoRetries { get; } = new() { UseProxy = false, Retries = 0 };

    /// <summary>Retries immediately if a connection breaks.</summary>
    public static DownloadOptions Patient { get; } =
        new() { UseProxy = false, RetryPause = TimeSpan.FromMilliseconds(1) };

    public byte[] Body { get; } = new byte[300_000];

    public string Digest => Convert.ToHexStringLower(SHA256.HashData(Body));

    public string Path => System.IO.Path.Combine(_directory.Path, "vectors.zip");

    public string Part => Path + ".part";

    /// <summary>The names of all files in the folder.</summary>
    public string[] Files =>
        [.. Directory.GetFiles(_directory.Path).Select(f => System.IO.Path.GetFileName(f)!).Order()];

    public DownloadResult Download(
        DownloadRequest request,
        DownloadOptions? options = null,
        Action<DownloadProgress>? progress = null,
        CancellationToken stop = default)
    {
        using var downloader = new FileDownloader(options ?? NoRetries);
        return downloader.Download(request, Path, progress, stop);
    }

    public DownloadResult Download(Uri uri, DownloadOptions? options = null) =>
        Download(new DownloadRequest { Uri = uri }, options);

    /// <summary>The id of the error with which the download fails.</summary>
    public string ErrorOf(DownloadRequest request, DownloadOptions? options = null) =>
        Assert.Throws<DownloadException>(() => Download(request, options)).ErrorId;

    public string ErrorOf(Uri uri, DownloadOptions? options = null) =>
        ErrorOf(new DownloadRequest { Uri = uri }, options);

    /// <summary>Asserts that the complete file is there, and no other file.</summary>
    public void AssertWhole()
    {
        Assert.Equal(Body, File.ReadAllBytes(Path));
        Assert.Equal(["vectors.zip"], Files);
    }

    public void Dispose() => _directory.Dispose();
}
