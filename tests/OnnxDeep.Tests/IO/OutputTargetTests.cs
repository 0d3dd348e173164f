using System.Net.Sockets;
using System.Runtime.InteropServices;

using OnnxDeep.IO;

namespace OnnxDeep.Tests.IO;

public sealed partial class OutputTargetTests : IDisposable
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode ReadOnly = UnixFileMode.UserRead | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void FileThatMustNotBeOverwrittenIsAnErrorBeforeTheWork()
    {
        string path = _folder.Write("file", "old");
        OnnxDeepException error = Assert.Throws<OnnxDeepException>(
            () => AtomicFile.Create(path, ExistingFile.Keep));
        Assert.Equal("FileExists", error.ErrorId);
        Assert.Equal($"The file '{path}' already exists. Specify another path.", error.Message);
    }

    [Fact]
    public void FileThatAppearsMeanwhileIsNotOverwritten()
    {
        string path = _folder.File("file");
        using (AtomicFile file = AtomicFile.Create(path, ExistingFile.Keep))
        {
            file.Stream.Write("new"u8);
            File.WriteAllText(path, "of another program");
            Assert.Equal("FileExists", Assert.Throws<OnnxDeepException>(() => file.Commit()).ErrorId);
        }

        Assert.Equal("of another program", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void OfManyWritersOfOneNameOneSucceeds()
    {
        const int Writers = 16;
        AtomicFile[] files =
        [
            .. Enumerable.Range(0, Writers).Select(_ => AtomicFile.Create(_folder.File("file"), ExistingFile.Keep)),
        ];
        int refused = 0;
        Parallel.ForEach(files, file =>
        {
            try
            {
                file.Commit();
            }
            catch (OnnxDeepException e) when (e.ErrorId == "FileExists")
            {
                Interlocked.Increment(ref refused);
            }

            file.Dispose();
        });
        Assert.Equal(Writers - 1, refused);
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void FileSystemWithoutTheRenameDoesNotReplaceAFileEither(bool hasLinks)
    {
        Func<string, string, bool?> rename =
            hasLinks ? FileMove.TryLink : (source, target) => FileMove.TryReserve(source, target);
        string source = _folder.Write("source", "new");
        string taken = _folder.Write("taken", "old");
        Assert.SkipWhen(hasLinks && OperatingSystem.IsWindows(), "Windows renames without links.");

        Assert.False(rename(source, taken));
        Assert.Equal("old", File.ReadAllText(taken));
        Assert.Equal("new", File.ReadAllText(source));
        Assert.True(rename(source, _folder.File("free")));
        Assert.Equal("new", File.ReadAllText(_folder.File("free")));
        Assert.False(File.Exists(source));
    }

    [Fact]
    public void LinkStaysAndItsFileIsWritten()
    {
        string file = _folder.Write("file", "old");
        File.CreateSymbolicLink(_folder.File("second"), "file");
        File.CreateSymbolicLink(_folder.File("first"), "second");
        Write(_folder.File("first"));
        Assert.Equal("new", File.ReadAllText(file));
        Assert.Null(new FileInfo(file).LinkTarget);
        Assert.Equal("second", new FileInfo(_folder.File("first")).LinkTarget);
    }

    [Fact]
    public void LinkToAMissingFileCreatesIt()
    {
        Directory.CreateDirectory(_folder.File("below"));
        File.CreateSymbolicLink(_folder.File("link"), "below/file");
        Write(_folder.File("link"));
        Assert.Equal("new", File.ReadAllText(_folder.File("below/file")));
        Assert.Equal("below/file", new FileInfo(_folder.File("link")).LinkTarget);
        Assert.Single(Directory.GetFiles(_folder.File("below")));
    }

    [Fact]
    public void CycleOfLinksIsRefused()
    {
        File.CreateSymbolicLink(_folder.File("one"), "two");
        File.CreateSymbolicLink(_folder.File("two"), "one");
        AssertRefused(_folder.File("one"));
    }

    [Fact]
    public async Task LinkOfAnotherUserInAFolderForEveryoneIsNotFollowed()
    {
        await RequireRoot();
        const string Setting = "/proc/sys/fs/protected_symlinks";
        Assert.SkipUnless(
            File.Exists(Setting) && File.ReadAllText(Setting)[0] == '1', "The system follows such links.");
        string shared = Directory.CreateDirectory(_folder.File("shared")).FullName;
        FileModes.Set(shared, (UnixFileMode)0x3ff);
        string mine = _folder.Write("mine", "old");
        string link = File.CreateSymbolicLink(Path.Combine(shared, "link"), mine).FullName;
        string dangling = File.CreateSymbolicLink(Path.Combine(shared, "dangling"), _folder.File("none")).FullName;
        await ChildProcess.Run("chown", ["-h", "12345", link, dangling]);

        AssertRefused(link);
        AssertRefused(dangling);
        Assert.Equal("old", File.ReadAllText(mine));
        Assert.False(File.Exists(_folder.File("none")));
    }

    [Fact]
    public async Task DeviceTakesTheContentAndStays()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no device files.");
        string device = _folder.File("null");
        ChildProcess node = await ChildProcess.Run("mknod", [device, "c", "1", "3"]);
        Assert.SkipWhen(node.ExitCode != 0, $"Only root can create a device: {node.Error}");
        Write(device);
        Assert.Equal(FileKind.CharacterDevice, FileStatus.Of(device)?.Kind);
        Assert.Equal([device], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void FullDeviceIsNamedAndStays()
    {
        Assert.SkipWhen(Environment.UserName == "root" || !File.Exists("/dev/full"), "Root could replace the device.");
        Assert.Contains("the disk is full", Assert.Throws<OnnxDeepException>(() => Write("/dev/full")).Message);
        Assert.Equal(FileKind.CharacterDevice, FileStatus.Of("/dev/full")?.Kind);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task PipeTakesTheContentAndStays(bool isForced)
    {
        string pipe = await MakePipe();
        byte[] content = new byte[1_000_000];
        new Random(1).NextBytes(content);
        var reading = Task.Run(() => File.ReadAllBytes(pipe));
        AtomicFile.Write(
            pipe, stream => stream.Write(content), isForced ? ExistingFile.Force : ExistingFile.Replace);
        Assert.Equal(content, await reading);
        Assert.Equal(FileKind.Pipe, FileStatus.Of(pipe)?.Kind);
    }

    [Fact]
    public async Task WaitForTheReaderOfAPipeCanBeCancelled()
    {
        string pipe = await MakePipe();
        using var stop = new CancellationTokenSource(50);
        Assert.Throws<OperationCanceledException>(
            () => AtomicFile.Write(pipe, stream => stream.Write("new"u8), stop: stop.Token));
        Assert.Equal(FileKind.Pipe, FileStatus.Of(pipe)?.Kind);

        // Ends the thread that still waits.
        Assert.Empty(await File.ReadAllBytesAsync(pipe));
    }

    [Fact]
    public async Task PipeThatMustNotBeOverwrittenIsAnError()
    {
        string pipe = await MakePipe();
        Assert.Equal("FileExists", Assert.Throws<OnnxDeepException>(
            () => AtomicFile.Create(pipe, ExistingFile.Keep)).ErrorId);
    }

    [Fact]
    public void SocketsAndFoldersAreRefused()
    {
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(_folder.File("socket")));
        AssertRefused(_folder.File("socket"));
        AssertRefused(Directory.CreateDirectory(_folder.File("folder")).FullName);
        AssertRefused(_folder.File("new") + Path.DirectorySeparatorChar);
        Assert.False(Directory.Exists(_folder.File("new")));
    }

    [Fact]
    public void ErrorNamesThePathThatTheUserKnows()
    {
        string path = Path.Combine(_folder.Write("file", "in the way"), "below");
        string message = AssertRefused(path).Message;
        Assert.StartsWith($"'{path}' cannot be written: ", message);
        Assert.DoesNotContain(".tmp", message);
    }

    [Fact]
    public void PermissionsAreKept()
    {
        string path = _folder.Write("file", "old");
        FileModes.Set(path, OwnerOnly);
        Write(path);
        Assert.Equal(OwnerOnly, FileModes.Get(path));
    }

    [Fact]
    public void NobodyElseCanReadAPrivateFileWhileItIsWritten()
    {
        string path = _folder.Write("file", "old");
        FileModes.Set(path, OwnerOnly);
        using AtomicFile file = AtomicFile.Create(path);
        Assert.All(Directory.GetFiles(_folder.Path), name => Assert.Equal(OwnerOnly, FileModes.Get(name)));
    }

    [Fact]
    public void NewFileHasThePermissionsThatTheSystemGivesNewFiles()
    {
        string other = _folder.Write("other", "new");
        Write(_folder.File("file"));
        Assert.Equal(FileModes.Get(other), FileModes.Get(_folder.File("file")));
    }

    [Fact]
    public void NewFileIsAsPrivateAsTheOneThatItIsMadeFrom()
    {
        string source = _folder.Write("source", "old");
        FileModes.Set(source, UnixFileMode.UserRead);
        using (AtomicFile file = AtomicFile.Create(_folder.File("file"), modeOf: source))
        {
            file.Commit();
        }

        // It can be replaced later, unlike its source.
        Assert.Equal(OwnerOnly, FileModes.Get(_folder.File("file")));
    }

    [Fact]
    public void ReadOnlyFileIsReplacedOnlyByForce()
    {
        string path = _folder.Write("file", "old");
        FileModes.Set(path, ReadOnly);
        Assert.Equal(
            $"'{path}' cannot be written: it is read-only. Make it writable, or choose another path.",
            AssertRefused(path).Message);
        AtomicFile.Write(path, stream => stream.Write("new"u8), ExistingFile.Force);
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal(ReadOnly, FileModes.Get(path));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void NamesOfOneFileStayTogether(bool isReadOnly)
    {
        string path = _folder.Write("file", "the older and longer content");
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows replaces the file that has the name.");
        Assert.Equal(0, Link(path, _folder.File("second")));
        if (isReadOnly)
        {
            FileModes.Set(path, ReadOnly);
        }

        AtomicFile.Write(
            path, stream => stream.Write("new"u8), isReadOnly ? ExistingFile.Force : ExistingFile.Replace);
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal("new", File.ReadAllText(_folder.File("second")));
        Assert.Equal(2, Directory.GetFiles(_folder.Path).Length);
        Assert.Equal(isReadOnly, FileStatus.Of(path)?.IsReadOnly);
    }

    [Fact]
    public async Task ContentIsKeptIfAFileWithTwoNamesCannotBeOverwrittenCompletely()
    {
        await RequireRoot();
        string disk = Directory.CreateDirectory(_folder.File("disk")).FullName;
        ChildProcess mount = await ChildProcess.Run("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]);
        Assert.SkipWhen(mount.ExitCode != 0, $"The disk cannot be mounted: {mount.Error}");
        try
        {
            string path = Path.Combine(disk, "file");
            File.WriteAllBytes(path, new byte[4000]);
            Assert.Equal(0, Link(path, Path.Combine(disk, "second")));
            byte[] content = new byte[40_000];
            new Random(1).NextBytes(content);
            OnnxDeepException error = Assert.Throws<OnnxDeepException>(
                () => AtomicFile.Write(path, stream => stream.Write(content)));
            Assert.StartsWith($"'{path}' was written only in part: the disk is full.", error.Message);
            string kept = Assert.Single(Directory.GetFiles(disk, "*.onnxdeep"));
            Assert.EndsWith($"The complete content is in '{kept}'.", error.Message);
            Assert.Equal(content, File.ReadAllBytes(kept));
            Leftovers.Sweep(disk, DateTime.UtcNow.AddDays(9));
            Assert.True(File.Exists(kept));
        }
        finally
        {
            await ChildProcess.Run("umount", [disk]);
        }
    }

    [Fact]
    public async Task OwnerIsKept()
    {
        await RequireRoot();
        string path = _folder.Write("file", "old");
        await ChildProcess.Run("chown", ["12345:23456", path]);
        Write(path);
        FileStatus status = FileStatus.Of(path)!.Value;
        Assert.Equal((12345u, 23456u), (status.Owner, status.Group));
    }

    [Fact]
    public void AccessListAndOtherAttributesAreKept()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Attributes have other names on other systems.");
        string path = _folder.Write("file", "old");

        // Version 2; the owner, user 12345, the group, the mask and the others may read, and the first two may write.
        byte[] list =
            [2, 0, 0, 0, .. Entry(1, 6), .. Entry(2, 6, 12345), .. Entry(4, 4), .. Entry(16, 6), .. Entry(32, 4)];
        Assert.SkipWhen(
            SetAttribute(path, "user.onnxdeep", [1, 2, 3], 3, 0) != 0
            || SetAttribute(path, "system.posix_acl_access", list, (nuint)list.Length, 0) != 0,
            "The file system has no such attributes.");
        Write(path);
        Assert.Equal("new", File.ReadAllText(path));
        Assert.Equal([1, 2, 3], GetAttribute(path, "user.onnxdeep"));
        Assert.Equal(list, GetAttribute(path, "system.posix_acl_access"));
    }

    [Fact]
    public void FileThatTheProcessHasOpenIsNotReplacedUnderItsNumber()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Other systems have no /proc.");
        string path = _folder.Write("file", "old");
        using FileStream open = File.OpenRead(path);
        AssertRefused($"/proc/self/fd/{open.SafeFileHandle.DangerousGetHandle()}");
    }

    private static byte[] Entry(byte tag, byte permissions, int id = -1) =>
        [tag, 0, permissions, 0, .. BitConverter.GetBytes(id)];

    private static void Write(string path) => AtomicFile.Write(path, stream => stream.Write("new"u8));

    private static OnnxDeepException AssertRefused(string path)
    {
        OnnxDeepException error = Assert.Throws<OnnxDeepException>(() => Write(path));
        Assert.Equal("OutputNotWritable", error.ErrorId);
        return error;
    }

    private static async Task RequireRoot()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no root.");
        Assert.SkipWhen((await ChildProcess.Run("id", ["-u"])).Output.Trim() != "0", "Only root can do this.");
    }

    private async Task<string> MakePipe()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has no pipes in folders.");
        string path = _folder.File("pipe");
        Assert.Equal(0, (await ChildProcess.Run("mkfifo", [path])).ExitCode);
        return path;
    }

    private static byte[] GetAttribute(string path, string name)
    {
        byte[] value = new byte[1000];
        return value[..(int)GetAttribute(path, name, value, (nuint)value.Length)];
    }

    [LibraryImport("libc", EntryPoint = "link", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Link(string source, string target);

    [LibraryImport("libc", EntryPoint = "setxattr", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SetAttribute(string path, string name, byte[] value, nuint size, int flags);

    [LibraryImport("libc", EntryPoint = "getxattr", StringMarshalling = StringMarshalling.Utf8)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial nint GetAttribute(string path, string name, [Out] byte[] value, nuint size);
}
