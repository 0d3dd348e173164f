using OnnxDeep.IO;

namespace OnnxDeep.Tests.IO;

public sealed class FileCacheTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly FileCache<Resource> _cache = new(TimeSpan.FromHours(1));

    public void Dispose()
    {
        _cache.Dispose();
        _directory.Dispose();
    }

    [Fact]
    public void SameFileIsOpenedOnce()
    {
        string path = _directory.Write("a", "1");

        using FileLease<Resource> first = Rent(path);
        using FileLease<Resource> second = Rent(path);

        Assert.Same(first.Value, second.Value);
        Assert.Equal(1, _cache.Count);
    }

    [Fact]
    public void AnotherVariantIsOpenedApart()
    {
        string path = _directory.Write("a", "1");

        using FileLease<Resource> cpu = Rent(path, "CPU");
        using FileLease<Resource> cuda = Rent(path, "CUDA");

        Assert.NotSame(cpu.Value, cuda.Value);
    }

    // Either one indicates a change: an editor may keep the length, a copy may keep the time.
    [Theory]
    [InlineData("2", 1)]
    [InlineData("12", 0)]
    public void ChangedFileIsOpenedAnewWhileTheOldOneIsStillUsed(string content, int secondsLater)
    {
        var written = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        string path = _directory.Write("a", "1");
        File.SetLastWriteTimeUtc(path, written);
        using FileLease<Resource> old = Rent(path);
        _directory.Write("a", content);
        File.SetLastWriteTimeUtc(path, written.AddSeconds(secondsLater));

        using FileLease<Resource> changed = Rent(path);

        Assert.NotSame(old.Value, changed.Value);
        Assert.False(old.Value.IsDisposed);
    }

    [Fact]
    public void UnusedFilesAreClosedByClearAndUsedOnesAreNot()
    {
        Resource idle;
        using (FileLease<Resource> lease = Rent(_directory.Write("a", "1")))
        {
            idle = lease.Value;
        }

        using FileLease<Resource> used = Rent(_directory.Write("b", "1"));
        Assert.False(idle.IsDisposed);

        _cache.Clear();

        Assert.True(idle.IsDisposed);
        Assert.False(used.Value.IsDisposed);
    }

    [Fact]
    public void ClearedFileIsClosedWhenItsLastLeaseEnds()
    {
        FileLease<Resource> lease = Rent(_directory.Write("a", "1"));
        _cache.Clear();
        Assert.False(lease.Value.IsDisposed);
        Assert.Equal(0, _cache.Count);

        lease.Dispose();

        Assert.True(lease.Value.IsDisposed);
    }

    [Fact]
    public void NothingLeaksWhereSomeOpensFail()
    {
        int opened = 0;
        int closed = 0;
        string path = _directory.Write("a", "1");
        using (var cache = new FileCache<Resource>(TimeSpan.FromHours(1)))
        {
            Parallel.For(0, 2_000, i =>
            {
                try
                {
                    using FileLease<Resource> lease = cache.Rent(
                        path,
                        string.Empty,
                        file => Interlocked.Increment(ref opened) % 3 == 0
                            ? throw new FormatException()
                            : new Resource(file, string.Empty, () => Interlocked.Increment(ref closed)));
                    Assert.False(lease.Value.IsDisposed);
                    if (i % 5 == 0)
                    {
                        cache.Clear();
                    }
                }
                catch (FormatException)
                {
                    // Every third attempt fails.
                }
            });
        }

        Assert.Equal(opened - (opened / 3), closed);
        _cache.Dispose();
        Assert.Throws<ObjectDisposedException>(() => Rent(path));
    }

    [Fact]
    public void LinkIsKnownByItsTarget()
    {
        string target = _directory.Write("target", "1");
        string link = _directory.File("link");
        File.CreateSymbolicLink(link, target);
        using FileLease<Resource> old = Rent(link);
        _directory.Write("target", "a longer one");

        using FileLease<Resource> changed = Rent(link);

        Assert.NotSame(old.Value, changed.Value);
    }

    [Fact]
    public void IdleFilesAreClosedAfterAWhile()
    {
        using var closed = new ManualResetEventSlim();
        using var cache = new FileCache<Resource>(TimeSpan.Zero);

        cache.Rent(_directory.Write("a", "1"), string.Empty, path => new Resource(path, string.Empty, closed.Set))
            .Dispose();

        Assert.True(closed.Wait(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void FailedOpenIsTriedAgain()
    {
        string path = _directory.Write("a", "1");

        Assert.Throws<FormatException>(() => _cache.Rent(path, string.Empty, _ => throw new FormatException()));

        using FileLease<Resource> lease = Rent(path);
        Assert.Equal(path, lease.Value.Path);
    }

    [Fact]
    public void MissingFileIsSaidToBeMissing() =>
        Assert.Throws<FileNotFoundException>(() => Rent(_directory.File("missing")));

    private FileLease<Resource> Rent(string path, string variant = "") =>
        _cache.Rent(path, variant, file => new Resource(file, variant));

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
