using System.Globalization;
using System.Management.Automation;

using OnnxDeep.IO;
using OnnxDeep.Learning.Tables;
using OnnxDeep.Learning.Training;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.PowerShell.Classifiers;

/// <summary>Trains and tests a classifier of the rows of a table, and writes it as an ONNX file.</summary>
[Cmdlet(VerbsCommon.New, "Classifier", SupportsShouldProcess = true, HelpUri = HelpUris.NewClassifier)]
[OutputType(typeof(ClassifierResult))]
public sealed class NewClassifierCommand : ClassifierCmdlet
{
    private FileLease<WordVectorTable>? _vectors;
    private TableOptions _options = new();
    private TrainingTable? _table;

    /// <summary>Objects with features and a label.</summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>The property that contains the label.</summary>
    [Parameter(Mandatory = true)]
    [ValidateNotNullOrEmpty]
    public string LabelProperty { get; set; } = string.Empty;

    /// <summary>The properties that contain the features; the default is all suitable ones.</summary>
    [Parameter, Alias("Property")]
    [ValidateNotNullOrEmpty]
    public string[]? Feature { get; set; }

    /// <summary>The properties that are not features.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string[] ExcludeFeature { get; set; } = [];

    /// <summary>What happens to rows with a missing value.</summary>
    [Parameter]
    [FlatTransformation]
    public MissingValue Missing { get; set; }

    /// <summary>Stores digests of categories instead of their texts.</summary>
    [Parameter]
    public SwitchParameter HashCategory { get; set; }

    /// <summary>The name or path of the vector table for free text.</summary>
    [Parameter, VectorsCompleter, ValidateNotNullOrEmpty]
    public string? Vectors { get; set; }

    /// <summary>Uses the numbers as they are instead of standardising them.</summary>
    [Parameter]
    public SwitchParameter NoStandardize { get; set; }

    /// <summary>The culture of numbers and dates in text; by default, it is inferred from all rows.</summary>
    [Parameter, CultureTransformation, ValidateNotNull]
    public CultureInfo? Culture { get; set; }

    private protected override string Task => ModelMetadata.Classification;

    private protected override string? LabelName => LabelProperty;

    private protected override double DefaultLearningRate => 0.01;

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        base.OnBegin();
        if (Continued is not null)
        {
            CheckContinued(Continued);
        }

        _vectors = Vectors is null ? null : RentVectors(Vectors);
        bool isNotebook = Recipe == ClassifierRecipeName.Notebook;
        bool skips = MyInvocation.BoundParameters.ContainsKey(nameof(Missing))
            ? Missing == MissingValue.Skip
            : isNotebook;
        _options = new TableOptions
        {
            Culture = Culture,
            SkipsMissing = skips,
            HashesCategories = HashCategory,
            KeepsNumbers = NoStandardize,
            Text = _vectors is null ? null : Describe(_vectors.Value),
            Schema = Continued?.Metadata.Table,
        };
        _table = new TrainingTable(this, LabelProperty, Feature, ExcludeFeature, _options);
    }

    /// <inheritdoc/>
    protected override void OnProcess() => Attempt(InputObject, () => _table!.Add(InputObject));

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        _table!.CheckNames();
        if (Continued is not null && _table.FindMissing() is { Length: > 0 } missing)
        {
            ThrowTerminatingError(Errors.ContinueUnfit(
                Continued.Path, $"no object has {string.Join(" or ", missing.Take(20).Select(name => $"'{name}'"))}"));
        }

        TableData data = _table.Build();
        string[] columns = [.. data.Columns.Select(column => column.Name)];
        var tests = new TestTable(new TableSchema(data.Columns), LabelProperty, _options);
        ReadTestData(LabelProperty, tests.Add);
        CheckTestData(columns);
        var examples = LabelledExamples.FromSource(
            new TestedTable(data, tests.Rows),
            [.. data.Examples.Select(row => (row.Name, row.Label)), .. tests.Labels],
            [.. _table.Skipped, .. tests.Skipped],
            Continued?.Labels,
            tests.Labels.Count);
        Train(
            Continued is null && PositiveLabel is string positive ? examples.WithPositive(positive) : examples,
            columns,
            _vectors?.Value,
            _table.LeftOut);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _vectors?.Dispose();
        base.Dispose(disposing);
    }

    private void CheckContinued(ContinuedModel model)
    {
        string? problem = model.Metadata.Table is not TableSchema table ? "it does not store its columns"
            : Feature is not null || ExcludeFeature.Length > 0 || HashCategory || NoStandardize
                ? "its own columns are used, so none can be specified"
            : table.Columns.Any(column => column.Kind == ColumnKind.Text) ? "it contains word vectors"
            : null;
        if (problem is not null)
        {
            ThrowTerminatingError(Errors.ContinueUnfit(model.Path, problem));
        }
    }

    /// <summary>The features of free text: the mean of the vectors of its words.</summary>
    internal static TextFeatures Describe(WordVectorTable table)
    {
        var vectorizer = new TextVectorizer(table);
        return new TextFeatures(
            table.Dimensions,
            TextVectorizer.Normalize,
            vectorizer.Encode,
            words => Array.Exists(words.Split(' '), word => table.TryGetRow(word, out _)));
    }
}

/// <summary>What happens to rows with a missing value.</summary>
public enum MissingValue
{
    /// <summary>
    /// The median, or the most frequent value, takes its place, and the model sees that it is missing.
    /// </summary>
    Impute,

    /// <summary>The row is skipped.</summary>
    Skip,
}
