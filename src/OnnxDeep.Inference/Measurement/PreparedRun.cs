using Microsoft.ML.OnnxRuntime;

using OnnxDeep.Inference.Values;

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

/// <summary>A run with values in the processor's memory; the runtime makes the outputs anew each time.</summary>
/// <param name="session">The model.</param>
/// <param name="inputs">Taken over.</param>
internal sealed class ValueRun(InferenceSession session, OrtInputs inputs) : PreparedRun
{
    private readonly string[] _outputs = [.. session.OutputNames];

    /// <inheritdoc/>
    public override void Run(RunOptions options) =>
        session.Run(options, inputs.Names, inputs.Values, _outputs).Dispose();

    /// <inheritdoc/>
    public override void Dispose() => inputs.Dispose();
}
