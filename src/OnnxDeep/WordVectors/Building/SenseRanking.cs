using OnnxDeep.WordNet;

namespace OnnxDeep.WordVectors.Building;

/// <summary>Puts the senses of a lemma in one order over all parts of speech.</summary>
internal static class SenseRanking
{
    /// <summary>Words before names (turkey the bird before Turkey), then the most tagged, then by number.</summary>
    public static WordSense[] Order(Lemma lemma) =>
    [
        .. lemma.Senses
            .OrderBy(sense => lemma.IsProper(sense.Synset))
            .ThenByDescending(sense => sense.TagCount)
            .ThenBy(sense => sense.Number)
            .ThenBy(sense => sense.Synset.Id.PartOfSpeech),
    ];
}
