using System.Management.Automation;
using OnnxDeep.Learning.Training;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Notebook;

/// <summary>Gets the gradient of each weight and bias for one input.</summary>
[Cmdlet(VerbsCommon.Get, "NetworkGradient", DefaultParameterSetName = SeedSet, HelpUri = HelpUris.GetNetworkGradient)]
[OutputType(typeof(NetworkParameterGradient))]
public sealed class GetNetworkGradientCommand : TraceNetworkCommand
{
    private const string MeanSquaredName = "MSE";
    private const string CrossEntropyName = "BCE";
    private const string MeanAbsoluteName = "MAE";

    private double[] _targets = [];

    /// <summary>The desired outputs of the network.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public PSObject[] Target { get; set; } = [];

    /// <summary>
    /// The loss to differentiate: short names, then the library's. MSE is the notebook's ½(y - t)².
    /// </summary>
    [Parameter]
    [ValidateSet(
        MeanSquaredName,
        CrossEntropyName,
        MeanAbsoluteName,
        nameof(Learning.Training.Loss.HalfSquaredError),
        nameof(Learning.Training.Loss.MeanSquaredError),
        nameof(Learning.Training.Loss.MeanAbsoluteError),
        nameof(Learning.Training.Loss.BinaryCrossEntropy),
        nameof(Learning.Training.Loss.CategoricalCrossEntropy))]
    public string Loss { get; set; } = MeanSquaredName;

    /// <summary>Names or patterns of weights and biases; the default is all.</summary>
    [Parameter]
    [SupportsWildcards]
    [ValidateNotNullOrEmpty]
    public string[] Name { get; set; } = ["*"];

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        base.OnBegin();
        _targets = new NumberArguments(nameof(Target), Culture).Read(Target);
        if (_targets.Length != Source.Network.Units)
        {
            ThrowTerminatingError(Errors.TargetCountMismatch(_targets.Length, Source.Network.Units));
        }
    }

    /// <inheritdoc/>
    protected override void ProcessInputs(double[] inputs, string? word)
    {
        NetworkGradient gradient = Compute(inputs);
        NamePattern[] patterns = [.. Name.Select(name => new NamePattern(name))];
        bool[] isFound = new bool[patterns.Length];
        foreach (ParameterGradient parameter in gradient.GetParameters())
        {
            Stop.ThrowIfCancellationRequested();
            bool isWanted = false;
            for (int i = 0; i < patterns.Length; i++)
            {
                bool isMatch = patterns[i].IsMatch(parameter.Name);
                isFound[i] |= isMatch;
                isWanted |= isMatch;
            }

            if (isWanted)
            {
                WriteObject(Describe(parameter, gradient.Loss));
            }
        }

        for (int i = 0; i < patterns.Length; i++)
        {
            if (!isFound[i] && !patterns[i].IsWildcard)
            {
                WriteError(Errors.ParameterNotFound(Name[i]));
            }
        }
    }

    private NetworkGradient Compute(double[] inputs)
    {
        try
        {
            return NetworkGradient.Compute(Source.Network, inputs, _targets, ParseLoss());
        }
        catch (ArgumentException e)
        {
            ThrowTerminatingError(Errors.LossUnfit(e, Loss));
            throw;
        }
    }

    private Loss ParseLoss() => Loss.ToUpperInvariant() switch
    {
        MeanSquaredName => Learning.Training.Loss.HalfSquaredError,
        CrossEntropyName => Learning.Training.Loss.BinaryCrossEntropy,
        MeanAbsoluteName => Learning.Training.Loss.MeanAbsoluteError,
        _ => Enum.Parse<Loss>(Loss, ignoreCase: true),
    };

    private NetworkParameterGradient Describe(ParameterGradient parameter, double loss)
    {
        var factors = new ChainFactors();
        foreach (ChainFactor factor in parameter.Factors)
        {
            factors.Add(factor.Name, factor.Value);
        }

        string direction = parameter.Gradient switch
        {
            > 0 => "decrease",
            < 0 => "increase",
            _ => "stay",
        };
        return new NetworkParameterGradient(
            Source.Model,
            parameter.Layer,
            parameter.Index,
            parameter.Input is null ? "Bias" : "Weight",
            parameter.Input,
            parameter.Unit,
            parameter.Name,
            parameter.Value,
            parameter.Gradient,
            direction,
            factors,
            loss);
    }
}
