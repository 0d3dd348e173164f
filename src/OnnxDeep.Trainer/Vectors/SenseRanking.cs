using OnnxDeep.Trainer.WordNet;

namespace OnnxDeep.Trainer.Vectors;

/// <summary>Puts the senses of a lemma in one order over all parts of speech.</summary>
internal static class SenseRanking
{
    /// <summary>
    /// Words before names (turkey the bird before Turkey), then the most tagged, then by number. Of two equals the
    /// lemma's own sense comes first where it was tagged (greens, the vegetables), and else the inherited one: peanuts
    /// are nuts before they are money.
    /// </summary>
    public static WordSense[] Order(Lemma lemma) =>
    [
        .. lemma.Senses
            .OrderBy(sense => lemma.IsProper(sense))
            .ThenByDescending(sense => sense.TagCount)
            .ThenBy(sense => sense.Number)
            .ThenBy(sense => sense.IsInherited == (sense.TagCount > 0))
            .ThenBy(sense => sense.Synset.Id.PartOfSpeech),
    ];
}
