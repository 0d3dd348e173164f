using OnnxDeep.IO;

namespace OnnxDeep.Tests;

public sealed class FileCacheTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FileCache<Resource> _cache = new((path, variant) => new Resource(path, variant), TimeSpan.FromHours(1));

    public void Dispose()
    {
        _cache.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void SameFileIsOpenedOnce()
    {
        string path = _directory.Write("a", "1");

        using FileLease<Resource> first = _cache.Rent(path);
        using FileLease<Resource> second = _cache.Rent(path);

        Assert.Same(first.Value, second.Value);
        Assert.Equal(1, _cache.Count);
    }

    [Fact]
    public void AnotherVariantIsOpenedApart()
    {
        string path = _directory.Write("a", "1");

        using FileLease<Resource> cpu = _cache.Rent(path, "CPU");
        using FileLease<Resource> cuda = _cache.Rent(path, "CUDA");

        Assert.NotSame(cpu.Value, cuda.Value);
    }

    [Fact]
    public void ChangedFileIsOpenedAnewWhileTheOldOneIsStillUsed()
    {
        string path = _directory.Write("a", "1");
        using FileLease<Resource> old = _cache.Rent(path);
        _directory.Write("a", "12");

        using FileLease<Resource> changed = _cache.Rent(path);

        Assert.NotSame(old.Value, changed.Value);
        Assert.False(old.Value.IsDisposed);
    }

    [Fact]
    public void UnusedFilesAreClosedByClearAndUsedOnesAreNot()
    {
        Resource idle;
        using (FileLease<Resource> lease = _cache.Rent(_directory.Write("a", "1")))
        {
            idle = lease.Value;
        }

        using FileLease<Resource> used = _cache.Rent(_directory.Write("b", "1"));
        Assert.False(idle.IsDisposed);

        _cache.Clear();

        Assert.True(idle.IsDisposed);
        Assert.False(used.Value.IsDisposed);
    }

    [Fact]
    public void IdleFilesAreClosedAfterAWhile()
    {
        using var closed = new ManualResetEventSlim();
        using var cache = new FileCache<Resource>((path, variant) => new Resource(path, variant, closed.Set), TimeSpan.Zero);

        cache.Rent(_directory.Write("a", "1")).Dispose();

        closed.Wait(TestContext.Current.CancellationToken);
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void FailedOpenIsTriedAgain()
    {
        bool fail = true;
        using var cache = new FileCache<Resource>(
            (path, variant) => fail ? throw new FormatException() : new Resource(path, variant), TimeSpan.FromHours(1));
        string path = _directory.Write("a", "1");

        Assert.Throws<FormatException>(() => cache.Rent(path));
        fail = false;

        using FileLease<Resource> lease = cache.Rent(path);
        Assert.Equal(path, lease.Value.Path);
    }

    [Fact]
    public void MissingFileIsSaidToBeMissing() =>
        Assert.Throws<FileNotFoundException>(() => _cache.Rent(_directory.File("missing")));

    private sealed class Resource(string path, string variant, Action? onDispose = null) : IDisposable
    {
        public string Path { get; } = path;

        public string Variant { get; } = variant;

        public bool IsDisposed { get; private set; }

        public void Dispose()
        {
            IsDisposed = true;
            onDispose?.Invoke();
        }
    }
}
