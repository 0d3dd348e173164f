using System.Diagnostics;

using OnnxDeep.IO;

namespace OnnxDeep.Tests.IO;

public sealed class FileTrustTests : IDisposable
{
    private const uint Me = 1000;
    private const uint Stranger = 1001;
    private const UnixFileMode Private = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Group = Private | UnixFileMode.GroupWrite;
    private const UnixFileMode Others = Private | UnixFileMode.OtherWrite;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void OwnFileInOwnFolderIsTrusted() => Assert.Null(Check(MakeFile()));

    [Theory]
    [InlineData("above", Group)]
    [InlineData("above", Others)]
    [InlineData("above/folder", Group)]
    [InlineData("above/folder", Others)]
    [InlineData("above/folder", Others | UnixFileMode.StickyBit)]
    [InlineData("above/folder/file", Group)]
    [InlineData("above/folder/file", Others)]
    public void WhatOthersCanWriteIsNamedWithItsModeAndTheCommandOfTheMessageFixesIt(string name, UnixFileMode mode)
    {
        string file = MakeFile();
        string path = _directory.File(name);
        FileModes.Set(path, mode);

        string problem = Check(file)!;

        Assert.Contains($"'{path}' belongs to user {FileStatus.CurrentUser} and", problem, StringComparison.Ordinal);
        string octal = Convert.ToString((int)mode, 8).PadLeft(4, '0');
        Assert.Contains($"has mode {octal};", problem, StringComparison.Ordinal);
        Run(problem[problem.IndexOf("chmod ", StringComparison.Ordinal)..]);
        Assert.Null(Check(file));
    }

    [Theory]
    [InlineData("above")]
    [InlineData("above/folder")]
    [InlineData("above/folder/file")]
    public void WhatAnotherUserOwnsIsNamedAndTheCommandOfTheMessageFixesIt(string name)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists instead of modes.");
        Assert.SkipUnless(FileStatus.CurrentUser == 0, "Only root can give a file to another user.");
        string file = MakeFile();
        Run($"chown {Stranger} '{_directory.File(name)}'");

        string problem = Check(file)!;

        Assert.Contains($"'{_directory.File(name)}' belongs to user {Stranger}", problem, StringComparison.Ordinal);
        Run(problem[problem.IndexOf("chown ", StringComparison.Ordinal)..]);
        Assert.Null(Check(file));
    }

    [Fact]
    public void LinksAreResolvedBeforeTheFoldersAreChecked()
    {
        string file = MakeFile();
        string link = _directory.File("link");
        File.CreateSymbolicLink(link, file);
        string folder = _directory.File("folder-link");
        Directory.CreateSymbolicLink(folder, _directory.File("above/folder"));
        Assert.Null(Check(link));

        FileModes.Set(_directory.File("above/folder"), Others);

        Assert.NotNull(Check(link));
        Assert.NotNull(Check(Path.Combine(folder, "file")));
        Assert.NotNull(FileTrust.FindFolderProblem(folder));
    }

    [Theory]
    [InlineData(Me, Private, Me, null)]
    [InlineData(0u, Private, Me, null)]
    [InlineData(0u, Private, 0u, null)]
    [InlineData(Stranger, Private, Me, "sudo chown 1000 '/a'")]
    [InlineData(Stranger, Private, 0u, "chown 0 '/a'")]
    [InlineData(Stranger, Group, Me, "sudo chown 1000 '/a'; sudo chmod go-w '/a'")]
    [InlineData(0u, Others, Me, "sudo chmod go-w '/a'")]
    [InlineData(Me, Group, Me, "chmod go-w '/a'")]
    public void OnlyTheUserAndRootMayOwnAndOnlyTheOwnerMayWrite(
        uint owner, UnixFileMode mode, uint user, string? command)
    {
        foreach (PathRole role in Enum.GetValues<PathRole>())
        {
            string? problem = FileTrust.Judge("/a", Status(owner, mode), user, role);

            Assert.Equal(command, problem?[(problem.IndexOf("or run ", StringComparison.Ordinal) + 7)..]);
        }
    }

    [Theory]
    [InlineData(0u, "Ancestor", true)]
    [InlineData(Me, "Ancestor", true)]
    [InlineData(Stranger, "Ancestor", false)]
    [InlineData(0u, "Folder", false)]
    [InlineData(Me, "Folder", false)]
    [InlineData(Me, "File", false)]
    public void StickyFolderIsTrustedAboveTheFolderOfTheFileIfItsOwnerIs(uint owner, string role, bool isTrusted)
    {
        FileStatus folder = Status(owner, Group | Others | UnixFileMode.StickyBit);

        Assert.Equal(isTrusted, FileTrust.Judge("/tmp", folder, Me, Enum.Parse<PathRole>(role)) is null);
    }

    [Fact]
    public void CommandQuotesThePath()
    {
        string problem = FileTrust.Judge("/it's", Status(Me, Group), Me, PathRole.File)!;

        Assert.EndsWith("chmod go-w '/it''s'", problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("me", "me", "All", "File", null)]
    [InlineData("S-1-5-32-544", "S-1-5-18", "All", "File", null)]
    [InlineData("me", "S-1-1-0", "None", "File", null)]
    [InlineData("me", "S-1-3-4", "All", "File", null)]
    [InlineData("me", "S-1-1-0", "WriteData", "File", "icacls 'x' /remove:g '*S-1-1-0'")]
    [InlineData("me", "S-1-5-11", "WriteData", "Folder", "icacls 'x' /remove:g '*S-1-5-11'")]
    [InlineData("me", "S-1-5-11", "WriteData, AppendData", "Ancestor", null)]
    [InlineData("me", "S-1-5-11", "DeleteContent", "Ancestor", "icacls 'x' /remove:g '*S-1-5-11'")]
    [InlineData("me", "S-1-5-11", "Delete", "Ancestor", "icacls 'x' /remove:g '*S-1-5-11'")]
    [InlineData("S-1-5-21-9", "me", "All", "File", "icacls 'x' /setowner '*me'")]
    public void AccessListOfWindowsMayGrantChangesToTheUserAndTheSystemOnly(
        string owner, string granted, string rights, string role, string? command)
    {
        var access = new FileAccessList(owner, [(granted, Enum.Parse<AccessRights>(rights))]);
        string? problem = FileTrust.Judge("x", access, "me", Enum.Parse<PathRole>(role));

        Assert.Equal(command is null, problem is null);
        Assert.EndsWith(command ?? string.Empty, problem ?? string.Empty, StringComparison.Ordinal);
    }

    [Fact]
    public void OnWindowsAFileThatEveryoneMayChangeIsNotTrusted()
    {
        Assert.SkipUnless(OperatingSystem.IsWindows(), "Access lists exist on Windows.");
        string file = MakeFile();
        using (var icacls = Process.Start("icacls", [file, "/grant", "*S-1-1-0:M"]))
        {
            icacls.WaitForExit();
        }

        Assert.Contains("S-1-1-0", Check(file), StringComparison.Ordinal);
    }

    private static FileStatus Status(uint owner, UnixFileMode mode) => new(FileKind.File, mode, owner, 0, 1);

    private string MakeFile()
    {
        Directory.CreateDirectory(_directory.File("above/folder"));
        string file = _directory.Write("above/folder/file", "x");
        string[] paths = OperatingSystem.IsWindows() ? [] : ["above", "above/folder", "above/folder/file"];
        foreach (string path in paths)
        {
            FileModes.Set(_directory.File(path), Private);
        }

        return file;
    }

    private static string? Check(string path)
    {
        using FileStream file = FileTrust.Open(path);
        return FileTrust.FindProblem(file);
    }

    private static void Run(string command)
    {
        using var shell = Process.Start("sh", ["-c", command]);
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
    }
}
