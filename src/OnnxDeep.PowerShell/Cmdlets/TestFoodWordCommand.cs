using System.Management.Automation;

using OnnxDeep.Inference;
using OnnxDeep.IO;
using OnnxDeep.Onnx;
using OnnxDeep.PowerShell.Completion;
using OnnxDeep.WordVectors;

namespace OnnxDeep.PowerShell.Cmdlets;

/// <summary>Tells food from not food, word by word.</summary>
[Cmdlet(VerbsDiagnostic.Test, "FoodWord", DefaultParameterSetName = WordSet)]
[OutputType(typeof(WordPrediction), ParameterSetName = [WordSet, PathSet, LiteralPathSet])]
[OutputType(typeof(bool), ParameterSetName = [WordSet, PathSet, LiteralPathSet])]
public sealed class TestFoodWordCommand : WordCmdlet
{
    private const string WordSet = "Word";
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";

    // A slow pipeline should see its first answers while it still produces words.
    private const long LongestWaitMilliseconds = 50;

    private readonly List<string> _batch = [];
    private WordClassifier? _classifier;
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

    /// <summary>The name of a model of the module, or an ONNX file.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ModelCompleter))]
    [ValidateNotNullOrEmpty]
    public string Model { get; set; } = ModelStore.DefaultModel;

    /// <summary>The probability from which a word counts as food; the model's own where not given.</summary>
    [Parameter]
    public double? Threshold { get; set; }

    /// <summary>The words of one run of the model.</summary>
    [Parameter]
    [ValidateRange(1, 65536)]
    public int BatchSize { get; set; } = 256;

    /// <summary>Uses the vectors though the model was trained on others of the same dimensions.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary>Writes true or false a word, and nothing else.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        if (Threshold is double threshold && !(threshold >= 0 && threshold <= 1))
        {
            ThrowTerminatingError(Errors.ThresholdOutOfRange(threshold));
        }

        string model = ResolveModel(Model);
        _classifier = OpenClassifier(model);
        WriteVerbose($"Model '{model}', vectors '{Vectors}', threshold {Threshold ?? _classifier.Metadata.Threshold}.");
    }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        foreach (string? word in Word ?? [null])
        {
            if (Term.Check(word) is TermException problem)
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

    // Without -Vectors the model's own are taken, wherever they are among the named tables.
    private WordClassifier OpenClassifier(string model)
    {
        try
        {
            return WordClassifier.Open(model, ResolveTable(Vectors), Force);
        }
        catch (ModelException e) when (e.ErrorId == ModelException.VectorsMismatch
            && !MyInvocation.BoundParameters.ContainsKey(nameof(Vectors)))
        {
            ModelMetadata metadata = ModelMetadata.FromProperties(OnnxModelFile.Load(model).Properties);
            if (Tables.FindByContent(metadata.VectorsContentSha256 ?? string.Empty) is not string own)
            {
                throw;
            }

            Vectors = own;
            return WordClassifier.Open(model, own);
        }
    }

    private void ReadFile(string path)
    {
        var progress = new FileProgress(this, "Classifying words", path);
        try
        {
            foreach (WordLine line in WordFile.Read(path, Stop))
            {
                Stop.ThrowIfCancellationRequested();
                progress.Report(line);
                if (Term.Check(line.Text) is TermException problem)
                {
                    Report(Errors.FromLine(problem, path, line.Number));
                }
                else
                {
                    Add(line.Text);
                }
            }
        }
        catch (WordFileException e)
        {
            Report(Errors.From(e, path));
        }

        progress.Complete();
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
        if (_batch.Count >= BatchSize || Environment.TickCount64 - _lastFlush > LongestWaitMilliseconds)
        {
            Flush();
        }
    }

    private void Flush()
    {
        WordPrediction[] predictions = _classifier!.Classify(_batch, (float?)Threshold, Stop);
        _batch.Clear();
        _lastFlush = Environment.TickCount64;
        foreach (WordPrediction prediction in predictions)
        {
            if (prediction is { IsKnown: false, IsSubword: false })
            {
                CountUnknown();
            }

            WriteObject(Quiet ? prediction.IsFood ?? false : prediction);
        }
    }
}
