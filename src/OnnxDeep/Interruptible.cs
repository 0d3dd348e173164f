namespace OnnxDeep;

/// <summary>
/// Runs work that takes no token, such as the loading of a model by native code, so that the caller can stop waiting
/// for it.
/// </summary>
internal static class Interruptible
{
    // Native code may need more than the megabyte and a half of other threads.
    private const int StackBytes = 16 << 20;

    /// <summary>Runs the work, on a thread of its own if the token can be cancelled.</summary>
    /// <typeparam name="T">The type of the result.</typeparam>
    /// <param name="work">The work, which goes on after a cancellation.</param>
    /// <param name="discard">Receives the result of work that nobody waits for any longer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static T Run<T>(Func<T> work, Action<T> discard, CancellationToken cancellationToken)
    {
        if (!cancellationToken.CanBeCanceled)
        {
            return work();
        }

        cancellationToken.ThrowIfCancellationRequested();
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => Complete(result, work), StackBytes) { IsBackground = true }.Start();
        try
        {
            Task.WaitAny([result.Task], cancellationToken);
        }
        catch (OperationCanceledException)
        {
            _ = result.Task.ContinueWith(
                task => discard(task.Result),
                CancellationToken.None,
                TaskContinuationOptions.OnlyOnRanToCompletion,
                TaskScheduler.Default);
            throw;
        }

        return result.Task.GetAwaiter().GetResult();
    }

    private static void Complete<T>(TaskCompletionSource<T> result, Func<T> work)
    {
        try
        {
            result.SetResult(work());
        }
        catch (Exception e)
        {
            result.SetException(e);
        }
    }
}
