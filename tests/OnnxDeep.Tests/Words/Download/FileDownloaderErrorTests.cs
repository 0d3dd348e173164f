using System.Net;
using System.Net.Sockets;
using OnnxDeep.Words.Download;

namespace OnnxDeep.Tests.Words.Download;

public sealed class FileDownloaderErrorTests : IDisposable
{
    private readonly DownloadFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Theory]
    [InlineData(404, "DownloadNotFound", 1)]
    [InlineData(410, "DownloadNotFound", 1)]
    [InlineData(401, "DownloadRefused", 1)]
    [InlineData(403, "DownloadRefused", 1)]
    [InlineData(407, "DownloadRefused", 1)]
    [InlineData(416, "DownloadRefused", 1)]
    [InlineData(429, "DownloadRefused", 6)]
    [InlineData(500, "DownloadFailed", 6)]
    [InlineData(503, "DownloadFailed", 6)]
    [InlineData(204, "DownloadFailed", 1)]
    [InlineData(206, "DownloadFailed", 1)]
    [InlineData(302, "DownloadFailed", 1)]
    public void AnswersAreTypedErrorsAndRetriedWhereThatMayHelp(int status, string errorId, int requests)
    {
        using var server = new LoopbackServer((_, _) => new LoopbackReply(status));

        DownloadException error = Assert.Throws<DownloadException>(
            () => _fixture.Download(server.File, DownloadFixture.Patient));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Equal(server.File, error.Uri);
        Assert.Contains(server.File.AbsoluteUri, error.Message, StringComparison.Ordinal);
        Assert.Equal(requests, server.Requests.Length);
        Assert.Empty(_fixture.Files);
    }

    [Fact]
    public void ServerThatRecoversGivesTheFile()
    {
        using var server = new LoopbackServer((request, number) => number < 3
            ? new LoopbackReply(503)
            : LoopbackReply.File(request, _fixture.Body));

        _fixture.Download(server.File, DownloadFixture.Patient);

        _fixture.AssertWhole();
    }

    [Fact]
    public void LineThatBreaksAgainAndAgainWithoutProgressFailsAndSaysThatTheNextCallGoesOn()
    {
        using var server = new LoopbackServer((_, _) => new LoopbackReply(200, _fixture.Body) { CutAfter = 1000 });

        DownloadException error = Assert.Throws<DownloadException>(
            () => _fixture.Download(server.File, DownloadFixture.Patient with { Retries = 3 }));

        Assert.Equal("DownloadFailed", error.ErrorId);
        Assert.Contains("it resumes the download", error.Message, StringComparison.Ordinal);
        Assert.Equal(4, server.Requests.Length);
    }

    [Fact]
    public void NoServerFailsAtOnce()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        listener.Stop();

        Assert.Equal("DownloadFailed", _fixture.ErrorOf(new Uri($"http://127.0.0.1:{port}/a")));
        Assert.Empty(_fixture.Files);
    }

    [Fact]
    public void UnknownServerFailsAtOnce() =>
        Assert.Equal(
            "DownloadFailed", _fixture.ErrorOf(new Uri("http://no-such-name.invalid/a"), DownloadFixture.Patient));

    [Fact]
    public void SilentServerFails()
    {
        using var server = new LoopbackServer((_, _) => new LoopbackReply(200, _fixture.Body) { StallAfter = 0 });

        Assert.Equal("DownloadFailed", _fixture.ErrorOf(
            server.File, DownloadFixture.NoRetries with { SilenceTimeout = TimeSpan.FromMilliseconds(50) }));
    }

    [Fact]
    public void RedirectLoopFails()
    {
        using var server = new LoopbackServer((request, _) => new LoopbackReply(301, request.Target));

        Assert.Equal("DownloadFailed", _fixture.ErrorOf(server.File, DownloadFixture.Patient));
        Assert.Equal(11, server.Requests.Length);
    }

    [Fact]
    public void WrongDigestLeavesNothing()
    {
        string other = new('a', 64);
        using var server = new LoopbackServer((request, _) => LoopbackReply.File(request, _fixture.Body));
        File.WriteAllText(_fixture.Path, "older");

        DownloadException error = Assert.Throws<DownloadException>(
            () => _fixture.Download(new DownloadRequest { Uri = server.File, Sha256 = other }));

        Assert.Equal("DownloadDigestMismatch", error.ErrorId);
        Assert.Contains(other, error.Message, StringComparison.Ordinal);
        Assert.Contains(_fixture.Digest, error.Message, StringComparison.Ordinal);
        Assert.Equal(["vectors.zip"], _fixture.Files);
        Assert.Equal("older", File.ReadAllText(_fixture.Path));
    }

    [Theory]
    [InlineData(299_999, false)]
    [InlineData(300_001, false)]
    [InlineData(299_999, true)]
    [InlineData(300_001, true)]
    public void WrongSizeLeavesNothing(long expected, bool isChunked)
    {
        using var server = new LoopbackServer((request, _) =>
            LoopbackReply.File(request, _fixture.Body) with { IsChunked = isChunked });

        Assert.Equal(
            "DownloadSizeMismatch", _fixture.ErrorOf(new DownloadRequest { Uri = server.File, Length = expected }));
        Assert.Empty(_fixture.Files);
    }

    [Fact]
    public void RestThatIsLongerThanPromisedLeavesNothing()
    {
        using var server = new LoopbackServer((request, number) => number == 0
            ? LoopbackReply.File(request, _fixture.Body) with { CutAfter = 100_000 }
            : new LoopbackReply(206, new byte[200_001]) { Headers = ["Content-Range: bytes 100000-299999/300000"] });

        Assert.Equal("DownloadSizeMismatch", _fixture.ErrorOf(server.File, DownloadFixture.Patient));
        Assert.Empty(_fixture.Files);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TooLargeFileIsStopped(bool isAnnounced)
    {
        using var server = new LoopbackServer((_, _) =>
            new LoopbackReply(200, _fixture.Body) { Length = isAnnounced ? _fixture.Body.Length : -1 });

        Assert.Equal(
            "DownloadTooLarge", _fixture.ErrorOf(new DownloadRequest { Uri = server.File, MaximumLength = 299_999 }));
        Assert.Empty(_fixture.Files);
    }

    [Fact]
    public void WholeFileOfAnEarlierCallIsStillMeasured()
    {
        using var server = new LoopbackServer((request, _) => LoopbackReply.File(request, _fixture.Body));
        Directory.CreateDirectory(_fixture.Path);
        Assert.Throws<OnnxDeepException>(() => _fixture.Download(server.File));
        Directory.Delete(_fixture.Path);

        Assert.Equal(
            "DownloadTooLarge", _fixture.ErrorOf(new DownloadRequest { Uri = server.File, MaximumLength = 299_999 }));
        Assert.Empty(_fixture.Files);
    }

    [Fact]
    public void FileKnownToBeTooLargeIsNotAskedFor() => Assert.Equal("DownloadTooLarge", _fixture.ErrorOf(
        new DownloadRequest { Uri = new Uri("http://no-such-name.invalid/"), Length = 2, MaximumLength = 1 }));

    [Theory]
    [InlineData("ftp://example.com/a.zip")]
    [InlineData("file:///etc/passwd")]
    [InlineData("vectors/a.zip")]
    public void OtherSchemesAreRefused(string uri) =>
        Assert.Equal("DownloadUriInvalid", _fixture.ErrorOf(new Uri(uri, UriKind.RelativeOrAbsolute)));

    [Fact]
    public void AddressWithAPasswordIsRefusedWithoutTellingIt()
    {
        DownloadException error = Assert.Throws<DownloadException>(
            () => _fixture.Download(new Uri("https://me:secret@example.com/a.zip")));

        Assert.Equal("DownloadUriInvalid", error.ErrorId);
        Assert.DoesNotContain("secret", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void RedirectToAnotherSchemeIsRefused()
    {
        using var server = new LoopbackServer((_, _) => new LoopbackReply(302, "file:///etc/passwd"));

        Assert.Equal("DownloadUriInvalid", _fixture.ErrorOf(server.File));
    }

    [Fact]
    public void RedirectsNeverLeaveHttps()
    {
        var secure = new Uri("https://example.com/a");
        var plain = new Uri("http://example.com/a");

        Assert.Equal("DownloadUriInvalid", Assert.Throws<DownloadException>(
            () => HttpLine.FollowRedirect(secure, secure, plain)).ErrorId);
        Assert.Equal(secure, HttpLine.FollowRedirect(plain, plain, secure));
        Assert.Equal(
            new Uri("https://example.com/b"), HttpLine.FollowRedirect(plain, secure, new Uri("/b", UriKind.Relative)));
    }

    [Fact]
    public void DigestThatIsNoneIsRefused() => Assert.Throws<ArgumentException>(
        () => _fixture.Download(new DownloadRequest { Uri = new Uri("http://no-such-name.invalid/"), Sha256 = "abc" }));
}
