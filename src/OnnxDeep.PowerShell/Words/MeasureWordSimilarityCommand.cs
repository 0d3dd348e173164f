using System.Management.Automation;

using OnnxDeep.PowerShell.Common;
using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.PowerShell.Words;

/// <summary>Measures how similar words are.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "WordSimilarity", HelpUri = HelpUris.MeasureWordSimilarity)]
[OutputType(typeof(WordSimilarity))]
public sealed class MeasureWordSimilarityCommand : WordCmdlet
{
    private float[]? _reference;
    private TermOrigin _origin;

    /// <summary>The word to compare the others with.</summary>
    [Parameter(Mandatory = true, Position = 0)]
    [AllowEmptyString]
    public string ReferenceWord { get; set; } = string.Empty;

    /// <summary>Words, terms of several words, or objects that contain them.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipeline = true)]
    [Alias("Term", "Name"), AllowNull, AllowEmptyString, AllowEmptyCollection]
    public object?[] Word { get; set; } = [];

    /// <inheritdoc/>
    protected override void OnBegin()
    {
        base.OnBegin();
        if (Term.Check(ReferenceWord) is OnnxDeepException problem)
        {
            ThrowTerminatingError(Errors.From(problem, ReferenceWord));
        }

        _reference = LookUp(ReferenceWord, out _origin, out _);
    }

    /// <inheritdoc/>
    protected override void OnProcess() => Reader.Read(Word, Compare);

    private void Compare(string? word)
    {
        Stop.ThrowIfCancellationRequested();
        if (TryLookUp(word, out float[]? vector, out TermOrigin origin, out _))
        {
            float? similarity = _reference is null || vector is null
                ? null
                : VectorMath.CosineSimilarity(_reference, vector);
            WriteObject(new WordSimilarity(
                ReferenceWord, word!, similarity, origin == TermOrigin.Key && _origin == TermOrigin.Key)
            {
                IsSubword = similarity is not null
                    && (origin == TermOrigin.Subword || _origin == TermOrigin.Subword),
            });
        }
    }
}
