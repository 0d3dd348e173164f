namespace OnnxDeep.IO;

/// <summary>
/// Shares objects opened from files between concurrent users, and keeps unused ones for a while. An object is used
/// again only while its paths lead to the content that it was opened from; objects that are no longer used are
/// disposed.
/// </summary>
/// <typeparam name="T">The type of the shared objects, which must be thread-safe.</typeparam>
/// <param name="idleTime">How long an unused entry is kept.</param>
/// <param name="files">The files that an object was opened from, identified by the handles it was read through.</param>
/// <param name="clock">The time; null for the system's.</param>
internal sealed class FileCache<T>(TimeSpan idleTime, Func<T, OpenedFiles> files, TimeProvider? clock = null)
    : IDisposable
    where T : class, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<(string Path, string Variant), Entry> _entries = [];
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private Timer? _timer;
    private bool _isDisposed;

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

    /// <summary>Borrows the file's object; dispose the lease to return it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="variant">A name for everything that distinguishes one way of opening the file from another.</param>
    /// <param name="open">Opens the file, given its full path, if its current content is not open yet.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    public FileLease<T> Rent(string path, string variant, Func<string, T> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        path = Path.GetFullPath(path);
        while (true)
        {
            Entry entry = Reserve((path, variant), open, out bool isNew);
            T value;
            try
            {
                // Outside the lock: opening one file must not block the users of another.
                value = entry.Value.Value;
            }
            catch
            {
                // A lazy value keeps its exception, so the next caller needs a new entry to try again.
                Forget((path, variant), entry);
                throw;
            }

            bool isCurrent = isNew || files(value).AreCurrent();
            if (!isCurrent || (isNew && !entry.IsSettled))
            {
                Forget((path, variant), entry);
            }

            if (isCurrent)
            {
                return new FileLease<T>(value, () => Return(entry));
            }

            Return(entry);
        }
    }

    /// <summary>Disposes everything that is not in use; the rest is disposed with its last lease.</summary>
    public void Clear()
    {
        Entry[] idle;
        lock (_lock)
        {
            foreach (Entry entry in _entries.Values)
            {
                entry.IsEvicted = true;
            }

            idle = [.. _entries.Values.Where(entry => entry.Users == 0)];
            _entries.Clear();
        }

        Close(idle);
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
            entry.Value.Value.Dispose();
        }
    }

    private Entry Reserve((string Path, string Variant) key, Func<string, T> open, out bool isNew)
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
            return entry;
        }
    }

    private T Open(Entry entry, string path, Func<string, T> open)
    {
        DateTimeOffset start = _clock.GetUtcNow();
        T value = open(path);
        entry.IsSettled = files(value).AreSettledAt(start);
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
        lock (_lock)
        {
            if (--entry.Users > 0)
            {
                return;
            }

            if (!entry.IsEvicted)
            {
                entry.IdleSince = Environment.TickCount64;
                _timer ??= new Timer(_ => Trim(), null, idleTime, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        Close([entry]);
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

        Close(stale);
    }

    private sealed class Entry
    {
        public Entry(Func<Entry, T> open) => Value = new Lazy<T>(() => open(this));

        public Lazy<T> Value { get; }

        public int Users { get; set; }

        public long IdleSince { get; set; }

        public bool IsEvicted { get; set; }

        /// <summary>Whether any later change of the files would show.</summary>
        public bool IsSettled { get; set; }
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
