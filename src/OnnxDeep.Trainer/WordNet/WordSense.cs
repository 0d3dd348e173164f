namespace OnnxDeep.Trainer.WordNet;

/// <summary>One meaning of one lemma.</summary>
/// <param name="Synset">The meaning.</param>
/// <param name="Number">1 for the commonest sense of the lemma in its part of speech.</param>
/// <param name="TagCount">How often the sense was met in the tagged texts behind WordNet (cntlist.rev).</param>
public sealed record WordSense(Synset Synset, int Number, int TagCount)
{
    /// <summary>
    /// Whether the sense belongs to another lemma, of which this one is a form or a spelling: peanuts has the senses
    /// of peanut besides its own.
    /// </summary>
    public bool IsInherited { get; init; }
}
