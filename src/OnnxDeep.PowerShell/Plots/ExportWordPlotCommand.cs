using System.Collections;
using System.Management.Automation;
using CommunityToolkit.HighPerformance;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Words;
using OnnxDeep.IO;
using OnnxDeep.Learning.Data;
using OnnxDeep.Plots.Pictures;
using OnnxDeep.PowerShell.Common;
using OnnxDeep.PowerShell.Words;
using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.PowerShell.Plots;

/// <summary>Draws words in two dimensions.</summary>
[Cmdlet(
    VerbsData.Export, "WordPlot",
    DefaultParameterSetName = WordSet,
    SupportsShouldProcess = true,
    HelpUri = HelpUris.ExportWordPlot)]
[OutputType(typeof(FileInfo))]
public sealed class ExportWordPlotCommand : PlotCmdlet
{
    private const string ListSet = "List";

    private readonly Dictionary<string, string?> _labels = new(StringComparer.Ordinal);
    private readonly List<string> _words = [];
    private WordReader? _reader;

    /// <summary>
    /// Words, terms of several words, or objects that contain them; the default is the hundred words of the food model.
    /// </summary>
    [Parameter(Position = 1, ParameterSetName = WordSet, ValueFromPipeline = true)]
    [Alias("Term", "Name"), AllowNull, AllowEmptyString, AllowEmptyCollection]
    public object?[] Word { get; set; } = [];

    /// <inheritdoc cref="WordCmdlet.WordProperty"/>
    [Parameter(ParameterSetName = WordSet), ValidateNotNullOrEmpty]
    public object? WordProperty { get; set; }

    /// <inheritdoc cref="WordCmdlet.SkipEmpty"/>
    [Parameter(ParameterSetName = WordSet)]
    public SwitchParameter SkipEmpty { get; set; }

    /// <summary>The class of the words.</summary>
    [Parameter(ParameterSetName = WordSet, ValueFromPipelineByPropertyName = true)]
    public string? Label { get; set; }

    /// <summary>The words of the first class.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ListSet), WordTransformation]
    public string[] Positive { get; set; } = [];

    /// <summary>The words of the second class.</summary>
    [Parameter(ParameterSetName = ListSet), WordTransformation]
    public string[] Negative { get; set; } = [];

    /// <summary>The name of the first class.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    public string PositiveLabel { get; set; } = "positive";

    /// <summary>The name of the second class.</summary>
    [Parameter(ParameterSetName = ListSet)]
    [ValidateNotNullOrEmpty]
    public string NegativeLabel { get; set; } = "negative";

    /// <summary>The name or path of a vector table.</summary>
    [Parameter, VectorsCompleter, ValidateNotNullOrEmpty]
    public string Vectors { get; set; } = VectorStore.DefaultVectors;

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        base.OnBegin();
        _reader = new WordReader(this, WordProperty) { SkipsEmpty = SkipEmpty };
    }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        if (ParameterSetName == ListSet)
        {
            AddAll(Positive, PositiveLabel);
            AddAll(Negative, NegativeLabel);
        }
        else if (!MyInvocation.ExpectingInput && !MyInvocation.BoundParameters.ContainsKey(nameof(Word)))
        {
            AddAll(FoodWords.Foods, FoodWords.Labels[1]);
            AddAll(FoodWords.Others, FoodWords.Labels[0]);
        }
        else
        {
            // The pipeline binds the labels of objects, but not those of hashtables.
            string? label = Label ?? (Word is [IDictionary row]
                ? RowProperties.ToText(RowProperties.Get(PSObject.AsPSObject(row), nameof(Label)))
                : null);
            _reader!.Read(Word, word => Add(word, label));
        }
    }

    /// <inheritdoc/>
    protected override void OnEnd()
    {
        _reader!.Complete();
        using FileLease<WordVectorTable> lease = SharedFiles.RentTable(ResolveTable(Vectors));
        var vectorizer = new TermVectorizer(lease.Value);
        int dimensions = lease.Value.Dimensions;
        var known = new List<string>();
        float[] vectors = new float[_words.Count * dimensions];
        foreach (string word in _words)
        {
            Stop.ThrowIfCancellationRequested();
            if (vectorizer.TryGetVector(word, vectors.AsSpan(known.Count * dimensions, dimensions)))
            {
                known.Add(word);
            }
        }

        if (known.Count < _words.Count)
        {
            int unknown = _words.Count - known.Count;
            WriteWarning(
                FormattableString.Invariant($"{unknown:N0} {(unknown == 1 ? "word is" : "words are")} unknown and ")
                + $"not in the picture: the vectors '{Vectors}' do not contain {(unknown == 1 ? "it" : "them")}.");
        }

        Write(WordPlot.Create(
            known,
            [.. known.Select(word => _labels[word])],
            new ReadOnlySpan2D<float>(vectors, known.Count, dimensions)));
    }

    private void AddAll(IEnumerable<string?> words, string? label)
    {
        foreach (string? word in words)
        {
            Add(word, label);
        }
    }

    // A duplicate word is drawn once, in its first class.
    private void Add(string? word, string? label)
    {
        if (Term.Check(word) is OnnxDeepException problem)
        {
            WriteError(Errors.From(problem, word));
        }
        else if (_labels.TryAdd(word!, string.IsNullOrWhiteSpace(label) ? null : label))
        {
            _words.Add(word!);
        }
    }
}
