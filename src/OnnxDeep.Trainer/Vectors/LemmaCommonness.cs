using OnnxDeep.Numerics;
using OnnxDeep.Trainer.WordNet;

namespace OnnxDeep.Trainer.Vectors;

/// <summary>
/// How common a lemma is, by all that WordNet tells: occurrences in tagged texts and in glosses, its senses, its
/// relations, its place among its synonyms, its length. No corpus stands behind it, so it orders words well enough to
/// drop the rare ones and no better. The figures were set by hand: everyday words in, genera and chemicals out.
/// </summary>
internal sealed class LemmaCommonness(SynsetFeatures features)
{
    private const double TagShare = 1.0;
    private const double GlossShare = 0.8;
    private const double SenseShare = 0.5;
    private const double RelationShare = 0.3;
    private const double PartShare = 0.45;
    private const double PlaceCost = 0.3;
    private const double LetterCost = 0.045;
    private const double CollocationCost = 1.9;
    private const double ProperCost = 1.5;
    private const double TaxonCost = 3;
    private const double SubstanceCost = 1;
    private const double DomainCost = 0.4;
    private const double DigitCost = 3;
    private const double FoodBonus = 4;
    private const double ArtifactBonus = 1.2;
    private const double LivingBonus = 0.8;

    /// <summary>All lemmas, the commonest first; ties in ordinal order.</summary>
    public Lemma[] Order(IReadOnlyList<Lemma> lemmas) =>
    [
        .. lemmas
            .Select(lemma => (Lemma: lemma, Score: Score(lemma)))
            .OrderByDescending(pair => pair.Score)
            .ThenBy(pair => pair.Lemma.Text, StringComparer.Ordinal)
            .Select(pair => pair.Lemma),
    ];

    private double Score(Lemma lemma)
    {
        WordSense firstSense = SenseRanking.Order(lemma)[0];
        Synset first = firstSense.Synset;
        bool proper = lemma.IsProper(firstSense);
        string[] parts = lemma.Text.Split(' ', '-');
        double score = (TagShare * DeterministicMath.Log(1 + lemma.TagCount))
            + (GlossShare * DeterministicMath.Log(1 + features.Occurrences(lemma.Text)))
            + (SenseShare * DeterministicMath.Log(lemma.Senses.Count))
            + (RelationShare * DeterministicMath.Log(1 + first.Pointers.Count))
            - (PlaceCost * DeterministicMath.Log(1 + Place(lemma.Text, first)))
            - (LetterCost * parts.Max(part => part.Length))
            - (proper ? ProperCost : 0)
            - (first.Pointers.Any(IsDomain) ? DomainCost : 0)
            - (lemma.Text.Any(char.IsAsciiDigit) ? DigitCost : 0);
        if (parts.Length > 1)
        {
            double rarest = parts.Min(features.Occurrences);
            score += (PartShare * DeterministicMath.Log(1 + rarest)) - (CollocationCost * (parts.Length - 1));
        }

        if (!proper && lemma.Senses.Any(sense => sense.Synset.LexicographerFile == LexicographerFiles.Food))
        {
            return score + FoodBonus;
        }

        return score + (first.LexicographerFile switch
        {
            LexicographerFiles.Animal or LexicographerFiles.Plant when proper => -TaxonCost,
            LexicographerFiles.Substance => -SubstanceCost,
            LexicographerFiles.Artifact => ArtifactBonus,
            LexicographerFiles.Animal or LexicographerFiles.Body or LexicographerFiles.Person => LivingBonus,
            _ => 0,
        });
    }

    // WordNet puts the usual word of a synset first.
    private static int Place(string lemma, Synset synset)
    {
        int place = 0;
        while (place < synset.Words.Count && !synset.Words[place].Equals(lemma, StringComparison.OrdinalIgnoreCase))
        {
            place++;
        }

        return place;
    }

    private static bool IsDomain(SynsetPointer pointer) =>
        pointer.Kind is PointerKind.RegionDomain or PointerKind.UsageDomain;
}

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
