using Microsoft.ML.OnnxRuntime;

using OnnxDeep.Inference.Values;

namespace OnnxDeep.Inference.Measurement;

/// <summary>A run with fixed inputs that is prepared once, so repeating it costs only the run itself.</summary>
internal abstract class PreparedRun : IDisposable
{
    /// <summary>The number of runs, including the very first, after which all further runs behave the same.</summary>
    public virtual int LeastWarmUpRuns => 1;

    /// <summary>Runs for the first time.</summary>
    public virtual void RunFirst(RunOptions options) => Run(options);

    /// <summary>Runs.</summary>
    public abstract void Run(RunOptions options);

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>A run with values in CPU memory; the runtime allocates new outputs each time.</summary>
/// <param name="session">The model.</param>
/// <param name="inputs">The inputs, which this object then owns.</param>
internal sealed class ValueRun(InferenceSession session, OrtInputs inputs) : PreparedRun
{
    private readonly string[] _outputs = [.. session.OutputNames];

    /// <inheritdoc/>
    public override void Run(RunOptions options) =>
        session.Run(options, inputs.Names, inputs.Values, _outputs).Dispose();

    /// <inheritdoc/>
    public override void Dispose() => inputs.Dispose();
}
