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
internal sealed partial class FileCache<T>(TimeSpan idleTime, Func<T, OpenedFiles> files, TimeProvider? clock = null)
    : IDisposable
    where T : class, IDisposable
{
    private readonly Lock _lock = new();
    private readonly Dictionary<string, CachedFile<T>> _files = new(StringComparer.Ordinal);
    private readonly TimeProvider _clock = clock ?? TimeProvider.System;
    private long _uses;
    private bool _isDisposed;

    /// <summary>Reads the limits, each time that a file is rented.</summary>
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
                return _files.Count;
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

        // No path contains this character.
        string key = $"{path}\0{variant}";
        CacheLimits limits = Limits();
        while (true)
        {
            CachedFile<T> file = Reserve(key, path, open, out bool isNew);

            // Outside the lock: opening one file must not block the users of another.
            T value = file.IsOpen ? file.Value : Wait(file, cancellationToken);
            bool isCurrent = isNew || files(value).AreCurrent();
            if (!isCurrent || (isNew && !file.IsSettled))
            {
                Forget(file);
            }

            if (isCurrent)
            {
                Trim(TakeExcess(limits));
                return new FileLease<T>(this, file);
            }

            Return(file);
        }
    }

    /// <summary>Disposes everything that is not in use; the rest is disposed with its last lease.</summary>
    /// <returns>The number of objects that were disposed, and of those that were open and are in use.</returns>
    public (int Closed, int Used) Clear()
    {
        CachedFile<T>[] idle;
        int used;
        lock (_lock)
        {
            foreach (CachedFile<T> file in _files.Values)
            {
                file.IsEvicted = true;
            }

            idle = [.. _files.Values.Where(file => file.Users == 0)];
            used = _files.Count - idle.Length;
            _files.Clear();
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

    /// <summary>Takes back what a lease lent, which calls this once.</summary>
    internal void Return(CachedFile<T> file)
    {
        CachedFile<T>[] excess;
        lock (_lock)
        {
            if (--file.Users > 0)
            {
                return;
            }

            if (file.IsEvicted)
            {
                excess = [file];
            }
            else
            {
                file.IdleSince = Environment.TickCount64;
                file.LastUse = ++_uses;
                _timer ??= CreateTimer(idleTime);
                excess = TakeExcess(_limits);
            }
        }

        Trim(excess);
    }

    private CachedFile<T> Reserve(
        string key, string path, Func<string, CancellationToken, T> open, out bool isNew)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            isNew = !_files.TryGetValue(key, out CachedFile<T>? file);
            if (file is null)
            {
                file = Create(key, path, open);
                _files.Add(key, file);
            }

            file.Users++;
            file.LastUse = ++_uses;
            return file;
        }
    }

    private CachedFile<T> Create(string key, string path, Func<string, CancellationToken, T> open) => new(
        key,
        (file, stop) =>
        {
            DateTimeOffset start = _clock.GetUtcNow();
            T value = open(path, stop);
            file.IsSettled = files(value).AreSettledAt(start);
            file.Bytes = Size(value);
            return value;
        });

    private T Get(CachedFile<T> file)
    {
        try
        {
            return file.Value;
        }
        catch
        {
            // A lazy value keeps its exception, so the next caller needs a new entry to try again.
            Forget(file);
            throw;
        }
    }

    private T Wait(CachedFile<T> file, CancellationToken cancellationToken)
    {
        try
        {
            return Interruptible.Run(() => Get(file), _ => CloseUnwanted(file), cancellationToken);
        }
        catch (OperationCanceledException)
        {
            Abandon(file);
            throw;
        }
    }

    private void Abandon(CachedFile<T> file)
    {
        lock (_lock)
        {
            if (--file.Users > 0)
            {
                return;
            }

            Forget(file);
        }

        file.Stop();
        if (file.IsOpen)
        {
            CloseUnwanted(file);
        }
    }

    // A file that was opened after the last caller stopped waiting.
    private void CloseUnwanted(CachedFile<T> file)
    {
        bool isUnwanted;
        lock (_lock)
        {
            isUnwanted = file.IsEvicted && file.Users == 0;
        }

        if (isUnwanted)
        {
            file.Dispose();
        }
    }

    // The file's users keep it; the next caller opens it again.
    private void Forget(CachedFile<T> file)
    {
        lock (_lock)
        {
            file.IsEvicted = true;
            if (_files.TryGetValue(file.Key, out CachedFile<T>? current) && current == file)
            {
                _files.Remove(file.Key);
            }
        }
    }
}
