using System.Runtime.InteropServices;

using OnnxDeep.IO;

namespace OnnxDeep.Tests.IO;

public sealed partial class AtomicFileTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task FileCanBeReadAndReplacedByOthersWhileItIsReplaced()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows does not replace a file that is being read.");
        string path = _folder.Write("file", "0");
        Task[] writers =
        [
            .. Enumerable.Range(0, 2).Select(writer => Task.Run(() =>
            {
                for (int i = 0; i < 50; i++)
                {
                    AtomicFile.Write(path, stream => stream.Write("1"u8));
                }
            })),
        ];

        while (!writers.All(writer => writer.IsCompleted))
        {
            Assert.Single(File.ReadAllText(path));
        }

        await Task.WhenAll(writers);
    }

    [Fact]
    public void FileIsThereOnlyOnceItIsCommitted()
    {
        string path = _folder.Write("file", "old");
        using (AtomicFile file = AtomicFile.Create(path))
        {
            file.Stream.Write("new"u8);
            Assert.Equal("old", File.ReadAllText(path));
            file.Commit();
        }

        Assert.Equal("new", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void WhatIsNotCommittedLeavesNothing()
    {
        using (AtomicFile file = AtomicFile.Create(_folder.File("below/file")))
        {
            file.Stream.Write("new"u8);
        }

        Assert.Empty(Directory.GetFiles(_folder.File("below")));
    }

    [Fact]
    public void NameMayBeAsLongAsTheSystemPermits()
    {
        string path = _folder.File(new string('x', 59) + "\U0001F600" + new string('é', 96));
        AtomicFile.Write(path, stream => stream.Write("new"u8));
        Assert.Equal("new", File.ReadAllText(path));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void FullDiskIsNamedAndLeavesNothing(bool commits)
    {
        Assert.SkipWhen(!File.Exists("/dev/full"), "The system has no /dev/full.");
        string path = _folder.Write("file", "old");
        using (AtomicFile file = AtomicFile.Create(path))
        {
            // From here on, the system reports that the disk is full, as soon as the buffer is written.
            file.Stream.Write("new"u8);
            var handle = ((FileStream)file.Stream).SafeFileHandle;
            file.Stream.Write("new"u8);
            using var full = File.OpenHandle("/dev/full", FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite);
            Assert.True(Duplicate((int)full.DangerousGetHandle(), (int)handle.DangerousGetHandle()) >= 0);
            if (commits)
            {
                OnnxDeepException error = Assert.Throws<OnnxDeepException>(() => file.Commit());
                Assert.Equal("OutputNotWritable", error.ErrorId);
                Assert.Equal(
                    $"'{path}' cannot be written: the disk is full. Free some space, or choose another location.",
                    error.Message);
            }
        }

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task LimitOfAFileSystemLeavesNothingAndTheNextAttemptSucceeds()
    {
        Assert.SkipWhen(Environment.UserName != "root" || !OperatingSystem.IsLinux(), "Only root can mount a disk.");
        string disk = Directory.CreateDirectory(_folder.File("disk")).FullName;
        ChildProcess mount = await ChildProcess.Run("mount", ["-t", "tmpfs", "-o", "size=64k", "tmpfs", disk]);
        Assert.SkipWhen(mount.ExitCode != 0, $"The disk cannot be mounted: {mount.Error}");
        try
        {
            string path = Path.Combine(disk, "file");
            for (int attempt = 0; attempt < 3; attempt++)
            {
                Assert.Contains("the disk is full", Assert.Throws<OnnxDeepException>(
                    () => AtomicFile.Write(path, stream => stream.Write(new byte[100_000]))).Message);
                Assert.Empty(Directory.GetFiles(disk));
            }

            AtomicFile.Write(path, stream => stream.Write(new byte[50_000]));
            Assert.Equal(50_000, new FileInfo(path).Length);
        }
        finally
        {
            await ChildProcess.Run("umount", [disk]);
        }
    }

    [LibraryImport("libc", EntryPoint = "dup2")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Duplicate(int source, int target);
}
