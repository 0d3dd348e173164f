using OnnxDeep.Words.Download;

namespace OnnxDeep.Tests.Words.Download;

public sealed class FileDownloaderTests : IDisposable
{
    private readonly DownloadFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void FileComesWholeAndIsVerified()
    {
        using var server = new LoopbackServer((request, _) => LoopbackReply.File(request, _fixture.Body));

        DownloadResult result = _fixture.Download(new DownloadRequest
        {
            Uri = server.File,
            Length = _fixture.Body.Length,
            Sha256 = _fixture.Digest.ToUpperInvariant(),
        });

        _fixture.AssertWhole();
        Assert.Equal(
            new DownloadResult
            {
                Path = _fixture.Path,
                Length = _fixture.Body.Length,
                Sha256 = _fixture.Digest,
                IsVerified = true,
                ResumedBytes = 0,
            },
            result);
        Assert.StartsWith("OnnxDeep/", server.Requests[0].Headers["User-Agent"]);
        Assert.Equal("identity", server.Requests[0].Headers["Accept-Encoding"]);
    }

    [Fact]
    public void OlderFileIsReplaced()
    {
        File.WriteAllText(_fixture.Path, "older");
        using var server = new LoopbackServer((request, _) => LoopbackReply.File(request, _fixture.Body));

        Assert.False(_fixture.Download(server.File).IsVerified);

        _fixture.AssertWhole();
    }

    [Fact]
    public void EmptyFileIsAFile()
    {
        using var server = new LoopbackServer((request, _) => LoopbackReply.File(request, []));

        Assert.Equal(0, _fixture.Download(server.File).Length);

        Assert.Equal(["vectors.zip"], _fixture.Files);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void FileWithoutAnnouncedLengthComesWhole(bool isChunked)
    {
        using var server = new LoopbackServer((_, _) =>
            new LoopbackReply(200, _fixture.Body) { Length = -1, IsChunked = isChunked });

        _fixture.Download(new DownloadRequest { Uri = server.File, Length = _fixture.Body.Length });

        _fixture.AssertWhole();
    }

    [Fact]
    public void PackedBytesStayPacked()
    {
        using var server = new LoopbackServer((_, _) =>
            new LoopbackReply(200, _fixture.Body) { Headers = ["Content-Encoding: gzip"] });

        _fixture.Download(server.File);

        _fixture.AssertWhole();
    }

    [Fact]
    public void RedirectsAreFollowed()
    {
        int[] statuses = [301, 302, 303, 307, 308];
        using var server = new LoopbackServer((request, number) => number < statuses.Length
            ? new LoopbackReply(statuses[number], $"/step{number}?a=b")
            : LoopbackReply.File(request, _fixture.Body));

        _fixture.Download(server.File);

        _fixture.AssertWhole();
        Assert.Equal(
            ["/vectors.zip", .. statuses.Select((_, i) => $"/step{i}?a=b")],
            server.Requests.Select(request => request.Target));
    }

    [Fact]
    public void ProgressIsToldOnTheCallersThreadAndEndsWithTheWholeFile()
    {
        var seen = new List<DownloadProgress>();
        int thread = Environment.CurrentManagedThreadId;
        using var server = new LoopbackServer((request, number) =>
            LoopbackReply.File(request, _fixture.Body) with { CutAfter = number == 0 ? 100_000 : int.MaxValue });

        _fixture.Download(new DownloadRequest { Uri = server.File }, DownloadFixture.Patient, progress =>
        {
            Assert.Equal(thread, Environment.CurrentManagedThreadId);
            seen.Add(progress);
        });

        Assert.Equal(new DownloadProgress(DownloadStage.Connecting, 0, null), seen[0]);
        Assert.Contains(new DownloadProgress(DownloadStage.Waiting, 100_000, _fixture.Body.Length), seen);
        Assert.Equal(
            new DownloadProgress(DownloadStage.Receiving, _fixture.Body.Length, _fixture.Body.Length), seen[^1]);
        Assert.Equal(seen.OrderBy(progress => progress.Bytes), seen);
    }

    [Fact]
    public void PlaceThatCannotBeWrittenIsATypedErrorBeforeAnythingIsAsked()
    {
        using var server = new LoopbackServer((request, _) => LoopbackReply.File(request, _fixture.Body));
        File.WriteAllText(_fixture.Path, "in the way");
        using var downloader = new FileDownloader(DownloadFixture.NoRetries);

        Assert.Equal("OutputNotWritable", Assert.Throws<OnnxDeepException>(() => downloader.Download(
            new DownloadRequest { Uri = server.File }, Path.Combine(_fixture.Path, "below"))).ErrorId);

        Assert.Empty(server.Requests);
    }

    [Fact]
    public void FolderAtTheFilesPlaceIsATypedErrorAndNothingIsLost()
    {
        Directory.CreateDirectory(_fixture.Path);
        using var server = new LoopbackServer((request, _) => LoopbackReply.File(request, _fixture.Body));
        Assert.Throws<OnnxDeepException>(() => _fixture.Download(server.File));
        Directory.Delete(_fixture.Path);

        Assert.Equal(_fixture.Body.Length, _fixture.Download(server.File).ResumedBytes);

        _fixture.AssertWhole();
        Assert.Single(server.Requests);
    }

    [Fact]
    public void SecondDownloadToTheSamePlaceIsKeptOut()
    {
        using var server = new LoopbackServer((request, _) => LoopbackReply.File(request, _fixture.Body));
        bool isTried = false;

        _fixture.Download(new DownloadRequest { Uri = server.File }, progress: _ =>
        {
            if (!isTried)
            {
                isTried = true;
                Assert.Throws<OnnxDeepException>(() => _fixture.Download(server.File));
            }
        });

        _fixture.AssertWhole();
    }
}
