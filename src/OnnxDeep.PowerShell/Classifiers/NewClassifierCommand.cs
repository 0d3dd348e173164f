using System.Globalization;
using System.Management.Automation;

using OnnxDeep.Learning.Data;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Classifiers;

/// <summary>Trains a classifier of plain numbers, tests it and writes it as ONNX.</summary>
[Cmdlet(VerbsCommon.New, "Classifier", SupportsShouldProcess = true, HelpUri = HelpUris.NewClassifier)]
[OutputType(typeof(ClassifierResult))]
public sealed class NewClassifierCommand : ClassifierCmdlet
{
    private readonly List<(string Name, string Label, float[] Features)> _rows = [];
    private readonly List<SkippedExample> _skipped = [];
    private string[]? _features;
    private int _count;

    /// <summary>Objects with numbers and a label.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>The property that holds the label.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string LabelProperty { get; set; } = string.Empty;

    /// <summary>The properties that hold the numbers; all numbers of the first object where not given.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Property { get; set; }

    /// <summary>Gives the network raw numbers instead of standardised ones.</summary>
    [Parameter]
    public SwitchParameter NoStandardize { get; set; }

    private protected override string Task => ModelMetadata.Classification;

    private protected override double DefaultLearningRate => 0.01;

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        _count++;
        string name = $"row {_count.ToString(CultureInfo.InvariantCulture)}";
        string? label = RowProperties.ToText(RowProperties.Get(InputObject, LabelProperty));
        if (label is null)
        {
            Skip(name, string.Empty, SkipReason.NoLabel, $"It has no property '{LabelProperty}', or an empty one.");
            return;
        }

        _features ??= Property ?? FindFeatures(InputObject);
        float[] features = new float[_features.Length];
        for (int i = 0; i < features.Length; i++)
        {
            float? value = (float?)RowProperties.ToNumber(RowProperties.Get(InputObject, _features[i]));
            if (value is not float number || !float.IsFinite(number))
            {
                Skip(name, label, SkipReason.Invalid, $"Its '{_features[i]}' is no finite number.");
                return;
            }

            features[i] = number;
        }

        _rows.Add((name, label, features));
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        if (_rows.Count == 0)
        {
            throw new OnnxDeepException(
                ErrorIds.NoFeatures,
                FormattableString.Invariant($"None of the {_count:N0} objects has a label in '{LabelProperty}' and ")
                + "numbers to learn from. Name the properties with -LabelProperty and -Property.");
        }

        LabelledExamples examples = LabelledExamples.Create(_rows, _skipped);
        Train(
            PositiveLabel is string positive ? examples.WithPositive(positive) : examples,
            _features!,
            vectors: null,
            standardizes: !NoStandardize);
    }

    private string[] FindFeatures(PSObject row)
    {
        string[] features = [.. RowProperties.Names(row)
            .Where(name => !name.Equals(LabelProperty, StringComparison.OrdinalIgnoreCase))
            .Where(name => RowProperties.ToNumber(RowProperties.Get(row, name)) is not null)];
        return features.Length > 0 ? features : throw new OnnxDeepException(
            ErrorIds.NoFeatures,
            "The first object has no numbers besides its label: its properties are "
            + $"{string.Join(", ", RowProperties.Names(row))}. "
            + "Name the properties that hold numbers with -Property.");
    }

    private void Skip(string name, string label, SkipReason reason, string detail) =>
        _skipped.Add(new SkippedExample(name, label, reason, detail));
}
