using OnnxDeep.Numerics;
using OnnxDeep.Trainer.WordNet;

namespace OnnxDeep.Trainer.Vectors;

/// <summary>
/// Estimates how common a lemma is from all that WordNet contains: occurrences in tagged texts and in glosses, its
/// senses, its relations, its position among its synonyms, and its length. Without a corpus, the order is good enough
/// to drop rare words, but no better. The constants were set by hand to include everyday words and exclude genera and
/// chemicals.
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

    /// <summary>Returns all lemmas, most common first; ties are in ordinal order.</summary>
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
        WordSense firstSense = lemma.OrderSenses()[0];
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

    // WordNet lists the most common word of a synset first.
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
