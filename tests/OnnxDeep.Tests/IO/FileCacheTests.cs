using OnnxDeep.IO;

namespace OnnxDeep.Tests.IO;

public sealed class FileCacheTests : IDisposable
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _directory = new();
    private int _replaced;
    private readonly FileCache<Resource> _cache = Create(TimeSpan.FromHours(1));

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
    public async Task OpeningIsCancelledOnceNobodyWaitsForIt()
    {
        string path = _directory.Write("a", "1");
        using var stop = new CancellationTokenSource();
        var opening = new TaskCompletionSource<CancellationToken>(TaskCreationOptions.RunContinuationsAsynchronously);
        Task waiting = Task.Run(() => _cache.Rent(path, string.Empty, Open, stop.Token));
        CancellationToken token = await opening.Task.WaitAsync(s_longest);
        Assert.False(token.IsCancellationRequested);

        await stop.CancelAsync();

        await Assert.ThrowsAsync<OperationCanceledException>(() => waiting.WaitAsync(s_longest));
        Assert.True(token.IsCancellationRequested);
        Assert.Equal(0, _cache.Count);
        using FileLease<Resource> next = Rent(path);
        Assert.False(next.Value.IsDisposed);

        Resource Open(string file, CancellationToken cancelled)
        {
            opening.SetResult(cancelled);
            cancelled.WaitHandle.WaitOne(s_longest);
            cancelled.ThrowIfCancellationRequested();
            return new Resource(file);
        }
    }

    [Fact]
    public async Task FileThatIsOpenedAfterAllIsClosed()
    {
        string path = _directory.Write("a", "1");
        using var stop = new CancellationTokenSource();
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);

        Assert.Throws<OperationCanceledException>(() => _cache.Rent(path, string.Empty, Open, stop.Token));

        await closed.Task.WaitAsync(s_longest);

        Resource Open(string file, CancellationToken cancelled)
        {
            stop.Cancel();
            cancelled.WaitHandle.WaitOne(s_longest);
            return new Resource(file) { OnDispose = closed.SetResult };
        }
    }

    [Fact]
    public void AnotherVariantIsOpenedApart()
    {
        string path = _directory.Write("a", "1");

        using FileLease<Resource> cpu = Rent(path, "CPU");
        using FileLease<Resource> cuda = Rent(path, "CUDA");

        Assert.NotSame(cpu.Value, cuda.Value);
    }

    // Even if neither the length nor the write time shows it.
    [Theory]
    [InlineData("2", 1, false)]
    [InlineData("12", 0, false)]
    [InlineData("2", 0, false)]
    [InlineData("2", 0, true)]
    public void ChangedFileIsOpenedAgainWhileTheOldOneIsStillUsed(string content, int secondsLater, bool isReplaced)
    {
        var written = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        string path = _directory.Write("a", "1");
        File.SetLastWriteTimeUtc(path, written);
        using var cache = new FileCache<Resource>(TimeSpan.FromHours(1), resource => resource.Files);
        using FileLease<Resource> old = cache.Rent(path, string.Empty, file => new Resource(file));
        string changing = _directory.Write(isReplaced ? "b" : "a", content);
        File.SetLastWriteTimeUtc(changing, written.AddSeconds(secondsLater));
        File.Move(changing, path, overwrite: true);

        using FileLease<Resource> changed = cache.Rent(path, string.Empty, file => new Resource(file));

        Assert.NotSame(old.Value, changed.Value);
        Assert.Equal(content, changed.Value.Content);
        Assert.False(old.Value.IsDisposed);
    }

    // The rename comes between the look at the path and the opening of the file.
    [Fact]
    public void FileThatTakesTheNameWhileItIsOpenedIsNotTakenForTheOneBefore()
    {
        var written = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        string path = _directory.Write("a", "1");
        File.SetLastWriteTimeUtc(path, written);
        _cache.Rent(path, string.Empty, file =>
        {
            Replace(path, "2", written);
            return new Resource(file);
        }).Dispose();

        using (FileLease<Resource> same = Rent(path))
        {
            Assert.Equal("2", same.Value.Content);
        }

        Replace(path, "1", written);
        using FileLease<Resource> back = Rent(path);
        Assert.Equal("1", back.Value.Content);
    }

    [Fact]
    public void RenamesBetweenAndDuringOpensNeverGiveTheContentOfAnotherTime()
    {
        var written = new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        string path = _directory.Write("a", "0");
        for (int i = 0; i < 600; i++)
        {
            int round = i;
            if (i % 3 != 0)
            {
                Replace(path, $"{i}", written);
            }

            _cache.Rent(path, string.Empty, file =>
            {
                if (round % 2 == 0)
                {
                    Replace(path, $"{round}", written);
                }

                var resource = new Resource(file);
                if (round % 5 == 0)
                {
                    Replace(path, $"{round}", written);
                }

                return resource;
            }).Dispose();
            using FileLease<Resource> lease = Rent(path);
            Assert.Equal(File.ReadAllText(path), lease.Value.Content);
        }
    }

    // Two changes within one tick of the file system's clock look the same.
    [Fact]
    public void FileThatWasJustWrittenIsOpenedAgain()
    {
        string path = _directory.Write("a", "1");
        var clock = new Clock(DateTimeOffset.UtcNow);
        using var cache = new FileCache<Resource>(TimeSpan.FromHours(1), resource => resource.Files, clock);

        using FileLease<Resource> first = cache.Rent(path, string.Empty, file => new Resource(file));
        clock.Now = DateTimeOffset.UtcNow.AddHours(1);
        using FileLease<Resource> second = cache.Rent(path, string.Empty, file => new Resource(file));
        using FileLease<Resource> third = cache.Rent(path, string.Empty, file => new Resource(file));

        Assert.NotSame(first.Value, second.Value);
        Assert.Same(second.Value, third.Value);
    }

    [Fact]
    public void ChangedFileThatBelongsToTheMainOneIsNoticed()
    {
        string path = _directory.Write("a", "1");
        string part = _directory.Write("part", "1");
        FileLease<Resource> RentBoth() => _cache.Rent(path, string.Empty, file => new Resource(file, part));
        using FileLease<Resource> first = RentBoth();
        using FileLease<Resource> second = RentBoth();
        Replace(part, "2", File.GetLastWriteTimeUtc(part));

        using FileLease<Resource> third = RentBoth();

        Assert.Same(first.Value, second.Value);
        Assert.NotSame(second.Value, third.Value);
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
        using (var cache = Create(TimeSpan.FromHours(1)))
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
                            : new Resource(file) { OnDispose = () => Interlocked.Increment(ref closed) });
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
        using var cache = Create(TimeSpan.Zero);

        cache.Rent(_directory.Write("a", "1"), string.Empty, path => new Resource(path) { OnDispose = closed.Set })
            .Dispose();

        Assert.True(closed.Wait(TimeSpan.FromMinutes(1), TestContext.Current.CancellationToken));
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void LongestUnusedFilesAreClosedFirst()
    {
        using FileCache<Resource> cache = Create(new CacheLimits(2, long.MaxValue));
        Resource a = Use(cache, "a");
        Resource b = Use(cache, "b");
        Use(cache, "a");

        Resource c = Use(cache, "c");

        Assert.Equal((false, true, false), (a.IsDisposed, b.IsDisposed, c.IsDisposed));
        Assert.Equal(2, cache.Count);
    }

    [Fact]
    public void FilesInUseAreNotClosedByALimit()
    {
        using FileCache<Resource> cache = Create(new CacheLimits(1, 0));
        using FileLease<Resource> first = cache.Rent(_directory.Write("a", "1"), string.Empty, Open);
        using (FileLease<Resource> second = cache.Rent(_directory.Write("b", "1"), string.Empty, Open))
        {
            Assert.Equal((false, false), (first.Value.IsDisposed, second.Value.IsDisposed));
        }

        Resource third = Use(cache, "c");
        Assert.Equal((false, false), (first.Value.IsDisposed, third.IsDisposed));
        first.Dispose();
        Assert.Equal((false, true), (first.Value.IsDisposed, third.IsDisposed));
    }

    [Fact]
    public void MemoryIsLimitedButTheLastFileStaysOpen()
    {
        using FileCache<Resource> cache = Create(new CacheLimits(100, 10));
        Resource[] small = [.. Enumerable.Range(0, 4).Select(i => Use(cache, $"{i}", "1234"))];
        Assert.Equal([true, true, false, false], small.Select(resource => resource.IsDisposed));

        Resource large = Use(cache, "large", "a long content");

        Assert.All(small, resource => Assert.True(resource.IsDisposed));
        Assert.False(large.IsDisposed);
    }

    [Fact]
    public void LimitOfNoFilesClosesEachAfterItsUse()
    {
        using FileCache<Resource> cache = Create(new CacheLimits(0, long.MaxValue));

        Assert.True(Use(cache, "a").IsDisposed);
        Assert.Equal(0, cache.Count);
    }

    [Fact]
    public void LimitedCacheNeverClosesWhatParallelUsersHold()
    {
        int open = 0;
        string[] paths = [.. Enumerable.Range(0, 8).Select(i => _directory.Write($"{i}", "1"))];
        using (FileCache<Resource> cache = Create(new CacheLimits(3, long.MaxValue)))
        {
            Parallel.For(0, 2_000, i =>
            {
                using FileLease<Resource> lease = cache.Rent(paths[i * 5 % 8], string.Empty, path =>
                {
                    Interlocked.Increment(ref open);
                    return new Resource(path) { OnDispose = () => Interlocked.Decrement(ref open) };
                });
                Assert.False(lease.Value.IsDisposed);
            });
            Assert.Equal(cache.Count, open);
            Assert.InRange(open, 1, 3);
        }

        Assert.Equal(0, open);
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

    // By a clock that is ahead, so that files written by the test are old.
    private static FileCache<Resource> Create(TimeSpan idleTime) =>
        new(idleTime, resource => resource.Files, new Clock(DateTimeOffset.UtcNow.AddHours(1)));

    private static FileCache<Resource> Create(CacheLimits limits) =>
        new(TimeSpan.FromHours(1), resource => resource.Files, new Clock(DateTimeOffset.UtcNow.AddHours(1)))
        {
            Limits = () => limits, Size = resource => resource.Content.Length,
        };

    private static Resource Open(string path) => new(path);

    private Resource Use(FileCache<Resource> cache, string name, string content = "1")
    {
        string path = _directory.File(name);
        if (!File.Exists(path))
        {
            _directory.Write(name, content);
        }

        using FileLease<Resource> lease = cache.Rent(path, string.Empty, Open);
        return lease.Value;
    }

    private void Replace(string path, string content, DateTime written)
    {
        string other = _directory.Write("other", content);
        File.SetLastWriteTimeUtc(other, written);

        // The file before is kept, because a new one might get the number of a deleted one.
        File.Move(path, _directory.File($"before{_replaced++}"));
        File.Move(other, path);
    }

    private FileLease<Resource> Rent(string path, string variant = "") =>
        _cache.Rent(path, variant, file => new Resource(file));

    private sealed class Clock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }

    private sealed class Resource : IDisposable
    {
        public Resource(string path, params string[] parts)
        {
            Path = path;
            using FileStream stream = File.OpenRead(path);
            Files = OpenedFiles.Of(path, stream).With(parts);
            using var reader = new StreamReader(stream);
            Content = reader.ReadToEnd();
        }

        public string Path { get; }

        public OpenedFiles Files { get; }

        public string Content { get; }

        public Action? OnDispose { get; init; }

        public bool IsDisposed { get; private set; }

        public void Dispose()
        {
            IsDisposed = true;
            OnDispose?.Invoke();
        }
    }
}
