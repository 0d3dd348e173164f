using System.Net;
using System.Text;

using OnnxDeep.Words.Download;

namespace OnnxDeep.Tests.Words.Download;

public sealed class FileDownloaderProxyTests : IDisposable
{
    private static readonly Uri s_file = new("http://vectors.invalid/vectors.zip");

    private readonly DownloadFixture _fixture = new();

    public void Dispose() => _fixture.Dispose();

    [Fact]
    public void GivenProxyIsAskedForTheWholeAddress()
    {
        using var proxy = new LoopbackServer((request, _) => LoopbackReply.File(request, _fixture.Body));

        _fixture.Download(s_file, new DownloadOptions { Proxy = proxy.Root });

        _fixture.AssertWhole();
        Assert.Equal(s_file.AbsoluteUri, Assert.Single(proxy.Requests).Target);
    }

    [Fact]
    public void ProxyGetsItsUserAndPassword()
    {
        using var proxy = new LoopbackServer((request, _) => request.Headers.ContainsKey("Proxy-Authorization")
            ? LoopbackReply.File(request, _fixture.Body)
            : new LoopbackReply(407, []) { Headers = ["Proxy-Authenticate: Basic realm=\"proxy\""] });

        _fixture.Download(s_file, new DownloadOptions
        {
            Proxy = proxy.Root,
            ProxyCredentials = new NetworkCredential("me", "secret"),
        });

        _fixture.AssertWhole();
        Assert.Equal(
            "Basic " + Convert.ToBase64String(Encoding.ASCII.GetBytes("me:secret")),
            proxy.Requests[^1].Headers["Proxy-Authorization"]);
    }

    [Theory]
    [InlineData("http://vectors.invalid/vectors.zip")]
    [InlineData("https://vectors.invalid/vectors.zip")]
    public void ProxyThatWantsAPasswordRefuses(string uri)
    {
        using var proxy = new LoopbackServer((_, _) =>
            new LoopbackReply(407, []) { Headers = ["Proxy-Authenticate: Basic realm=\"proxy\""] });

        Assert.Equal("DownloadRefused", _fixture.ErrorOf(new Uri(uri), new DownloadOptions { Proxy = proxy.Root }));
    }

    [Fact]
    public void ProxyOfTheEnvironmentIsUsed()
    {
        using var proxy = new LoopbackServer((request, _) => LoopbackReply.File(request, _fixture.Body));
        IWebProxy before = HttpClient.DefaultProxy;
        HttpClient.DefaultProxy = new WebProxy(proxy.Root);
        try
        {
            _fixture.Download(s_file, new DownloadOptions());
        }
        finally
        {
            HttpClient.DefaultProxy = before;
        }

        _fixture.AssertWhole();
        Assert.Equal(s_file.AbsoluteUri, Assert.Single(proxy.Requests).Target);
    }

    [Theory]
    [InlineData("ftp://proxy.invalid/")]
    [InlineData("proxy.invalid")]
    public void AddressThatIsNoProxyIsRefused(string proxy) => Assert.Equal(
        "DownloadUriInvalid",
        Assert.Throws<DownloadException>(() => new FileDownloader(
            new DownloadOptions { Proxy = new Uri(proxy, UriKind.RelativeOrAbsolute) })).ErrorId);
}
