using System.Globalization;

namespace OnnxDeep.IO;

/// <summary>
/// Shares what was opened from a file between all who use it at the same time, and keeps it a while for the next one.
/// A file that has changed (write time or length) is opened anew; what nobody uses any more is disposed.
/// </summary>
/// <typeparam name="T">What a file becomes; it must be safe for any number of threads.</typeparam>
/// <param name="open">Opens a full path with a variant, such as the execution provider.</param>
/// <param name="idleTime">How long an unused entry is kept.</param>
public sealed class FileCache<T>(Func<string, string, T> open, TimeSpan idleTime) : IDisposable
    where T : class, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Entry> _entries = new(StringComparer.Ordinal);
    private Timer? _timer;

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
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public FileLease<T> Rent(string path, string variant = "")
    {
        path = Path.GetFullPath(path);
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            throw new FileNotFoundException($"There is no file '{path}'.", path);
        }

        string key = string.Create(
            CultureInfo.InvariantCulture, $"{path}|{variant}|{file.LastWriteTimeUtc.Ticks}|{file.Length}");
        Entry entry;
        lock (_lock)
        {
            if (!_entries.TryGetValue(key, out entry!))
            {
                entry = new Entry(new Lazy<T>(() => open(path, variant)));
                _entries.Add(key, entry);
            }

            entry.Users++;
        }

        try
        {
            // Outside the lock: opening one file must not hold up the users of another.
            return new FileLease<T>(entry.Value.Value, () => Return(key, entry));
        }
        catch
        {
            // A lazy value keeps its exception; the next caller shall try again.
            lock (_lock)
            {
                _entries.Remove(key);
            }

            throw;
        }
    }

    /// <summary>Disposes everything that nobody uses; the rest goes when its last lease does.</summary>
    public void Clear() => Trim(TimeSpan.Zero);

    /// <summary>The same as <see cref="Clear"/>, and no more clean-up later.</summary>
    public void Dispose()
    {
        Clear();
        _timer?.Dispose();
    }

    private void Return(string key, Entry entry)
    {
        lock (_lock)
        {
            entry.Users--;
            entry.IdleSince = Environment.TickCount64;
            _timer ??= new Timer(_ => Trim(idleTime), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            _timer.Change(idleTime, Timeout.InfiniteTimeSpan);
            if (!_entries.ContainsKey(key) && entry.Users == 0)
            {
                entry.Value.Value.Dispose();
            }
        }
    }

    private void Trim(TimeSpan age)
    {
        lock (_lock)
        {
            long newest = Environment.TickCount64 - (long)age.TotalMilliseconds;
            foreach ((string key, Entry entry) in _entries.ToArray())
            {
                if (entry.Users == 0 && entry.IdleSince <= newest)
                {
                    _entries.Remove(key);
                    entry.Value.Value.Dispose();
                }
            }
        }
    }

    private sealed class Entry(Lazy<T> value)
    {
        public Lazy<T> Value { get; } = value;

        public int Users { get; set; }

        public long IdleSince { get; set; }
    }
}
