using System.Management.Automation;

using OnnxDeep.Learning.Networks;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Notebook;

/// <summary>Runs a single neuron.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Neuron", HelpUri = HelpUris.InvokeNeuron)]
[OutputType(typeof(NeuronOutput))]
public sealed class InvokeNeuronCommand : OnnxDeepCmdlet
{
    /// <summary>The signals, one for each weight. With a single weight, the neuron runs once for each number.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public double[] InputSignal { get; set; } = [];

    /// <summary>The factor of each signal.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public double[] Weight { get; set; } = [];

    /// <summary>The number that is added to the sum.</summary>
    [Parameter(Position = 2)]
    public double Bias { get; set; }

    /// <summary>The activation function that is applied to z.</summary>
    [Parameter]
    public NeuronActivation Activation { get; set; } = NeuronActivation.Step;

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        if (Weight.Length == 1)
        {
            foreach (double signal in InputSignal)
            {
                Fire([signal]);
            }
        }
        else if (InputSignal.Length == Weight.Length)
        {
            Fire(InputSignal);
        }
        else
        {
            WriteError(Errors.WeightCountMismatch(InputSignal.Length, Weight.Length));
        }
    }

    private void Fire(double[] signals)
    {
        Stop.ThrowIfCancellationRequested();
        (double z, double output) = Neuron.Fire(signals, Weight, Bias, Activation);
        WriteObject(new NeuronOutput(
            LayerArguments.ToNumberOrArray(signals),
            LayerArguments.ToNumberOrArray(Weight),
            Bias,
            z,
            $"{Activation}",
            output));
    }
}
