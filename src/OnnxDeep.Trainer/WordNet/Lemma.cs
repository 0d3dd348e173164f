namespace OnnxDeep.Trainer.WordNet;

/// <summary>A word or collocation in its base form, in lowercase, with all of its senses.</summary>
/// <param name="Text">The text; the words of a collocation are separated by spaces.</param>
/// <param name="Senses">Nouns first, then verbs, adjectives and adverbs, each by sense number.</param>
internal sealed record Lemma(string Text, IReadOnlyList<WordSense> Senses)
{
    /// <summary>How often any sense of the lemma occurs in the tagged texts.</summary>
    public int TagCount => Senses.Sum(sense => sense.TagCount);

    /// <summary>Returns whether the sense is a name or an abbreviation; an inherited one never is.</summary>
    public bool IsProper(WordSense sense)
    {
        ArgumentNullException.ThrowIfNull(sense);
        return !sense.IsInherited && IsProper(sense.Synset);
    }

    /// <summary>
    /// Returns whether <paramref name="synset"/> spells the lemma with a capital: a name or an abbreviation.
    /// </summary>
    public bool IsProper(Synset synset)
    {
        ArgumentNullException.ThrowIfNull(synset);
        foreach (string word in synset.Words)
        {
            if (word.Equals(Text, StringComparison.Ordinal))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>
    /// Orders words before names (turkey the bird before Turkey), then by tag count, then by number. Of two equal
    /// senses, the lemma's own comes first if it is tagged (greens, the vegetables), otherwise the inherited one:
    /// peanuts are nuts before they are money.
    /// </summary>
    public WordSense[] OrderSenses() =>
    [
        .. Senses
            .OrderBy(sense => IsProper(sense))
            .ThenByDescending(sense => sense.TagCount)
            .ThenBy(sense => sense.Number)
            .ThenBy(sense => sense.IsInherited == (sense.TagCount > 0))
            .ThenBy(sense => sense.Synset.Id.PartOfSpeech),
    ];
}
