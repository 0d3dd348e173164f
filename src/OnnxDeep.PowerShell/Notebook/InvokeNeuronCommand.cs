using System.Management.Automation;

using OnnxDeep.Learning.Networks;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Notebook;

/// <summary>Runs a single neuron.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Neuron", HelpUri = HelpUris.InvokeNeuron)]
[OutputType(typeof(NeuronOutput))]
public sealed class InvokeNeuronCommand : OnnxDeepCmdlet
{
    /// <summary>What comes in: a number for each weight; with one weight each number is a signal of its own.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public double[] InputSignal { get; set; } = [];

    /// <summary>What each signal is multiplied by.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public double[] Weight { get; set; } = [];

    /// <summary>What is added to the sum.</summary>
    [Parameter(Position = 2)]
    public double Bias { get; set; }

    /// <summary>What is made of z.</summary>
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
