using OnnxDeep.Words.Download;

namespace OnnxDeep.Tests.Words.Download;

public sealed class FileDownloaderResumeTests : IDisposable
{
    private const int Cut = 100_000;

    private readonly DownloadFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void CutLineIsTakenUpWithinACall()
    {
        using var server = new LoopbackServer((request, number) =>
            LoopbackReply.File(request, _fixture.Body) with { CutAfter = number < 2 ? Cut : int.MaxValue });

        DownloadResult result = _fixture.Download(
            new DownloadRequest { Uri = server.File, Sha256 = _fixture.Digest }, DownloadFixture.Patient);

        _fixture.AssertWhole();
        Assert.Equal(0, result.ResumedBytes);
        Assert.Equal([null, "bytes=100000-", "bytes=200000-"], server.Requests.Select(request => request.Range));
        Assert.Equal([null, "\"v1\"", "\"v1\""], server.Requests.Select(request => request.IfRange));
        Assert.Equal(_fixture.Body.Length, server.BodyBytes);
    }

    [Fact]
    public void CutLineIsTakenUpByTheNextCall()
    {
        using LoopbackServer server = CutOnce();
        Assert.Equal("DownloadFailed", _fixture.ErrorOf(server.File));
        Assert.Equal(["vectors.zip.part", "vectors.zip.part.json"], _fixture.Files);
        var checks = new List<DownloadProgress>();

        DownloadResult result = _fixture.Download(
            new DownloadRequest { Uri = server.File, Sha256 = _fixture.Digest }, progress: checks.Add);

        _fixture.AssertWhole();
        Assert.Equal(Cut, result.ResumedBytes);
        Assert.Equal(DownloadStage.Checking, checks[0].Stage);
        Assert.Equal("bytes=100000-", server.Requests[1].Range);
        Assert.Equal(_fixture.Body.Length, server.BodyBytes);
    }

    [Fact]
    public void LastModifiedServesWhereThereIsNoStrongTag()
    {
        const string Time = "Tue, 03 Mar 2026 10:11:12 GMT";
        string[] headers = ["ETag: W/\"weak\"", $"Last-Modified: {Time}"];
        using var server = new LoopbackServer((request, number) => number == 0
            ? new LoopbackReply(200, _fixture.Body) { Headers = headers, CutAfter = Cut }
            : LoopbackReply.File(request, _fixture.Body, Time));

        _fixture.Download(server.File, DownloadFixture.Patient);

        _fixture.AssertWhole();
        Assert.Equal(Time, server.Requests[1].IfRange);
    }

    [Fact]
    public void FileWithoutAnyTagIsResumedOnlyWhereItsDigestIsKnown()
    {
        using var server = new LoopbackServer((request, number) => LoopbackReply.File(request, _fixture.Body, null)
            with { CutAfter = number % 2 == 0 ? Cut : int.MaxValue });

        Assert.Equal("DownloadFailed", _fixture.ErrorOf(server.File));
        Assert.Equal(0, _fixture.Download(server.File).ResumedBytes);
        Assert.Equal("DownloadFailed", _fixture.ErrorOf(server.File));
        Assert.Equal(
            Cut, _fixture.Download(new DownloadRequest { Uri = server.File, Sha256 = _fixture.Digest }).ResumedBytes);

        _fixture.AssertWhole();
        Assert.Equal([null, null, null, "bytes=100000-"], server.Requests.Select(request => request.Range));
    }

    [Theory]
    [InlineData(false, "bytes=100000-")]
    [InlineData(true, null)]
    public void FileWithoutAnyTagIsResumedWithinACallWhereItsLengthIsKnown(bool isChunked, string? range)
    {
        using var server = new LoopbackServer((request, number) => LoopbackReply.File(request, _fixture.Body, null)
            with { IsChunked = isChunked, CutAfter = number == 0 ? Cut : int.MaxValue });

        _fixture.Download(server.File, DownloadFixture.Patient);

        _fixture.AssertWhole();
        Assert.Equal(range, server.Requests[1].Range);
    }

    [Fact]
    public void ServerThatIgnoresRangesStartsOver()
    {
        using var server = new LoopbackServer((_, number) => new LoopbackReply(200, _fixture.Body)
        {
            Headers = ["ETag: \"v1\""], CutAfter = number == 0 ? Cut : int.MaxValue,
        });
        Assert.Equal("DownloadFailed", _fixture.ErrorOf(server.File));

        Assert.Equal(0, _fixture.Download(server.File).ResumedBytes);

        _fixture.AssertWhole();
        Assert.NotNull(server.Requests[1].Range);
    }

    [Fact]
    public void ChangedFileStartsOver()
    {
        byte[] old = new byte[_fixture.Body.Length];
        using var server = new LoopbackServer((request, number) => number == 0
            ? LoopbackReply.File(request, old, "\"old\"") with { CutAfter = Cut }
            : LoopbackReply.File(request, _fixture.Body, "\"new\""));

        _fixture.Download(server.File, DownloadFixture.Patient);

        _fixture.AssertWhole();
        Assert.Equal("\"old\"", server.Requests[1].IfRange);
    }

    [Theory]
    [InlineData("ETag: \"new\"", "Content-Range: bytes 100000-299999/300000")]
    [InlineData("ETag: \"v1\"", "Content-Range: bytes 100000-300000/300001")]
    [InlineData("ETag: \"v1\"", "Content-Range: bytes 90000-299999/300000")]
    [InlineData("ETag: \"v1\"", "X-None: none")]
    public void RestOfAnotherFileIsNotTaken(string tag, string range)
    {
        using var server = new LoopbackServer((request, number) => number switch
        {
            0 => LoopbackReply.File(request, _fixture.Body) with { CutAfter = Cut },
            1 => new LoopbackReply(206, new byte[_fixture.Body.Length - Cut]) { Headers = [tag, range] },
            _ => LoopbackReply.File(request, _fixture.Body),
        });

        _fixture.Download(server.File, DownloadFixture.Patient);

        _fixture.AssertWhole();
        Assert.Null(server.Requests[2].Range);
    }

    [Fact]
    public void RangeThatCannotBeServedStartsOver()
    {
        using var server = new LoopbackServer((request, number) => number == 1
            ? new LoopbackReply(416)
            : LoopbackReply.File(request, _fixture.Body) with { CutAfter = number == 0 ? Cut : int.MaxValue });

        _fixture.Download(server.File, DownloadFixture.Patient);

        _fixture.AssertWhole();
        Assert.Equal([null, "bytes=100000-", null], server.Requests.Select(request => request.Range));
    }

    [Fact]
    public void WholeFileOfUnknownLengthIsFoundOutByTheRangeAfterIt()
    {
        using var server = new LoopbackServer((request, number) => number == 0
            ? new LoopbackReply(200, _fixture.Body)
            {
                IsChunked = true, CutAfter = _fixture.Body.Length, Headers = ["ETag: \"v1\""],
            }
            : LoopbackReply.File(request, _fixture.Body));

        _fixture.Download(server.File, DownloadFixture.Patient);

        _fixture.AssertWhole();
        Assert.Equal("bytes=300000-", server.Requests[1].Range);
    }

    [Fact]
    public void RestThatIsCutShortIsNotTheWhole()
    {
        using var server = new LoopbackServer((request, number) => number switch
        {
            0 => new LoopbackReply(200, _fixture.Body) { IsChunked = true, CutAfter = Cut, Headers = ["ETag: \"v1\""] },
            1 => new LoopbackReply(206, _fixture.Body[Cut..(2 * Cut)])
            {
                Headers = ["ETag: \"v1\"", "Content-Range: bytes 100000-199999/300000"],
            },
            _ => LoopbackReply.File(request, _fixture.Body),
        });

        _fixture.Download(server.File, DownloadFixture.Patient);

        _fixture.AssertWhole();
        Assert.Equal("bytes=200000-", server.Requests[2].Range);
    }

    [Fact]
    public void SilentLineCountsAsBroken()
    {
        using var server = new LoopbackServer((request, number) =>
            LoopbackReply.File(request, _fixture.Body) with { StallAfter = number == 0 ? Cut : int.MaxValue });

        _fixture.Download(
            new DownloadRequest { Uri = server.File, Sha256 = _fixture.Digest },
            DownloadFixture.Patient with { SilenceTimeout = TimeSpan.FromSeconds(1), Retries = 100 });

        _fixture.AssertWhole();
        Assert.Equal("bytes=100000-", server.Requests[1].Range);
    }

    [Fact]
    public void CancellationLeavesWhatTheNextCallGoesOnFrom()
    {
        using var stop = new CancellationTokenSource();
        using var server = new LoopbackServer((request, number) =>
            LoopbackReply.File(request, _fixture.Body) with { StallAfter = number == 0 ? Cut : int.MaxValue });

        Assert.Throws<OperationCanceledException>(() => _fixture.Download(
            new DownloadRequest { Uri = server.File },
            progress: state =>
            {
                if (state.Stage == DownloadStage.Receiving)
                {
                    stop.Cancel();
                }
            },
            stop: stop.Token));
        long kept = new FileInfo(_fixture.Part).Length;
        Assert.InRange(kept, 1, Cut);

        Assert.Equal(kept, _fixture.Download(server.File).ResumedBytes);

        _fixture.AssertWhole();
        Assert.Equal($"bytes={kept}-", server.Requests[1].Range);
    }

    [Theory]
    [InlineData("""{"Uri":"http://example.com/other.zip","ETag":"\"v1\"","Length":300000}""")]
    [InlineData("""{"Uri":""")]
    [InlineData("null")]
    [InlineData(null)]
    public void BytesOfUnknownOriginAreNotUsed(string? state)
    {
        File.WriteAllBytes(_fixture.Part, new byte[Cut]);
        if (state is not null)
        {
            File.WriteAllText(_fixture.Part + ".json", state);
        }

        using var server = new LoopbackServer((request, _) => LoopbackReply.File(request, _fixture.Body));

        Assert.Equal(0, _fixture.Download(server.File).ResumedBytes);

        _fixture.AssertWhole();
        Assert.Null(Assert.Single(server.Requests).Range);
    }

    private LoopbackServer CutOnce() => new((request, number) =>
        LoopbackReply.File(request, _fixture.Body) with { CutAfter = number == 0 ? Cut : int.MaxValue });
}
