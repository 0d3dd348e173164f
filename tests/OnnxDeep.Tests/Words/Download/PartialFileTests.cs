using OnnxDeep.Words.Download;

namespace OnnxDeep.Tests.Words.Download;

public sealed class PartialFileTests : IDisposable
{
    private static readonly DateTime s_now = DateTime.UtcNow;

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("a.part", false, 2, false)]
    [InlineData("a.part", false, 0, true)]
    [InlineData("a.part", true, 2, true)]
    [InlineData("a.part", true, 29, true)]
    [InlineData("a.part", true, 31, false)]
    [InlineData("a.zip", false, 99, true)]
    public void DownloadStaysAsLongAsItCanBeContinued(string name, bool hasState, int days, bool stays)
    {
        string path = _folder.Write(name, "half");
        if (hasState)
        {
            _folder.Write(name + ".json", "{}");
        }

        File.SetLastWriteTimeUtc(path, s_now.AddDays(-days).AddMinutes(-1));
        PartialFile.Sweep(_folder.Path, s_now);
        Assert.Equal(stays, File.Exists(path));
        Assert.Equal(stays && hasState, File.Exists(path + ".json"));
    }

    [Fact]
    public void DownloadThatIsStillReceivedStaysHoweverOldItIs()
    {
        string path = _folder.File("a");
        using PartialFile part = PartialFile.Open(path);
        part.Append("half"u8);
        PartialFile.Sweep(_folder.Path, s_now.AddDays(99));
        part.Commit();
        Assert.Equal("half", File.ReadAllText(path));
    }
}
