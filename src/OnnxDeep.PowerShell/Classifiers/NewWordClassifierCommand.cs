using System.Management.Automation;
using OnnxDeep.IO;
using OnnxDeep.Inference.Words;
using OnnxDeep.Learning.Training;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.PowerShell.Words;
using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.PowerShell.Classifiers;

/// <summary>Trains and tests a classifier of words, and writes it as an ONNX file.</summary>
[Cmdlet(
    VerbsCommon.New, "WordClassifier",
    DefaultParameterSetName = RowSet,
    SupportsShouldProcess = true,
    HelpUri = HelpUris.NewWordClassifier)]
[OutputType(typeof(ClassifierResult))]
public sealed class NewWordClassifierCommand : ClassifierCmdlet
{
    private const string ListSet = "List";
    private const string RowSet = "Row";

    private static readonly string[] s_wordNames = [.. WordReader.Names, "Text"];

    private FileLease<WordVectorTable>? _table;
    private readonly SeenProperties _rows = new();
    private LabelledWords? _words;
    private WordReader? _reader;

    /// <summary>The words of the class whose probability is the model's output.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ListSet)]
    [AllowEmptyString, AllowNull, WordTransformation]
    public string?[] Positive { get; set; } = [];

    /// <summary>The words of the other class.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ListSet)]
    [AllowEmptyString, AllowNull, WordTransformation]
    public string?[] Negative { get; set; } = [];

    /// <summary>The name of the other class.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    public string? NegativeLabel { get; set; }

    /// <summary>Objects with a word and a label.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RowSet, ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    /// <summary>The property that contains the label.</summary>
    [Parameter(Mandatory = true, ParameterSetName = RowSet)]
    [ValidateNotNullOrEmpty]
    public string LabelProperty { get; set; } = string.Empty;

    /// <summary>
    /// The property that contains the word, or a script block that returns it; the default is Word, Term, Name or Text.
    /// </summary>
    [Parameter(ParameterSetName = RowSet), ValidateNotNullOrEmpty]
    public object? WordProperty { get; set; }

    /// <summary>Skips rows whose word is null, empty or blank without listing them as skipped examples.</summary>
    [Parameter(ParameterSetName = RowSet)]
    public SwitchParameter SkipEmpty { get; set; }

    /// <summary>The name or path of a vector table.</summary>
    [Parameter, VectorsCompleter, ValidateNotNullOrEmpty]
    public string Vectors { get; set; } = VectorStore.DefaultVectors;

    private protected override string Task => ModelMetadata.WordClassification;

    private protected override string? LabelName => ParameterSetName == RowSet ? LabelProperty : null;

    private protected override double DefaultLearningRate => 0.003;

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        base.OnBegin();
        _reader = new WordReader(this, WordProperty, s_wordNames, LabelProperty) { SkipsEmpty = SkipEmpty };
        _table = RentVectors(Vectors);
        if (Continued is not null)
        {
            VectorStore.CheckMatch(Continued.Metadata, Continued.Path, _table.Value);
        }

        _words = new LabelledWords(new TermVectorizer(_table.Value));
    }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        if (InputObject is PSObject row)
        {
            Attempt(row, () =>
            {
                _rows.Look(row, LabelProperty);
                string? label = RowProperties.ToText(RowProperties.Get(row, LabelProperty));
                _reader!.Read(row, word => _words!.Add(word, label));
            });
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        _reader!.Complete();
        if (_rows.FindMissing((nameof(LabelProperty), [LabelProperty])) is ErrorRecord missing)
        {
            ThrowTerminatingError(missing);
        }

        LabelledExamples examples;
        if (ParameterSetName == ListSet)
        {
            string[] labels = [NegativeLabel ?? "negative", PositiveLabel ?? "positive"];
            if (Continued is not null && !Continued.Labels.SequenceEqual(labels))
            {
                ThrowTerminatingError(Errors.ContinueUnfit(
                    Continued.Path,
                    $"its classes are {string.Join(", ", Continued.Labels)}, not {string.Join(", ", labels)}"));
            }

            AddAll(Positive, labels[1]);
            AddAll(Negative, labels[0]);
            AddTestWords();
            examples = _words!.Build(labels);
        }
        else
        {
            AddTestWords();
            examples = _words!.Build(Continued?.Labels);
            examples = Continued is null && PositiveLabel is string positive
                ? examples.WithPositive(positive)
                : examples;
        }

        Train(examples, [_table!.Value.Name], _table.Value, leftOut: []);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _table?.Dispose();
        base.Dispose(disposing);
    }

    // With two lists of words, the rows of the test have their label in the property Label.
    private void AddTestWords()
    {
        string property = ParameterSetName == ListSet ? "Label" : LabelProperty;
        var reader = new WordReader(this, WordProperty, s_wordNames, property) { SkipsEmpty = SkipEmpty };
        ReadTestData(property, row =>
        {
            string? label = RowProperties.ToText(RowProperties.Get(row, property));
            reader.Read(row, word => _words!.Add(word, label, isTest: true));
        });
        reader.Complete();
    }

    private void AddAll(string?[] words, string label)
    {
        foreach (string? word in words)
        {
            // Lists from files may contain blank lines, which are ignored.
            if (!string.IsNullOrWhiteSpace(word))
            {
                _words!.Add(word, label);
            }
        }
    }
}
