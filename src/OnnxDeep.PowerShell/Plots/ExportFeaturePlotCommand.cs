using System.Globalization;
using System.Management.Automation;

using OnnxDeep.Numerics;
using OnnxDeep.Plots.Pictures;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Plots;

/// <summary>Draws the importance of features, or their contributions to an answer.</summary>
[Cmdlet(VerbsData.Export, "FeaturePlot", SupportsShouldProcess = true, HelpUri = HelpUris.ExportFeaturePlot)]
[OutputType(typeof(FileInfo))]
public sealed class ExportFeaturePlotCommand : PlotCmdlet
{
    private readonly List<(string Name, double Value, double Deviation)> _bars = [];
    private string _axis = string.Empty;
    private string _note = string.Empty;
    private string _heading = string.Empty;
    private object? _last;

    /// <summary>The output of Get-FeatureImportance, or an object of Get-PredictionContribution.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = PSObject.AsPSObject(string.Empty);

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        _last = InputObject;
        if (RowProperties.FindValue(InputObject, "Contributions") is object contributions)
        {
            foreach (PSObject item in RowProperties.Enumerate(contributions))
            {
                string value = $"{RowProperties.FindValue(item, "Value")}";
                string name = $"{RowProperties.FindValue(item, "Feature")}";
                Add(item, value.Length > 0 ? $"{name} = {value}" : name, "Contribution");
            }

            Describe();
            Draw();
        }
        else
        {
            Add(InputObject, $"{RowProperties.FindValue(InputObject, "Feature")}", "Importance");
            string metric = $"{RowProperties.FindValue(InputObject, "Metric")}";
            _axis = $"loss of {(metric.Length > 0 ? metric : "score")} if shuffled";
            _heading = $"Importance of features: {RowProperties.FindValue(InputObject, "Model")}";
            _note = ReadNumber(InputObject, "Score") is double score
                ? string.Create(CultureInfo.InvariantCulture, $"{metric} of all rows: {score:0.####}")
                : string.Empty;
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        if (_bars.Count > 0)
        {
            Draw();
        }
    }

    private protected override string DescribeLeftOut(int count) =>
        FormattableString.Invariant($"{count:N0} {(count == 1 ? "bar is" : "bars are")} left out, because there is no ")
        + "room for more. Increase -Height, or select fewer features.";

    private static double? ReadNumber(PSObject item, string name) =>
        NumberText.Read(RowProperties.FindValue(item, name), null, out double number) == NumberKind.Number
        && double.IsFinite(number)
            ? number
            : null;

    private void Add(PSObject item, string name, string property)
    {
        if (name.Length == 0 || ReadNumber(item, property) is not double value)
        {
            ThrowTerminatingError(Errors.NoFeatureNumbers(item));
            return;
        }

        _bars.Add((name, value, Math.Abs(ReadNumber(item, "StandardDeviation") ?? 0)));
    }

    private void Describe()
    {
        string label = $"{RowProperties.FindValue(InputObject, "Label")}";
        string what = $"{RowProperties.FindValue(InputObject, "Of")}".ToLowerInvariant();
        what = label.Length > 0 ? $"{what} of {label}" : what;
        _axis = $"contribution to the {what}";
        _heading = $"Contributions: {RowProperties.FindValue(InputObject, "Name")}";
        _note = ReadNumber(InputObject, "Output") is double output
            && ReadNumber(InputObject, "Baseline") is double baseline
                ? string.Create(
                    CultureInfo.InvariantCulture, $"{what}: {output:0.####}, and {baseline:0.####} without them")
                : string.Empty;
    }

    private void Draw()
    {
        if (_bars.Count == 0)
        {
            ThrowTerminatingError(Errors.NoFeatureNumbers(_last));
        }

        var bars = _bars.Select(bar => new Bar(bar.Name, bar.Value, bar.Deviation)).ToArray();
        _bars.Clear();
        Write(new BarPlot(bars, _axis, _note, _heading));
    }
}
