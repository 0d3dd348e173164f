namespace OnnxDeep.IO;

/// <summary>An object that a <see cref="FileCache{T}"/> opens and shares; the cache's lock guards its state.</summary>
/// <remarks>Fields, because a process compiles each property before it classifies its first word.</remarks>
/// <typeparam name="T">The type of the object.</typeparam>
internal sealed class CachedFile<T> : IDisposable
    where T : class, IDisposable
{
    /// <summary>The name in the cache.</summary>
    public readonly string Key;

    /// <summary>The number of leases, and of callers that wait for one.</summary>
    public int Users;

    /// <summary>When the last lease was returned, in milliseconds of the system's clock.</summary>
    public long IdleSince;

    /// <summary>The number of its last use, in the order of all uses.</summary>
    public long LastUse;

    /// <summary>The memory that it takes.</summary>
    public long Bytes;

    /// <summary>Whether the cache has removed it, so that the last user closes it.</summary>
    public bool IsEvicted;

    /// <summary>Whether any later change of the files would show.</summary>
    public bool IsSettled;

    private readonly CancellationTokenSource _stop = new();
    private readonly Lazy<T> _value;
    private int _isClosed;

    /// <summary>Creates an object that is not open yet.</summary>
    /// <param name="key">Its name in the cache.</param>
    /// <param name="open">Opens it, unless the token is cancelled.</param>
    public CachedFile(string key, Func<CachedFile<T>, CancellationToken, T> open)
    {
        Key = key;
        _value = new Lazy<T>(() => open(this, _stop.Token));
    }

    /// <summary>Whether the object is open.</summary>
    public bool IsOpen => _value.IsValueCreated;

    /// <summary>The object; the first caller opens it, and others wait meanwhile.</summary>
    public T Value => _value.Value;

    /// <summary>Cancels the opening when nobody waits for it any longer.</summary>
    public void Stop() => _stop.Cancel();

    /// <summary>Disposes the object; further calls do nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _isClosed, 1) == 0)
        {
            Value.Dispose();
            _stop.Dispose();
        }
    }
}

/// <summary>The right to use a shared object until the lease is disposed.</summary>
/// <typeparam name="T">The type of the shared object.</typeparam>
internal sealed class FileLease<T> : IDisposable
    where T : class, IDisposable
{
    private readonly FileCache<T> _cache;
    private CachedFile<T>? _file;

    /// <summary>Creates a lease, whose user the cache has already counted.</summary>
    internal FileLease(FileCache<T> cache, CachedFile<T> file)
    {
        _cache = cache;
        _file = file;
        Value = file.Value;
    }

    /// <summary>The shared object; do not dispose it.</summary>
    public T Value { get; }

    /// <summary>Returns the object; further calls do nothing.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _file, null) is CachedFile<T> file)
        {
            _cache.Return(file);
        }
    }
}
