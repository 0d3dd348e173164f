using System.Collections;
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
    private const string TestRow = "test row ";

    private readonly SeenProperties _rows = new();
    private FeatureTable? _table;
    private int _count;

    /// <summary>Objects with numbers and a label.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>The property that contains the label.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string LabelProperty { get; set; } = string.Empty;

    /// <summary>The properties that contain the numbers; the default is all columns of numbers.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[]? Property { get; set; }

    /// <summary>Uses the numbers as they are instead of standardising them.</summary>
    [Parameter]
    public SwitchParameter NoStandardize { get; set; }

    /// <summary>The culture of numbers in text; the default is numbers with a decimal point.</summary>
    [Parameter, CultureTransformation, ValidateNotNull]
    public CultureInfo? Culture { get; set; }

    private protected override string Task => ModelMetadata.Classification;

    private protected override double DefaultLearningRate => 0.01;

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        base.OnBegin();
        if (Continued is { Metadata.Table: null })
        {
            ThrowTerminatingError(Errors.ContinueUnfit(Continued.Path, "it does not store its columns"));
        }
    }

    /// <inheritdoc/>
    protected override void OnProcess() => Attempt(InputObject, () =>
    {
        _rows.Look(InputObject, [LabelProperty, .. Property ?? []]);
        AddRow(InputObject, FormattableString.Invariant($"row {_count + 1}"));
    });

    private void AddRow(PSObject row, string name)
    {
        _table ??= new FeatureTable(Property, Culture);
        _count++;
        if (RowProperties.ToText(RowProperties.Get(row, LabelProperty)) is not string label)
        {
            _table.Skip(_count, new SkippedExample(
                name, string.Empty, SkipReason.NoLabel, $"The property '{LabelProperty}' is missing or empty."));
            return;
        }

        _table.AddRow(name, _count, label);
        AddCells(row);
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        if ((_rows.FindMissing(nameof(LabelProperty), [LabelProperty])
            ?? _rows.FindMissing(nameof(Property), Property ?? [])) is ErrorRecord missing)
        {
            ThrowTerminatingError(missing);
        }

        int own = _count;
        ReadTestData(
            LabelProperty, row => AddRow(row, FormattableString.Invariant($"{TestRow}{_count - own + 1}")));
        IReadOnlyList<(string Name, string, float[])> rows = _table?.Build() ?? [];
        if (rows.Count == 0)
        {
            throw new OnnxDeepException(
                ErrorIds.NoFeatures,
                FormattableString.Invariant($"No object of {_count:N0} has a label in '{LabelProperty}'."));
        }

        if (_table!.LeftOut.Count > 0)
        {
            WriteWarning(
                $"Columns without a number in most rows are left out: {string.Join("; ", _table.LeftOut.Select(
                    column => $"'{column.Name}' has {column.Reason}"))}. Use -Property to choose the columns.");
        }

        if (_table.Gaps is string gaps)
        {
            WriteWarning(gaps);
        }

        CheckTestData(_table.Features);
        LabelledExamples examples = LabelledExamples.Create(
            rows,
            _table.Skipped,
            standardizes: !NoStandardize,
            testRows: rows.Count(row => row.Name.StartsWith(TestRow, StringComparison.Ordinal)));
        Train(
            PositiveLabel is string positive ? examples.WithPositive(positive) : examples,
            _table.Features,
            vectors: null,
            _table.LeftOut);
    }

    private void AddCells(PSObject row)
    {
        foreach (string name in Property ?? [])
        {
            _table!.Add(name, RowProperties.Unwrap(RowProperties.Get(row, name)));
        }

        if (Property is null && row.BaseObject is IDictionary keys)
        {
            foreach (DictionaryEntry pair in keys)
            {
                AddCell($"{pair.Key}", pair.Value);
            }
        }
        else if (Property is null)
        {
            foreach (PSPropertyInfo property in row.Properties)
            {
                AddCell(property.Name, RowProperties.Evaluate(property));
            }
        }
    }

    private void AddCell(string name, object? value)
    {
        if (!name.Equals(LabelProperty, StringComparison.OrdinalIgnoreCase))
        {
            _table!.Add(name, RowProperties.Unwrap(value));
        }
    }
}
