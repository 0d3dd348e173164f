using System.Globalization;
using System.Management.Automation;

using OnnxDeep.Learning.Data;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Classifiers;

/// <summary>Trains and tests a classifier of numeric data, and writes it as an ONNX file.</summary>
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

    /// <summary>The property that contains the label.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string LabelProperty { get; set; } = string.Empty;

    /// <summary>The properties that contain the numbers; the default is all numbers of the first object.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Property { get; set; }

    /// <summary>Uses the numbers as they are instead of standardising them.</summary>
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
            Skip(name, string.Empty, SkipReason.NoLabel, $"The property '{LabelProperty}' is missing or empty.");
            return;
        }

        _features ??= Property ?? FindFeatures(InputObject);
        float[] features = new float[_features.Length];
        for (int i = 0; i < features.Length; i++)
        {
            float? value = (float?)RowProperties.ToNumber(RowProperties.Get(InputObject, _features[i]));
            if (value is not float number || !float.IsFinite(number))
            {
                Skip(name, label, SkipReason.Invalid, $"The value of '{_features[i]}' is not a finite number.");
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
                + "numbers to learn from. Use -LabelProperty and -Property to specify the properties.");
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
            + "Use -Property to specify the properties that contain numbers.");
    }

    private void Skip(string name, string label, SkipReason reason, string detail) =>
        _skipped.Add(new SkippedExample(name, label, reason, detail));
}
