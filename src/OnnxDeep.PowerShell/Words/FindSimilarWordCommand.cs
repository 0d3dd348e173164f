using System.Management.Automation;

using OnnxDeep.PowerShell.Common;
using OnnxDeep.Words.Lookup;

namespace OnnxDeep.PowerShell.Words;

/// <summary>Finds the words whose vectors are nearest to those of a word or of a sum and difference of words.</summary>
[Cmdlet(VerbsCommon.Find, "SimilarWord", DefaultParameterSetName = WordSet, HelpUri = HelpUris.FindSimilarWord)]
[OutputType(typeof(SimilarWord))]
public sealed class FindSimilarWordCommand : WordCmdlet
{
    private const string AnalogySet = "Analogy";

    private SimilaritySearch? _search;

    /// <summary>Words, terms of several words, or objects that contain them.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = WordSet, ValueFromPipeline = true)]
    [Alias("Term", "Name"), AllowNull, AllowEmptyString, AllowEmptyCollection]
    public object?[] Word { get; set; } = [];

    /// <summary>The words to add.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AnalogySet)]
    [AllowEmptyString, WordTransformation]
    public string[] Positive { get; set; } = [];

    /// <summary>The words to subtract.</summary>
    [Parameter(ParameterSetName = AnalogySet)]
    [AllowEmptyString, WordTransformation]
    public string[] Negative { get; set; } = [];

    /// <summary>The number of similar words to return for each word.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    [NumberTransformation]
    public int Top { get; set; } = 10;

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        base.OnBegin();
        _search = new SimilaritySearch(Table);
        if (Table.KeyCount == 0)
        {
            ThrowTerminatingError(Errors.NoKeys(Table.Path));
        }
    }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        if (ParameterSetName == AnalogySet)
        {
            FindAnalogy();
            return;
        }

        Reader.Read(Word, word =>
        {
            if (TryLookUp(word, out float[]? vector, out _, out _) && vector is not null)
            {
                Find(word!, vector, [word!]);
            }
        });
    }

    private void FindAnalogy()
    {
        float[][]? positive = LookUpAll(Positive);
        float[][]? negative = LookUpAll(Negative);
        if (positive is not null && negative is not null)
        {
            string name = string.Join(" - ", [string.Join(" + ", Positive), .. Negative]);
            Find(name, Analogy.Combine(positive, negative), [.. Positive, .. Negative]);
        }
    }

    // Without one of its words, the analogy would be a different one.
    private float[][]? LookUpAll(string[] words)
    {
        var vectors = new List<float[]>();
        foreach (string word in words)
        {
            if (!TryLookUp(word, out float[]? vector, out _, out _))
            {
                continue;
            }

            if (vector is null)
            {
                WriteError(Errors.WordUnknown(word, Table.Name));
                continue;
            }

            vectors.Add(vector);
        }

        return vectors.Count == words.Length ? [.. vectors] : null;
    }

    private void Find(string name, float[] vector, string[] words)
    {
        var own = new List<int>();
        foreach (string word in words)
        {
            if (Vectorizer.TryGetRow(word, out int row))
            {
                own.Add(row);
            }
        }

        int position = 0;
        foreach (Neighbor neighbor in _search!.Find(vector, Top, own, Stop))
        {
            WriteObject(new SimilarWord(name, ++position, neighbor.Key, neighbor.Similarity));
        }
    }
}
