using Microsoft.ML.OnnxRuntime;

namespace OnnxDeep.Inference.Measurement;

/// <summary>
/// A run whose inputs stay the same, made ready once, so that repeating it costs nothing but the run.
/// </summary>
internal abstract class PreparedRun : IDisposable
{
    /// <summary>The runs, the very first among them, after which all others are alike.</summary>
    public virtual int LeastWarmUpRuns => 1;

    /// <summary>Runs for the first time.</summary>
    public virtual void RunFirst(RunOptions options) => Run(options);

    /// <summary>Runs.</summary>
    public abstract void Run(RunOptions options);

    /// <inheritdoc/>
    public abstract void Dispose();
}
