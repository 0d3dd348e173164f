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
/// Classifies words with any word model: from the pipeline, by property, or from files, in batches. Test-FoodWord has
/// the same parameters.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "Word", DefaultParameterSetName = WordSet, HelpUri = HelpUris.TestWord)]
[OutputType(typeof(ClassifiedWord), ParameterSetName = [WordSet, PathSet, LiteralPathSet])]
public class TestWordCommand : OnnxDeepCmdlet
{
    // A slow pipeline should return its first answers while it is still producing words.
    private const long LongestWaitMilliseconds = 50;

    private readonly List<string> _batch = [];
    private Action<string?>? _take;
    private WordReader? _reader;
    private WordClassifier? _classifier;
    private int _batchSize;
    private long _lastFlush;
    private int _unknown;

    /// <summary>The name of a model of the module, or the path of an ONNX file.</summary>
    [Parameter(Mandatory = true), ModelCompleter, ValidateNotNullOrEmpty]
    public virtual string Model { get; set; } = string.Empty;

    /// <summary>Words, terms of several words, or objects that contain them.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = WordSet, ValueFromPipeline = true)]
    [Alias("Term", "Name"), AllowNull, AllowEmptyString, AllowEmptyCollection]
    public object?[] Word { get; set; } = [];

    /// <inheritdoc cref="WordCmdlet.WordProperty"/>
    [Parameter(ParameterSetName = WordSet), ValidateNotNullOrEmpty]
    public object? WordProperty { get; set; }

    /// <inheritdoc cref="WordCmdlet.SkipEmpty"/>
    [Parameter(ParameterSetName = WordSet)]
    public SwitchParameter SkipEmpty { get; set; }

    /// <summary>Text files with one word per line; wildcards are permitted.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [FileCompleter(".txt", ".words", ".lst", ".list", ".dic", ""), SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Text files with one word per line; the paths are used exactly as typed.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP"), FileCompleter(".txt", ".words", ".lst", ".list", ".dic", "")]
    public string[] LiteralPath { get; set; } = [];

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

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        if (Threshold is double threshold && !(threshold >= 0 && threshold <= 1))
        {
            ThrowTerminatingError(Errors.ThresholdOutOfRange(threshold));
        }

        _reader = new WordReader(this, WordProperty) { SkipsEmpty = SkipEmpty };
        _take = Take;
        string model = ResolveModel(Model);
        var provider = ProviderParameters.Resolve(this, Provider, DeviceId, ProviderOption);
        Vectors = Force ? Vectors : ChooseVectors(Vectors, () => ReadMetadata(model, provider, Stop));
        _classifier = WordClassifier.Open(model, ResolveTable(Vectors), Force, provider, Stop);
        _batchSize = BatchSize ?? _classifier.PreferredBatchSize;
        if (_classifier.TakesWords && MyInvocation.BoundParameters.ContainsKey(nameof(Vectors)))
        {
            WriteWarning(
                $"The model '{_classifier.Name}' embeds its vocabulary; the vectors '{Vectors}' are not used.");
        }

        string source = _classifier.TakesWords ? "embedded vocabulary" : $"vectors '{Vectors}'";
        WriteVerbose($"Model '{model}', {source}, threshold {Threshold ?? _classifier.Metadata.Threshold}.");
    }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        if (ParameterSetName == WordSet)
        {
            _reader!.Read(Word, _take!);
        }
        else
        {
            foreach (string path in new PathResolver(this).Resolve(Path, LiteralPath))
            {
                ReadFile(path);
            }
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        AnswerBatch();
        _reader!.Complete();
        WordCmdlet.WarnOfUnknown(
            this,
            _unknown,
            _classifier!.TakesWords ? $"the model '{_classifier.Name}' does" : $"the vectors '{Vectors}' do");
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _classifier?.Dispose();
        base.Dispose(disposing);
    }

    private protected override void Flush()
    {
        if (_batch.Count > 0)
        {
            AnswerBatch();
        }
    }

    /// <summary>Classifies words, returns the answers and counts the unknown words.</summary>
    private protected virtual void Answer(WordClassifier classifier, IReadOnlyList<string> words, float? threshold)
    {
        foreach (ClassifiedWord word in classifier.Classify(words, threshold, Stop))
        {
            CountUnknown(word.IsKnown || word.IsSubword);
            WriteObject(word);
        }
    }

    /// <summary>Counts the word if it has no vector.</summary>
    private protected void CountUnknown(bool hasVector) => _unknown += hasVector ? 0 : 1;

    // The session remains open for the classifier.
    private static ModelMetadata ReadMetadata(
        string model, ExecutionProvider provider, CancellationToken cancellationToken)
    {
        using FileLease<OnnxSession> session = SharedFiles.RentSession(
            model, provider, cancellationToken);
        return ModelMetadata.FromProperties(session.Value.GetProperties());
    }

    private void ReadFile(string path)
    {
        long length = File.Exists(path) ? new FileInfo(path).Length : 0;
        var bar = new ProgressBar(this, "Classifying words");
        using IEnumerator<WordLine> lines = WordFile.Read(path, Stop).GetEnumerator();
        while (TryMoveNext(lines, path))
        {
            Stop.ThrowIfCancellationRequested();
            WordLine line = lines.Current;
            if (length > 0)
            {
                bar.Report(
                    (double)line.FileOffset / length,
                    () => FormattableString.Invariant($"{path}, line {line.Number:N0}"));
            }

            if (Term.Check(line.Text) is OnnxDeepException problem)
            {
                Report(Errors.FromLine(problem, path, line.Number));
            }
            else
            {
                Add(line.Text);
            }
        }

        bar.Complete();
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

    // Errors in a file end only that file; errors in the model end the pipeline.
    private bool TryMoveNext(IEnumerator<WordLine> lines, string path)
    {
        try
        {
            return lines.MoveNext();
        }
        catch (OnnxDeepException e)
        {
            Report(Errors.From(e, path));
            return false;
        }
    }

    private void Add(string word)
    {
        _batch.Add(word);
        if (_batch.Count >= _batchSize || Environment.TickCount64 - _lastFlush > LongestWaitMilliseconds)
        {
            AnswerBatch();
        }
    }

    private void AnswerBatch()
    {
        try
        {
            Answer(_classifier!, _batch, (float?)Threshold);
        }
        finally
        {
            _batch.Clear();
            _lastFlush = Environment.TickCount64;
        }
    }
}
