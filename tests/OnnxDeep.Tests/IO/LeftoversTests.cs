using OnnxDeep.IO;

namespace OnnxDeep.Tests.IO;

public sealed class LeftoversTests : IDisposable
{
    private static readonly DateTime s_now = DateTime.UtcNow;

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FilesOfKilledProcessesAreDeletedAfterADay()
    {
        string abandoned = WriteOld(Leftovers.NewPath(_folder.Path, "model.onnx"));
        Leftovers.Sweep(_folder.Path, s_now);
        Assert.False(File.Exists(abandoned));
    }

    [Fact]
    public void FileOfAnotherProcessIsNotDeletedBeforeItHasItsName()
    {
        // Whether it is open says nothing: a process may have closed it just before the rename.
        string finished = Leftovers.NewPath(_folder.Path, "model.onnx");
        File.WriteAllText(finished, "complete");
        Leftovers.Sweep(_folder.Path, s_now.AddHours(23));
        Assert.True(File.Exists(finished));
    }

    [Fact]
    public void FileThatIsStillWrittenIsNotDeletedHoweverOldItIs()
    {
        using AtomicFile file = AtomicFile.Create(_folder.File("model.onnx"));
        file.Stream.Write("half"u8);
        Leftovers.Sweep(_folder.Path, s_now.AddDays(9));
        file.Commit();
        Assert.True(File.Exists(_folder.File("model.onnx")));
    }

    [Theory]
    [InlineData("mine.tmp")]
    [InlineData("mine.onnxdeep.tmp")]
    [InlineData("model.onnx.0123456789abcdef0123456789abcdef.tmp")]
    [InlineData("model.onnx.0123456789ABCDEF0123456789ABCDEF.onnxdeep.tmp")]
    [InlineData(".0123456789abcdef0123456789abcdef.onnxdeep.tmp")]
    [InlineData("model.onnx.0123456789abcdef0123456789abcdef.onnxdeep.tmp.txt")]
    public void FilesOfOthersStay(string name)
    {
        string path = WriteOld(_folder.File(name));
        Leftovers.Sweep(_folder.Path, s_now);
        Assert.True(File.Exists(path));
    }

    [Fact]
    public void LinksStay()
    {
        string target = WriteOld(_folder.File("target"));
        string link = File.CreateSymbolicLink(Leftovers.NewPath(_folder.Path, "x"), target).FullName;
        Leftovers.Sweep(_folder.Path, s_now.AddDays(9));
        Assert.NotNull(new FileInfo(link).LinkTarget);
    }

    [Fact]
    public void MissingFolderHasNoLeftovers() => Leftovers.Sweep(_folder.File("missing"), s_now);

    [Fact]
    public void TemporaryFoldersOfKilledProcessesAreDeletedAfterADay()
    {
        string abandoned = Directory.CreateDirectory(_folder.File("onnxdeep-convert-AbCdEf")).FullName;
        WriteOld(Path.Combine(abandoned, ".lock"));
        WriteOld(Path.Combine(abandoned, "1.onnx"));
        Directory.SetLastWriteTimeUtc(abandoned, s_now.AddDays(-2));
        string recent = Directory.CreateDirectory(_folder.File("onnxdeep-profile-AbCdEf")).FullName;
        string another = Directory.CreateDirectory(_folder.File("onnxdeep-mine-AbCdEf")).FullName;
        Directory.SetLastWriteTimeUtc(another, s_now.AddDays(-2));

        TemporaryFolder.Sweep(_folder.Path, s_now);

        Assert.False(Directory.Exists(abandoned));
        Assert.True(Directory.Exists(recent));
        Assert.True(Directory.Exists(another));
    }

    [Fact]
    public void TemporaryFolderThatIsInUseStaysHoweverOldItIs()
    {
        var folder = new TemporaryFolder("convert");
        File.WriteAllText(folder.File("1.onnx"), "half");
        Assert.Throws<IOException>(() => TemporaryFolder.IsAbandoned(folder.Path, s_now.AddDays(9)));
        folder.Dispose();
        Assert.False(Directory.Exists(folder.Path));
    }

    private static string WriteOld(string path)
    {
        File.WriteAllText(path, "half");
        File.SetLastWriteTimeUtc(path, s_now.AddDays(-2));
        return path;
    }
}
