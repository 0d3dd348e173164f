namespace OnnxDeep.IO;

/// <summary>The right to use a shared object until the lease is disposed.</summary>
/// <typeparam name="T">What is shared.</typeparam>
public sealed class FileLease<T> : IDisposable
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
