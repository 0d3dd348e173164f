namespace OnnxDeep.IO;

/// <content>Which objects are closed before their time, and when the others are.</content>
internal sealed partial class FileCache<T>
{
    // To give less back to the system takes longer than it is worth.
    private const long LeastTrimmedBytes = 1 << 20;

    private Timer? _timer;
    private CacheLimits _limits;

    private static void Close(CachedFile<T>[] unneeded)
    {
        foreach (CachedFile<T> file in unneeded)
        {
            file.Dispose();
        }
    }

    private Timer CreateTimer(TimeSpan wait) => new(_ => TrimIdle(), null, wait, Timeout.InfiniteTimeSpan);

    // Removes the longest unused files until the others are within the limits. The last one may exceed the memory
    // alone, and is kept, because opening it again for each command would take much longer.
    private CachedFile<T>[] TakeExcess(CacheLimits limits)
    {
        lock (_lock)
        {
            _limits = limits;
            int count = _files.Count;
            long bytes = 0;
            foreach (CachedFile<T> file in _files.Values)
            {
                bytes += file.Bytes;
            }

            return count > limits.Files || bytes > limits.Bytes ? TakeOldest(limits, count, bytes) : [];
        }
    }

    private CachedFile<T>[] TakeOldest(CacheLimits limits, int count, long bytes)
    {
        var excess = new List<CachedFile<T>>();
        foreach (CachedFile<T> file in _files.Values.OrderBy(file => file.LastUse).ToArray())
        {
            if ((count > limits.Files || bytes > limits.Bytes)
                && file.Users == 0
                && (file.LastUse < _uses || limits.Files == 0))
            {
                _files.Remove(file.Key);
                excess.Add(file);
                count--;
                bytes -= file.Bytes;
            }
        }

        return [.. excess];
    }

    private void TrimIdle()
    {
        CachedFile<T>[] stale;
        lock (_lock)
        {
            _timer?.Dispose();
            _timer = null;
            long now = Environment.TickCount64;
            long keep = (long)idleTime.TotalMilliseconds;
            CachedFile<T>[] idle = [.. _files.Values.Where(file => file.Users == 0).OrderBy(file => file.IdleSince)];
            stale = [.. idle.TakeWhile(file => now - file.IdleSince >= keep)];
            foreach (CachedFile<T> file in stale)
            {
                _files.Remove(file.Key);
            }

            // Check again when the oldest remaining one will have been idle long enough.
            if (!_isDisposed && idle.Length > stale.Length)
            {
                long wait = idle[stale.Length].IdleSince + keep - now;
                _timer = CreateTimer(TimeSpan.FromMilliseconds(Math.Max(1, wait)));
            }
        }

        Trim(stale);
    }

    private void Trim(CachedFile<T>[] unneeded)
    {
        Close(unneeded);
        if (unneeded.Length > 0 && unneeded.Sum(file => file.Bytes) >= LeastTrimmedBytes)
        {
            Trimmed?.Invoke();
        }
    }
}
