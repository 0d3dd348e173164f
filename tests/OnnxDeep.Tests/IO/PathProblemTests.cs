using OnnxDeep.IO;

namespace OnnxDeep.Tests.IO;

public sealed class PathProblemTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void FileAndMissingFileAreNoProblem()
    {
        Assert.Null(PathProblem.Find(_directory.Write("a.txt", "a")));
        Assert.Null(PathProblem.Find(_directory.File("missing.txt")));
        Assert.Null(PathProblem.Find("a\0b"));
        Assert.Null(PathProblem.Find(_directory.File("missing/missing.txt")));
        Assert.Null(PathProblem.Find(_directory.File("a.txt/inside.txt")));
        Assert.Null(PathProblem.Find(_directory.File(new string('n', 5000))));
    }

    [Fact]
    public void FolderIsNotAFile() => AssertProblem("PathIsDirectory", _directory.Path, "is a folder");

    [Fact]
    public void BrokenLinkNamesItsTarget()
    {
        string target = _directory.File("target.txt");
        string link = Link("link.txt", target);

        AssertProblem("LinkBroken", link, $"'{link}' is a symbolic link to '{target}'");
        File.WriteAllText(target, "found");
        Assert.Null(PathProblem.Find(link));
    }

    [Fact]
    public void LinkToItselfIsBroken() => AssertProblem("LinkBroken", Link("loop", _directory.File("loop")), "loop");

    [Fact]
    public void FolderThatMayNotBeEnteredIsNamed()
    {
        Assert.SkipWhen(Environment.IsPrivilegedProcess, "No folder is closed to root.");
        string folder = Directory.CreateDirectory(_directory.File("closed")).FullName;
        string file = _directory.Write("closed/a.txt", "a");
        string link = Link("link.txt", file);
        FileModes.Set(folder, UnixFileMode.None);
        try
        {
            AssertProblem("FileNotReadable", file, $"no permission to enter '{folder}'");
            AssertProblem("FileNotReadable", Path.Combine(folder, "deep", "a.txt"), $"enter '{folder}'");
            AssertProblem("FileNotReadable", link, $"enter '{folder}'");
        }
        finally
        {
            FileModes.Set(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    private string Link(string name, string target)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need a privilege on Windows.");
        return File.CreateSymbolicLink(_directory.File(name), target).FullName;
    }

    private static void AssertProblem(string id, string path, string text)
    {
        OnnxDeepException? problem = PathProblem.Find(path);

        Assert.Equal(id, problem?.ErrorId);
        Assert.Contains(text, problem!.Message, StringComparison.Ordinal);
    }
}
