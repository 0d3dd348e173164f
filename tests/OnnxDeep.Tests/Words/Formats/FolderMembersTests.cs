using OnnxDeep.Words.Formats;
using OnnxDeep.Words.Formats.Archives;

namespace OnnxDeep.Tests.Words.Formats;

public sealed class FolderMembersTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly TemporaryDirectory _outside = new();

    public void Dispose()
    {
        _directory.Dispose();
        _outside.Dispose();
    }

    [Fact]
    public void LinkToAFileOutsideIsRefused()
    {
        SpacyModel.Write(_outside, SpacyModel.Files());
        SpacyModel.Write(_directory, SpacyModel.Files());
        File.Delete(_directory.File("vectors"));
        Link(_directory.File("vectors"), _outside.File("vectors"));

        AssertRefused();
    }

    [Fact]
    public void LinkToAFolderOutsideIsRefused()
    {
        SpacyModel.Write(_outside, SpacyModel.Files("vocab/"));
        Link(_directory.File("vocab"), _outside.File("vocab"));

        AssertRefused();
    }

    [Fact]
    public void LinkThatLeavesThroughAnotherLinkIsRefused()
    {
        SpacyModel.Write(_outside, SpacyModel.Files("a/b/"));
        Directory.CreateDirectory(_directory.File("in"));
        Link(_directory.File("in/up"), "../../" + Path.GetFileName(_outside.Path));
        Link(_directory.File("vocab"), "in/up/a/b");

        AssertRefused();
    }

    [Fact]
    public void LinksInsideAreFollowedAndLoopsEnd()
    {
        SpacyModel.Write(_directory, SpacyModel.Files("real/"));
        Link(_directory.File("vocab"), "real");
        Link(_directory.File("real/self"), "..");
        Link(_directory.File("real/gone"), "nothing");

        using var imported = new ImportedTable(_directory.Path);

        Assert.Equal(3, imported.Result.Rows);
    }

    [Fact]
    public void LinksThatLeadToEachOtherAreRefused()
    {
        SpacyModel.Write(_directory, SpacyModel.Files());
        Link(_directory.File("a"), "b");
        Link(_directory.File("b"), "a");

        AssertRefused();
    }

    [Fact]
    public void FolderThatTheUserNamesMayBeALink()
    {
        SpacyModel.Write(_outside, SpacyModel.Files("vocab/"));
        Link(_directory.File("model"), _outside.Path);

        using var imported = new ImportedTable(_directory.File("model"));

        Assert.Equal(3, imported.Result.Rows);
    }

    [Fact]
    public void ProgressCountsTheOpenedFiles()
    {
        SpacyModel.Write(_directory, SpacyModel.Files());
        using var files = new SourceFiles(_directory.Path, TestContext.Current.CancellationToken);
        using var members = new FolderMembers(_directory.Path, files);
        using (Stream stream = members.Open("vectors"))
        {
            stream.ReadExactly(new byte[10]);
            Assert.Equal((10, stream.Length), (members.BytesRead, members.TotalBytes));
        }

        Assert.Equal(members.TotalBytes, members.BytesRead);
    }

    private static void Link(string path, string target)
    {
        try
        {
            File.CreateSymbolicLink(path, target);
        }
        catch (IOException e) when (OperatingSystem.IsWindows())
        {
            Assert.Skip($"Links cannot be created here: {e.Message}");
        }
    }

    private void AssertRefused()
    {
        FileFormatException error = ImportedTable.Error(_directory.Path);
        Assert.Equal("VectorsArchiveUnsafe", error.ErrorId);
        Assert.Contains("symbolic link", error.Expected, StringComparison.Ordinal);
    }
}
