using System.Globalization;
using System.Management.Automation;

using OnnxDeep.Inference.Explanation;
using OnnxDeep.Inference.Tables;
using OnnxDeep.Inference.Words;
using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Explanation;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.PowerShell.Words;
using OnnxDeep.Words.Lookup;

namespace OnnxDeep.PowerShell.Classifiers;

/// <summary>Computes how much each column of a row, or each word of a term, contributes to a model's answer.</summary>
[Cmdlet(VerbsCommon.Get, "PredictionContribution", HelpUri = HelpUris.GetPredictionContribution)]
[OutputType(typeof(PredictionContribution))]
public sealed class GetPredictionContributionCommand : OnnxDeepCmdlet
{
    private string _name = string.Empty;
    private IReadOnlyList<string> _labels = [];
    private int? _label;
    private float _threshold;
    private ModelRows? _rows;
    private RowExplainer? _explainer;
    private RowModel? _model;
    private WordExplainer? _words;
    private WordReader? _reader;
    private int _unknown;

    /// <summary>The name of a model of the module, or the path of an ONNX file.</summary>
    [Parameter(Mandatory = true, Position = 0), ModelCompleter, ValidateNotNullOrEmpty]
    public string Model { get; set; } = string.Empty;

    /// <summary>Rows with the columns of the model; for a word model, words or terms.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [AllowNull, AllowEmptyString, AllowEmptyCollection]
    public object? InputObject { get; set; }

    /// <summary>The class to explain; the default is the answer of the model.</summary>
    [Parameter, ValidateNotNullOrEmpty]
    public string? Label { get; set; }

    /// <summary>What is explained: the probability, or the logit.</summary>
    [Parameter, FlatTransformation]
    public ContributionTarget Of { get; set; }

    /// <summary>The culture of numbers in text; the default is that of the training.</summary>
    [Parameter, CultureTransformation, ValidateNotNull]
    public CultureInfo? Culture { get; set; }

    /// <inheritdoc cref="WordCmdlet.WordProperty"/>
    [Parameter, ValidateNotNullOrEmpty]
    public object? WordProperty { get; set; }

    /// <inheritdoc cref="WordCmdlet.SkipEmpty"/>
    [Parameter]
    public SwitchParameter SkipEmpty { get; set; }

    /// <inheritdoc cref="WordCmdlet.Vectors"/>
    [Parameter, VectorsCompleter, ValidateNotNullOrEmpty]
    public string Vectors { get; set; } = VectorStore.DefaultVectors;

    /// <summary>Uses the vectors even if the model was trained on others with the same dimensions.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        string path = ResolveModel(Model);
        _name = System.IO.Path.GetFileNameWithoutExtension(path);
        OnnxModelFile file = Wait(() => OnnxModelFile.Load(path));
        var metadata = ModelMetadata.FromProperties(file.Properties);
        _threshold = metadata.Threshold;
        if (metadata.Table is null)
        {
            Vectors = Force ? Vectors : ChooseVectors(Vectors, () => metadata);
            _words = Wait(() => WordExplainer.Open(file, ResolveTable(Vectors), Force));
            _labels = _words.Labels;
            _reader = new WordReader(this, WordProperty) { SkipsEmpty = SkipEmpty };
        }
        else
        {
            _explainer = Wait(() => RowExplainer.Open(file));
            _model = RowModel.Open(path, cancellationToken: Stop);
            _labels = _model.Labels;
            _rows = new ModelRows(this, _explainer.Schema, Culture, _ => ExplainRow());
        }

        _label = FindLabel();
    }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        if (_rows is ModelRows rows)
        {
            rows.Read(InputObject);
        }
        else
        {
            _reader!.Read(InputObject, ExplainWord);
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        _rows?.Complete();
        _reader?.Complete();
        WordCmdlet.WarnOfUnknown(this, _unknown, $"the vectors '{Vectors}' do");
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _words?.Dispose();
        _model?.Dispose();
        base.Dispose(disposing);
    }

    private int? FindLabel()
    {
        if (Label is null)
        {
            return null;
        }

        int[] places =
        [
            .. Enumerable.Range(0, _labels.Count).Where(
                place => _labels[place].Equals(Label, StringComparison.OrdinalIgnoreCase)),
        ];
        int found = places.Where(place => places.Length == 1 || _labels[place] == Label).FirstOrDefault(-1);
        if (found < 0)
        {
            ThrowTerminatingError(Errors.LabelNotFound(Label, _labels));
        }

        return found;
    }

    private void ExplainRow()
    {
        ModelRows rows = _rows!;
        int label = _label ?? 0;
        if (_label is null && !_model!.IsRegression)
        {
            label = Classes.FromOutputs(_model.Run(1, rows.Numbers, rows.Texts, Stop), _threshold);
        }

        Attribution found = _explainer!.Explain(
            rows.Numbers, rows.Texts, label, Of == ContributionTarget.Logit && !_model!.IsRegression, Stop);
        Write(
            FormattableString.Invariant($"row {rows.Count}"),
            _model!.IsRegression ? null : _labels[label],
            found,
            [.. _explainer.Schema.Columns.Select((column, i) => (column.Name, CellText.Of(rows.Values[i])))]);
    }

    private void ExplainWord(string? word)
    {
        if (Term.Check(word) is OnnxDeepException problem)
        {
            Report(Errors.From(problem, word));
        }
        else if (_words!.Explain(word!, _label, Of == ContributionTarget.Logit, Stop) is var (words, label, found))
        {
            Write(
                word!,
                _labels[label],
                found,
                [.. words.Select(part => (part.Text, part.IsKnown ? "known" : "unknown"))]);
        }
        else
        {
            _unknown++;
        }
    }

    private void Write(string name, string? label, Attribution found, (string Feature, string Value)[] parts) =>
        WriteObject(new PredictionContribution
        {
            Name = name,
            Label = label,
            Of = label is null ? "Prediction" : Of.ToString(),
            Output = found.Output,
            Baseline = found.BaselineOutput,
            Contributions =
            [
                .. parts
                    .Select((part, i) => new FeatureContribution(part.Feature, part.Value, found.Contributions[i]))
                    .OrderByDescending(part => Math.Abs(part.Contribution)),
            ],
            Model = _name,
        });
}
