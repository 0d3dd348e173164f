using System.Collections;
using System.Management.Automation;

using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Words;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.Words.Lookup;

namespace OnnxDeep.PowerShell.Words;

/// <summary>
/// The base of the cmdlets that classify words: from the pipeline, by property, or from files, in batches.
/// </summary>
public abstract class TestWordCmdlet : WordCmdlet
{
    // A slow pipeline should see its first answers while it still produces words.
    private const long LongestWaitMilliseconds = 50;

    private readonly List<string> _batch = [];
    private WordClassifier? _classifier;
    private int _batchSize;
    private long _lastFlush;

    /// <summary>Words or terms of several words.</summary>
    [Parameter(
        Mandatory = true, Position = 0, ParameterSetName = WordSet,
        ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Term", "Name")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [WordTransformation]
    public string?[] Word { get; set; } = [];

    /// <summary>Text files with a word a line; wildcards are resolved.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PathSet)]
    [SupportsWildcards]
    public string[] Path { get; set; } = [];

    /// <summary>Text files with a word a line, taken as written.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath", "LP")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>
    /// The probability from which a word is of the second of two classes; the model's own where not given.
    /// </summary>
    [Parameter]
    public double? Threshold { get; set; }

    /// <summary>The words of one run of the model; so many as suit the device where not given.</summary>
    [Parameter]
    [ValidateRange(1, 65536)]
    public int? BatchSize { get; set; }

    /// <summary>Uses the vectors though the model was trained on others of the same dimensions.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Where the model runs: Auto, CPU, CUDA or any other execution provider.</summary>
    [Parameter]
    [ProviderCompleter]
    [ValidateNotNullOrEmpty]
    public string Provider { get; set; } = "CPU";

    /// <summary>The provider's device, from 0; its own choice where not given.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int? DeviceId { get; set; }

    /// <summary>The provider's own options.</summary>
    [Parameter]
    [ValidateNotNull]
    public Hashtable? ProviderOption { get; set; }

    /// <summary>The model, by name or path.</summary>
    protected abstract string ModelName { get; }

    /// <inheritdoc/>
    protected override string WordSource =>
        _classifier!.TakesWords ? $"the model '{_classifier.Name}' has" : base.WordSource;

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        if (Threshold is double threshold && !(threshold >= 0 && threshold <= 1))
        {
            ThrowTerminatingError(Errors.ThresholdOutOfRange(threshold));
        }

        string model = ResolveModel(ModelName);
        ExecutionProvider provider = ResolveProvider(Provider, DeviceId, ProviderOption);
        string vectors = Vectors;
        _classifier = OpenWithVectors(model, ref vectors, table => WordClassifier.Open(model, table, Force, provider));
        Vectors = vectors;
        _batchSize = BatchSize ?? _classifier.PreferredBatchSize;
        if (_classifier.TakesWords && MyInvocation.BoundParameters.ContainsKey(nameof(Vectors)))
        {
            WriteWarning($"The model '{_classifier.Name}' has its words within: the vectors '{Vectors}' are not used.");
        }

        string source = _classifier.TakesWords ? "its own words" : $"vectors '{Vectors}'";
        WriteVerbose($"Model '{model}', {source}, threshold {Threshold ?? _classifier.Metadata.Threshold}.");
    }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        foreach (string? word in Word ?? [null])
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

        if (ParameterSetName != WordSet)
        {
            foreach (string path in new WordPathResolver(this).Resolve(Path, LiteralPath))
            {
                ReadFile(path);
            }
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        Flush();
        base.OnEnd();
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _classifier?.Dispose();
        base.Dispose(disposing);
    }

    private void ReadFile(string path)
    {
        var progress = new FileProgress(this, "Classifying words", path);
        using IEnumerator<WordLine> lines = WordFile.Read(path, Stop).GetEnumerator();
        while (TryMoveNext(lines, path))
        {
            Stop.ThrowIfCancellationRequested();
            progress.Report(lines.Current);
            if (Term.Check(lines.Current.Text) is OnnxDeepException problem)
            {
                Report(Errors.FromLine(problem, path, lines.Current.Number));
            }
            else
            {
                Add(lines.Current.Text);
            }
        }

        progress.Complete();
    }

    // Only the file's own errors end the file; the model's end the pipeline.
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

    // The words before an error are answered first: it may end the pipeline.
    private void Report(ErrorRecord error)
    {
        Flush();
        WriteError(error);
    }

    private void Add(string word)
    {
        _batch.Add(word);
        if (_batch.Count >= _batchSize || Environment.TickCount64 - _lastFlush > LongestWaitMilliseconds)
        {
            Flush();
        }
    }

    /// <summary>Classifies words and writes the answers, counting unknown words.</summary>
    private protected abstract void Answer(WordClassifier classifier, IReadOnlyList<string> words, float? threshold);

    private void Flush()
    {
        Answer(_classifier!, _batch, (float?)Threshold);
        _batch.Clear();
        _lastFlush = Environment.TickCount64;
    }
}
