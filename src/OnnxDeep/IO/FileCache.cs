using System.Globalization;

namespace OnnxDeep.IO;

/// <summary>
/// Shares what was opened from a file between all who use it at the same time, and keeps it a while for the next one.
/// A file that has changed (write time or length) is opened anew; what nobody uses any more is disposed.
/// </summary>
/// <typeparam name="T">What a file becomes; it must be safe for any number of threads.</typeparam>
/// <param name="idleTime">How long an unused entry is kept.</param>
internal sealed class FileCache<T>(TimeSpan idleTime) : IDisposable
    where T : class, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private Timer? _timer;
    private bool _isDisposed;

    /// <summary>The entries that are open now, used or idle.</summary>
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

    /// <summary>Borrows the file's object; dispose the lease to give it back.</summary>
    /// <param name="path">The file.</param>
    /// <param name="variant">A name for everything that distinguishes one way to open the file from another.</param>
    /// <param name="open">Opens the full path in that way, if it is not open yet.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public FileLease<T> Rent(string path, string variant, Func<string, T> open)
    {
        ArgumentNullException.ThrowIfNull(open);
        path = Path.GetFullPath(path);
        FileInfo file = FileTarget.Find(path);
        string key = string.Create(
            CultureInfo.InvariantCulture, $"{path}|{variant}|{file.LastWriteTimeUtc.Ticks}|{file.Length}");
        Entry entry;
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            if (!_entries.TryGetValue(key, out entry!))
            {
                entry = new Entry(new Lazy<T>(() => open(path)));
                _entries.Add(key, entry);
            }

            entry.Users++;
        }

        try
        {
            // Outside the lock: opening one file must not hold up the users of another.
            return new FileLease<T>(entry.Value.Value, () => Return(entry));
        }
        catch
        {
            // A lazy value keeps its exception; the next caller shall try again, with an entry of its own.
            lock (_lock)
            {
                if (_entries.TryGetValue(key, out Entry? current) && current == entry)
                {
                    _entries.Remove(key);
                }
            }

            throw;
        }
    }

    /// <summary>Disposes everything that nobody uses; the rest goes when its last lease does.</summary>
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

    /// <summary>The same as <see cref="Clear"/>, and nothing can be rented any more.</summary>
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
            KeyValuePair<string, Entry>[] idle = [.. _entries.Where(pair => pair.Value.Users == 0)];
            stale = [.. idle.Where(pair => now - pair.Value.IdleSince >= keep).Select(pair => pair.Value)];
            foreach ((string key, Entry entry) in idle)
            {
                if (stale.Contains(entry))
                {
                    _entries.Remove(key);
                }
            }

            // The next look is when the oldest of the others will have been idle long enough.
            if (!_isDisposed && idle.Length > stale.Length)
            {
                long oldest = idle.Where(pair => !stale.Contains(pair.Value)).Min(pair => pair.Value.IdleSince);
                _timer = new Timer(_ => Trim(), null, Math.Max(1, oldest + keep - now), Timeout.Infinite);
            }
        }

        Close(stale);
    }

    private sealed class Entry(Lazy<T> value)
    {
        public Lazy<T> Value { get; } = value;

        public int Users { get; set; }

        public long IdleSince { get; set; }

        public bool IsEvicted { get; set; }
    }
}

/// <summary>The right to use a shared object until the lease is disposed.</summary>
/// <typeparam name="T">What is shared.</typeparam>
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

    /// <summary>Gives it back; a second call does nothing.</summary>
    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
