using OnnxDeep.IO;

namespace OnnxDeep.Tests.IO;

public sealed class FileIdentityTests : IDisposable
{
    private static readonly DateTime s_written = new(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void PathLinkAndHandleOfOneFileHaveTheSameIdentity()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Creating links requires privileges there.");
        string path = Write("a", "12345");
        string link = File.CreateSymbolicLink(_directory.File("link"), path).FullName;
        using FileStream stream = File.OpenRead(path);

        var identity = FileIdentity.Of(path);

        Assert.Equal(identity, FileIdentity.Of(link));
        Assert.Equal(identity, FileIdentity.Of(stream));
        Assert.Equal(5, identity.Length);
        Assert.Equal((s_written - DateTime.UnixEpoch).Ticks * 100, identity.Modified);
    }

    [Fact]
    public void AnotherFileOfTheSameLengthAndTimeDiffersInItsNumber()
    {
        var first = FileIdentity.Of(Write("a", "1"));
        var second = FileIdentity.Of(Write("b", "1"));

        Assert.Equal(first.Device, second.Device);
        Assert.NotEqual(first.File, second.File);
    }

    [Fact]
    public void TimeOfTheLastChangeIsNotTheOneThatProgramsSet()
    {
        DateTime before = DateTime.UtcNow.AddSeconds(-10);

        var identity = FileIdentity.Of(Write("a", "1"));

        Assert.True(identity.Changed > (before - DateTime.UnixEpoch).Ticks * 100);
    }

    [Theory]
    [InlineData(1_000_000_001, 5, false)]
    [InlineData(1_000_000_001, 30, true)]
    [InlineData(1_000_000_001, -5, false)]
    [InlineData(1_000_000_001, -100, true)]
    [InlineData(1_000_000_000, 30, false)]
    [InlineData(1_000_000_000, 2500, true)]
    public void ChangeShowsOnceTheClockOfTheFileSystemHasTicked(long changed, int milliseconds, bool isSettled)
    {
        var identity = new FileIdentity(0, 0, 1, 5, changed);

        Assert.Equal(isSettled, identity.IsSettledAt(DateTimeOffset.UnixEpoch.AddMilliseconds(1000 + milliseconds)));
    }

    private string Write(string name, string content)
    {
        string path = _directory.Write(name, content);
        File.SetLastWriteTimeUtc(path, s_written);
        return path;
    }
}
