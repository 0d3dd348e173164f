using System.Management.Automation;

using OnnxDeep.WordVectors;

namespace OnnxDeep.PowerShell.Cmdlets;

/// <summary>Finds the words whose vectors are nearest to a word's.</summary>
[Cmdlet(VerbsCommon.Find, "SimilarWord")]
[OutputType(typeof(SimilarWord))]
public sealed class FindSimilarWordCommand : VectorCmdlet
{
    private SimilaritySearch? _search;

    /// <summary>Words or terms of several words.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("Term", "Name")]
    [AllowNull]
    [AllowEmptyString]
    [AllowEmptyCollection]
    [WordTransformation]
    public string?[] Word { get; set; } = [];

    /// <summary>How many neighbours of each word.</summary>
    [Parameter]
    [ValidateRange(1, 1000)]
    public int Top { get; set; } = 10;

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        base.OnBegin();
        _search = new SimilaritySearch(Table);
    }

    /// <inheritdoc/>
    protected override void OnProcess()
    {
        foreach (string? word in Word ?? [null])
        {
            if (TryLookUp(word, out float[]? vector) && vector is not null)
            {
                int[] own = Vectorizer.TryGetRow(word!, out int row) ? [row] : [];
                int position = 0;
                foreach (Neighbor neighbor in _search!.Find(vector, Top, own, Stop))
                {
                    WriteObject(new SimilarWord(word!, ++position, neighbor.Key, neighbor.Similarity));
                }
            }
        }
    }
}
