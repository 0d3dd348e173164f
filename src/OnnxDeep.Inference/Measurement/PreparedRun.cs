using Microsoft.ML.OnnxRuntime;

namespace OnnxDeep.Inference;

/// <summary>A run whose inputs stay the same, made ready once, so that repeating it costs nothing but the run.</summary>
internal abstract class PreparedRun : IDisposable
{
    /// <summary>Runs.</summary>
    public abstract void Run(RunOptions options);

    /// <inheritdoc/>
    public abstract void Dispose();
}
