using System.Collections;
using System.Management.Automation;

using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Words;
using OnnxDeep.IO;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.PowerShell.Onnx;
using OnnxDeep.PowerShell.Providers;
using OnnxDeep.Words.Lookup;

namespace OnnxDeep.PowerShell.Words;

/// <summary>
/// The base class of the cmdlets that apply word models: classifies words in batches, and warns once, at the end, about
/// unknown words.
/// </summary>
public abstract class WordModelCmdlet : OnnxDeepCmdlet
{
    private PromptBatch<string>? _batch;
    private Action<string?>? _take;
    private WordReader? _reader;
    private WordClassifier? _classifier;
    private RowAnswer? _answers;
    private List<PSObject?>? _rows;
    private int _unknown;

    /// <summary>
    /// A word is in the second of two classes if its probability is at or above this number; the default is the model's
    /// threshold.
    /// </summary>
    [Parameter]
    [NumberTransformation]
    public double? Threshold { get; set; }

    /// <summary>The number of words that the model processes at once; the default depends on the device.</summary>
    [Parameter]
    [ValidateRange(1, 65536)]
    [NumberTransformation]
    public int? BatchSize { get; set; }

    /// <summary>Uses the vectors even if the model was trained on others with the same dimensions.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Adds known words that are spelt like the unknown ones to the answers.</summary>
    [Parameter]
    public SwitchParameter Suggest { get; set; }

    /// <summary>Where the model runs: Auto, CPU, CUDA or any other execution provider.</summary>
    [Parameter, ProviderCompleter, ValidateNotNullOrEmpty]
    public string Provider { get; set; } = ProviderParameters.Default;

    /// <inheritdoc cref="SampleCmdlet.DeviceId"/>
    [Parameter, ValidateRange(0, int.MaxValue)]
    [NumberTransformation]
    public int? DeviceId { get; set; }

    /// <inheritdoc cref="SampleCmdlet.ProviderOption"/>
    [Parameter, ValidateNotNull]
    public Hashtable? ProviderOption { get; set; }

    /// <inheritdoc cref="WordCmdlet.Vectors"/>
    [Parameter, VectorsCompleter, ValidateNotNullOrEmpty]
    public string Vectors { get; set; } = VectorStore.DefaultVectors;

    /// <summary>The names of the properties that are added to a row.</summary>
    private protected virtual string[] AnswerNames => ["Label", "Probability", "Scores"];

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        if (Threshold is double threshold && !(threshold >= 0 && threshold <= 1))
        {
            ThrowTerminatingError(Errors.ThresholdOutOfRange(threshold));
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        Flush();
        _reader?.Complete();
        if (_classifier is not null)
        {
            WordCmdlet.WarnOfUnknown(
                this,
                _unknown,
                _classifier.TakesWords ? $"the model '{_classifier.Name}' does" : $"the vectors '{Vectors}' do");
        }
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _classifier?.Dispose();
        base.Dispose(disposing);
    }

    private protected override void Flush() => _batch?.Flush();

    /// <summary>Opens a word model, ready to take words.</summary>
    /// <param name="model">The path of the model.</param>
    /// <param name="provider">Where it runs.</param>
    /// <param name="reader">Gets the words of pipeline objects.</param>
    /// <param name="passesThru">Whether rows are returned with their answers.</param>
    private protected void OpenWords(string model, ExecutionProvider provider, WordReader reader, bool passesThru)
    {
        _reader = reader;
        _take = Take;
        Vectors = Force ? Vectors : ChooseVectors(Vectors, () => ReadMetadata(model, provider, Stop));
        _classifier = WordClassifier.Open(model, ResolveTable(Vectors), Force, provider, Stop);
        CheckModel(_classifier);
        if (Suggest)
        {
            _classifier.SuggestSpellings();
        }

        _batch = new PromptBatch<string>(BatchSize ?? _classifier.PreferredBatchSize, Answer);
        _answers = passesThru ? new RowAnswer(this, AnswerNames) : null;
        _rows = passesThru ? [] : null;
        if (_classifier.TakesWords && MyInvocation.BoundParameters.ContainsKey(nameof(Vectors)))
        {
            WriteWarning(
                $"The model '{_classifier.Name}' embeds its vocabulary; the vectors '{Vectors}' are not used.");
        }

        string source = _classifier.TakesWords ? "embedded vocabulary" : $"vectors '{Vectors}'";
        WriteVerbose($"Model '{model}', {source}, threshold {Threshold ?? _classifier.Metadata.Threshold}.");
    }

    /// <summary>Takes the words of an item of the pipeline, of which a list has several.</summary>
    private protected void TakeItem(object? item) => _reader!.Read(item, _take!);

    /// <summary>Adds a valid word.</summary>
    private protected void Add(string word)
    {
        _rows?.Add(_reader!.Row);
        _batch!.Add(word);
    }

    /// <summary>Checks that the cmdlet supports the model.</summary>
    private protected virtual void CheckModel(WordClassifier classifier)
    {
    }

    /// <summary>Creates the output for a word.</summary>
    /// <param name="classifier">The model.</param>
    /// <param name="answer">Its answer.</param>
    /// <param name="values">Receives the values of <see cref="AnswerNames"/>, if it is not null.</param>
    private protected virtual object CreateOutput(WordClassifier classifier, ClassifiedWord answer, object?[]? values)
    {
        if (values is not null)
        {
            (values[0], values[1], values[2]) = (answer.Label, answer.Probability, answer.Scores);
        }

        return answer;
    }

    // The session remains open for the classifier.
    private static ModelMetadata ReadMetadata(
        string model, ExecutionProvider provider, CancellationToken cancellationToken)
    {
        using FileLease<OnnxSession> session = SharedFiles.RentSession(
            model, provider, cancellationToken);
        return ModelMetadata.FromProperties(session.Value.GetProperties());
    }

    private void Take(string? word)
    {
        if (Term.Check(word) is OnnxDeepException problem)
        {
            Report(Errors.From(problem, word));
        }
        else
        {
            Add(word!);
        }
    }

    private void Answer(IReadOnlyList<string> words)
    {
        try
        {
            ClassifiedWord[] answers = _classifier!.Classify(words, (float?)Threshold, Stop);
            for (int i = 0; i < answers.Length; i++)
            {
                _unknown += answers[i].IsKnown || answers[i].IsSubword ? 0 : 1;
                WriteObject(CreateOutput(answers[i], _rows?[i]));
            }
        }
        finally
        {
            _rows?.Clear();
        }
    }

    // Text alone has no row that could be passed on.
    private object CreateOutput(ClassifiedWord answer, PSObject? row)
    {
        object?[]? values = row is null ? null : new object?[AnswerNames.Length];
        object output = CreateOutput(_classifier!, answer, values);
        return row is null ? output : _answers!.Add(row, values);
    }
}
