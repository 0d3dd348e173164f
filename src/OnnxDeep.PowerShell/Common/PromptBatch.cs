namespace OnnxDeep.PowerShell.Common;

/// <summary>
/// Collects items that a model answers together. Items that come slowly are answered at once, so that a slow pipeline
/// returns its first answers while it still produces items.
/// </summary>
/// <typeparam name="T">The type of an item.</typeparam>
/// <param name="size">The number of items that the model takes at once.</param>
/// <param name="answer">Answers the items, at least one.</param>
internal sealed class PromptBatch<T>(int size, Action<IReadOnlyList<T>> answer)
{
    private const long LongestWaitMilliseconds = 50;

    private readonly List<T> _items = [];
    private long _lastAnswer;

    /// <summary>Adds an item, and answers all if there are enough or the last answer was long ago.</summary>
    public void Add(T item)
    {
        _items.Add(item);
        if (_items.Count >= size || Environment.TickCount64 - _lastAnswer > LongestWaitMilliseconds)
        {
            Flush();
        }
    }

    /// <summary>Answers the items that wait.</summary>
    public void Flush()
    {
        if (_items.Count == 0)
        {
            return;
        }

        try
        {
            answer(_items);
        }
        finally
        {
            _items.Clear();
            _lastAnswer = Environment.TickCount64;
        }
    }
}
