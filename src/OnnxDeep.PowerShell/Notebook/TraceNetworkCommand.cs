using System.Management.Automation;

using OnnxDeep.Learning.Networks;

namespace OnnxDeep.PowerShell.Notebook;

/// <summary>Shows every number of a forward pass.</summary>
[Cmdlet(VerbsDiagnostic.Trace, "Network", DefaultParameterSetName = SeedSet)]
[OutputType(typeof(NetworkTrace))]
public sealed class TraceNetworkCommand : NetworkCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessInputs(double[] inputs, string? word)
    {
        var trace = ForwardTrace.Run(Source.Network, inputs, Source.Threshold);
        string label = Source.GetLabel(trace.Class);
        WriteObject(new NetworkTrace(
            Source.Model,
            Source.Seed,
            word,
            trace.Inputs,
            [.. trace.Steps.Select(Describe)],
            NumberOrArray.Of(trace.Outputs),
            trace.Class,
            label,
            TraceText.Format(trace, label)));
    }

    private static TracedLayer Describe(ForwardStep step, int index) => new(
        step.Layer.Name,
        index,
        step.Inputs,
        step.Layer.Weights.ToArray(),
        step.WeightedInputs,
        step.Layer.Biases.ToArray(),
        step.Z,
        $"{step.Layer.Activation}",
        step.Activations);
}
