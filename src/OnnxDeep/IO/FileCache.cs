namespace OnnxDeep.IO;

/// <summary>
/// Shares objects opened from files between concurrent users, and keeps unused ones for a while. An object is used
/// again only while its paths lead to the content that it was opened from; objects that are no longer used, or are the
/// longest unused of too many, are disposed.
/// </summary>
/// <typeparam name="T">The type of the shared objects, which must be thread-safe.</typeparam>
/// <param name="idleTime">How long an unused entry is kept.</param>
/// <param name="files">The files that an object was opened from, identified by the handles it was read through.</param>
/// <param name="clock">The time; null for the system's.</param>
internal sealed class FileCache<T>(TimeSpan idleTime, Func<T, OpenedFiles> files, TimeProvider? clock = null)
    : IDisposable
    where T : class, IDisposable
{
    // To give less back to the system takes longer than it is worth.
    private const long LeastTrimmedBytes = 1 << 20;

    private readonly Lock _lock = new();
    private readonly Dictionary<(string Path, string Variant), Entry> _entries = [];
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private Timer? _timer;
    private CacheLimits _limits;
    private long _uses;
    private bool _isDisposed;

    /// <summary>Reads the limits, each time that a file is opened.</summary>
    public Func<CacheLimits> Limits { get; init; } = () => new CacheLimits(int.MaxValue, long.MaxValue);

    /// <summary>The memory that an object takes, in bytes.</summary>
    public Func<T, long> Size { get; init; } = _ => 0;

    /// <summary>
    /// Called after objects of some size were disposed to keep the limits, or because nobody used them for long.
    /// </summary>
    public Action? Trimmed { get; init; }

    /// <summary>The number of open entries, used or idle.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>Borrows the file's object, whose opening cannot be cancelled.</summary>
    /// <inheritdoc cref="Rent(string, string, Func{string, CancellationToken, T}, CancellationToken)"/>
    public FileLease<T> Rent(string path, string variant, Func<string, T> open) =>
        Rent(path, variant, (file, _) => open(file), CancellationToken.None);

    /// <summary>Borrows the file's object; dispose the lease to return it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="variant">A name for everything that distinguishes one way of opening the file from another.</param>
    /// <param name="open">Opens the file, given its full path, if its current content is not open yet.</param>
    /// <param name="cancellationToken">
    /// Ends the wait for the file to be opened, and the opening itself if nobody else waits for it.
    /// </param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="OnnxDeepException">The limits are not valid.</exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public FileLease<T> Rent(
        string path,
        string variant,
        Func<string, CancellationToken, T> open,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(open);
        path = Path.GetFullPath(path);
        CacheLimits limits = Limits();
        while (true)
        {
            Entry entry = Reserve((path, variant), open, out bool isNew);

            // Outside the lock: opening one file must not block the users of another.
            T value = entry.Value.IsValueCreated
                ? entry.Value.Value
                : Wait((path, variant), entry, cancellationToken);
            bool isCurrent = isNew || files(value).AreCurrent();
            if (!isCurrent || (isNew && !entry.IsSettled))
            {
                Forget((path, variant), entry);
            }

            if (isCurrent)
            {
                Trim(TakeExcess(limits));
                return new FileLease<T>(value, () => Return(entry));
            }

            Return(entry);
        }
    }

    /// <summary>Disposes everything that is not in use; the rest is disposed with its last lease.</summary>
    /// <returns>The number of objects that were disposed, and of those that were open and are in use.</returns>
    public (int Closed, int Used) Clear()
    {
        Entry[] idle;
        int used;
        lock (_lock)
        {
            foreach (Entry entry in _entries.Values)
            {
                entry.IsEvicted = true;
            }

            idle = [.. _entries.Values.Where(entry => entry.Users == 0)];
            used = _entries.Count - idle.Length;
            _entries.Clear();
        }

        Close(idle);
        return (idle.Length, used);
    }

    /// <summary>Clears the cache; nothing can be rented afterwards.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _isDisposed = true;
            _timer?.Dispose();
            _timer = null;
        }

        Clear();
    }

    private static void Close(IEnumerable<Entry> entries)
    {
        foreach (Entry entry in entries)
        {
            entry.Close();
        }
    }

    private Entry Reserve(
        (string Path, string Variant) key, Func<string, CancellationToken, T> open, out bool isNew)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            isNew = !_entries.TryGetValue(key, out Entry? entry);
            if (entry is null)
            {
                entry = new Entry(current => Open(current, key.Path, open));
                _entries.Add(key, entry);
            }

            entry.Users++;
            entry.LastUse = ++_uses;
            return entry;
        }
    }

    private T Get((string Path, string Variant) key, Entry entry)
    {
        try
        {
            return entry.Value.Value;
        }
        catch
        {
            // A lazy value keeps its exception, so the next caller needs a new entry to try again.
            Forget(key, entry);
            throw;
        }
    }

    private T Wait((string Path, string Variant) key, Entry entry, CancellationToken cancellationToken)
    {
        try
        {
            return Interruptible.Run(() => Get(key, entry), _ => CloseUnwanted(entry), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Abandon(key, entry);
            throw;
        }
    }

    private void Abandon((string Path, string Variant) key, Entry entry)
    {
        lock (_lock)
        {
            if (--entry.Users > 0)
            {
                return;
            }

            entry.IsEvicted = true;
            if (_entries.TryGetValue(key, out Entry? current) && current == entry)
            {
                _entries.Remove(key);
            }
        }

        entry.Stop.Cancel();
        if (entry.Value.IsValueCreated)
        {
            CloseUnwanted(entry);
        }
    }

    // A file that was opened after the last caller stopped waiting.
    private void CloseUnwanted(Entry entry)
    {
        bool isUnwanted;
        lock (_lock)
        {
            isUnwanted = entry.IsEvicted && entry.Users == 0;
        }

        if (isUnwanted)
        {
            entry.Close();
        }
    }

    private T Open(Entry entry, string path, Func<string, CancellationToken, T> open)
    {
        DateTimeOffset start = _clock.GetUtcNow();
        T value = open(path, entry.Stop.Token);
        entry.IsSettled = files(value).AreSettledAt(start);
        entry.Bytes = Size(value);
        return value;
    }

    // The entry's users keep it; the next caller opens the file again.
    private void Forget((string Path, string Variant) key, Entry entry)
    {
        lock (_lock)
        {
            entry.IsEvicted = true;
            if (_entries.TryGetValue(key, out Entry? current) && current == entry)
            {
                _entries.Remove(key);
            }
        }
    }

    private void Return(Entry entry)
    {
        Entry[] excess;
        lock (_lock)
        {
            if (--entry.Users > 0)
            {
                return;
            }

            if (entry.IsEvicted)
            {
                excess = [entry];
            }
            else
            {
                entry.IdleSince = Environment.TickCount64;
                entry.LastUse = ++_uses;
                _timer ??= new Timer(_ => Trim(), null, idleTime, Timeout.InfiniteTimeSpan);
                excess = TakeExcess(_limits);
            }
        }

        Trim(excess);
    }

    // Removes the longest unused entries until the others are within the limits. The last one may exceed the memory
    // alone, and is kept, because opening it again for each command would take much longer.
    private Entry[] TakeExcess(CacheLimits limits)
    {
        lock (_lock)
        {
            _limits = limits;
            int count = _entries.Count;
            long bytes = _entries.Values.Sum(entry => entry.Bytes);
            var excess = new List<Entry>();
            foreach (((string Path, string Variant) key, Entry entry) in
                _entries.OrderBy(pair => pair.Value.LastUse).TakeWhile(_ => IsExceeded()).ToArray())
            {
                if (IsExceeded() && entry.Users == 0 && (entry.LastUse < _uses || limits.Files == 0))
                {
                    _entries.Remove(key);
                    excess.Add(entry);
                    count--;
                    bytes -= entry.Bytes;
                }
            }

            return [.. excess];

            bool IsExceeded() => count > limits.Files || bytes > limits.Bytes;
        }
    }

    private void Trim()
    {
        Entry[] stale;
        lock (_lock)
        {
            _timer?.Dispose();
            _timer = null;
            long now = Environment.TickCount64;
            long keep = (long)idleTime.TotalMilliseconds;
            var idle = _entries.Where(pair => pair.Value.Users == 0).ToArray();
            stale = [.. idle.Where(pair => now - pair.Value.IdleSince >= keep).Select(pair => pair.Value)];
            foreach (((string Path, string Variant) key, Entry entry) in idle)
            {
                if (stale.Contains(entry))
                {
                    _entries.Remove(key);
                }
            }

            // Check again when the oldest remaining entry will have been idle long enough.
            if (!_isDisposed && idle.Length > stale.Length)
            {
                long oldest = idle.Where(pair => !stale.Contains(pair.Value)).Min(pair => pair.Value.IdleSince);
                _timer = new Timer(_ => Trim(), null, Math.Max(1, oldest + keep - now), Timeout.Infinite);
            }
        }

        Trim(stale);
    }

    private void Trim(Entry[] entries)
    {
        Close(entries);
        if (entries.Sum(entry => entry.Bytes) >= LeastTrimmedBytes)
        {
            Trimmed?.Invoke();
        }
    }

    private sealed class Entry
    {
        private int _isClosed;

        public Entry(Func<Entry, T> open) => Value = new Lazy<T>(() => open(this));

        public Lazy<T> Value { get; }

        /// <summary>Cancels the opening when nobody waits for it any longer.</summary>
        public CancellationTokenSource Stop { get; } = new();

        public int Users { get; set; }

        public long IdleSince { get; set; }

        /// <summary>The number of its last use, in the order of all uses.</summary>
        public long LastUse { get; set; }

        public long Bytes { get; set; }

        public bool IsEvicted { get; set; }

        /// <summary>Whether any later change of the files would show.</summary>
        public bool IsSettled { get; set; }

        /// <summary>Disposes the object; further calls do nothing.</summary>
        public void Close()
        {
            if (Interlocked.Exchange(ref _isClosed, 1) == 0)
            {
                Value.Value.Dispose();
                Stop.Dispose();
            }
        }
    }
}

/// <summary>The right to use a shared object until the lease is disposed.</summary>
/// <typeparam name="T">The type of the shared object.</typeparam>
internal sealed class FileLease<T> : IDisposable
{
    private Action? _release;

    internal FileLease(T value, Action release)
    {
        Value = value;
        _release = release;
    }

    /// <summary>The shared object; do not dispose it.</summary>
    public T Value { get; }

    /// <summary>Returns the object; further calls do nothing.</summary>
    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
