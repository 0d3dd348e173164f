using System.Globalization;
using System.Management.Automation;

using OnnxDeep.Learning.Training;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Notebook;

/// <summary>Gets points, tangents and the minimum of the squared-error curve.</summary>
[Cmdlet(VerbsCommon.Get, "LossCurve", DefaultParameterSetName = PointSet, HelpUri = HelpUris.GetLossCurve)]
[OutputType(typeof(LossPoint), ParameterSetName = [PointSet, MinimumSet])]
[OutputType(typeof(LossTangent), ParameterSetName = [TangentSet])]
public sealed class GetLossCurveCommand : OnnxDeepCmdlet
{
    private const string PointSet = "Point";
    private const string TangentSet = "Tangent";
    private const string MinimumSet = "Minimum";

    /// <summary>The first prediction.</summary>
    [Parameter(ParameterSetName = PointSet)]
    [NumberTransformation]
    public double From { get; set; } = -2;

    /// <summary>The last prediction.</summary>
    [Parameter(ParameterSetName = PointSet)]
    [NumberTransformation]
    public double To { get; set; } = 4;

    /// <summary>The number of points, both ends included.</summary>
    [Parameter(ParameterSetName = PointSet)]
    [ValidateRange(2, 1_000_000)]
    [NumberTransformation]
    public int Count { get; set; } = 25;

    /// <summary>The predictions at which to compute tangents.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TangentSet, ValueFromPipeline = true)]
    public PSObject[] TangentAt { get; set; } = [];

    /// <summary>Gets only the point at which the derivative is 0.</summary>
    [Parameter(Mandatory = true, ParameterSetName = MinimumSet)]
    public SwitchParameter Minimum { get; set; }

    /// <summary>The true value.</summary>
    [Parameter]
    [NumberTransformation]
    public double Actual { get; set; } = 1;

    /// <summary>The culture of numbers in text; the default is numbers with a decimal point.</summary>
    [Parameter(ParameterSetName = TangentSet), CultureTransformation, ValidateNotNull]
    public CultureInfo? Culture { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        if (!(double.IsFinite(From) && double.IsFinite(To) && From < To))
        {
            ThrowTerminatingError(Errors.RangeInvalid(From, To));
        }
    }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        switch (ParameterSetName)
        {
            case TangentSet:
                Attempt(TangentAt, WriteTangents);
                break;
            case MinimumSet:
                WriteObject(LossCurve.GetMinimum(Actual));
                break;
            default:
                foreach (LossPoint point in LossCurve.GetPoints(From, To, Count, Actual))
                {
                    Stop.ThrowIfCancellationRequested();
                    WriteObject(point);
                }

                break;
        }
    }

    private void WriteTangents() => WriteObject(
        new NumberArguments(nameof(TangentAt), Culture).Read(TangentAt)
            .Select(predicted => LossCurve.GetTangent(predicted, Actual)),
        enumerateCollection: true);
}
