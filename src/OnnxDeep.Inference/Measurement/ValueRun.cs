using Microsoft.ML.OnnxRuntime;

using OnnxDeep.Inference.Values;

namespace OnnxDeep.Inference.Measurement;

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
