using OnnxDeep.IO;

namespace OnnxDeep.Tests.IO;

public sealed class AtomicFileTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

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
    public void AbandonedFilesAreRemovedAndThoseInUseAreNot()
    {
        string abandoned = _folder.Write($"table.safetensors.{Guid.NewGuid():N}.tmp", "half");
        string own = _folder.Write("mine.tmp", "mine");
        using AtomicFile file = AtomicFile.Create(_folder.File("other"));

        AtomicFile.RemoveAbandoned(_folder.Path);

        Assert.False(File.Exists(abandoned));
        Assert.True(File.Exists(own));
        file.Commit();
        Assert.True(File.Exists(_folder.File("other")));
    }
}
