using System.Globalization;
using System.Management.Automation;

using OnnxDeep.Learning.Networks;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Notebook;

/// <summary>Runs a single neuron.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "Neuron", HelpUri = HelpUris.InvokeNeuron)]
[OutputType(typeof(NeuronOutput))]
public sealed class InvokeNeuronCommand : OnnxDeepCmdlet
{
    private double[] _weights = [];

    /// <summary>The signals, one for each weight. With a single weight, the neuron runs once for each number.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public PSObject[] InputSignal { get; set; } = [];

    /// <summary>The factor of each signal.</summary>
    [Parameter(Mandatory = true, Position = 1)]
    [ValidateNotNullOrEmpty]
    public PSObject[] Weight { get; set; } = [];

    /// <summary>The number that is added to the sum.</summary>
    [Parameter(Position = 2)]
    [NumberTransformation]
    public double Bias { get; set; }

    /// <summary>The activation function that is applied to z.</summary>
    [Parameter]
    [FlatTransformation]
    public NeuronActivation Activation { get; set; } = NeuronActivation.Step;

    /// <summary>The culture of numbers in text; the default is numbers with a decimal point.</summary>
    [Parameter, CultureTransformation, ValidateNotNull]
    public CultureInfo? Culture { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin() => _weights = new NumberArguments(nameof(Weight), Culture).Read(Weight);

    /// <inheritdoc/>
    protected override void OnProcess() =>
        Attempt(InputSignal, () => Fire(new NumberArguments(nameof(InputSignal), Culture).Read(InputSignal)));

    private void Fire(double[] signals)
    {
        if (_weights.Length == 1)
        {
            foreach (double signal in signals)
            {
                Write([signal]);
            }
        }
        else if (signals.Length == _weights.Length)
        {
            Write(signals);
        }
        else
        {
            WriteError(Errors.WeightCountMismatch(signals.Length, _weights.Length));
        }
    }

    private void Write(double[] signals)
    {
        Stop.ThrowIfCancellationRequested();
        (double z, double output) = Neuron.Fire(signals, _weights, Bias, Activation);
        WriteObject(new NeuronOutput(
            LayerArguments.ToNumberOrArray(signals),
            LayerArguments.ToNumberOrArray(_weights),
            Bias,
            z,
            $"{Activation}",
            output));
    }
}
