namespace OnnxDeep.Trainer.WordNet;

/// <summary>
/// Returns the inflected forms of a lemma: those of WordNet's exception lists, and the regular ones if the lists have
/// no form of that kind.
/// </summary>
internal sealed class Inflector
{
    private readonly Dictionary<(PartOfSpeech PartOfSpeech, string Lemma), List<string>> _irregular = [];

    /// <summary>Creates an inflector with the exceptions of <paramref name="database"/>.</summary>
    public Inflector(WordNetDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        foreach (PartOfSpeech partOfSpeech in Enum.GetValues<PartOfSpeech>())
        {
            foreach ((string form, string lemma) in database.Exceptions(partOfSpeech))
            {
                if (!_irregular.TryGetValue((partOfSpeech, lemma), out List<string>? forms))
                {
                    _irregular.Add((partOfSpeech, lemma), forms = []);
                }

                forms.Add(form);
            }
        }
    }

    /// <summary>
    /// Returns the forms of <paramref name="lemma"/> in the exception lists, in the order of the list.
    /// </summary>
    public IReadOnlyList<string> Irregular(string lemma, PartOfSpeech partOfSpeech) =>
        _irregular.GetValueOrDefault((partOfSpeech, lemma)) ?? [];

    /// <summary>
    /// Returns the regular forms: a noun's plural (of its last word), a verb's -s, -ed and -ing forms, an adjective's
    /// -er and -est; none for an adverb, a verb of several words, or a kind of form that is irregular.
    /// </summary>
    public IReadOnlyList<string> Regular(string lemma, PartOfSpeech partOfSpeech)
    {
        ArgumentNullException.ThrowIfNull(lemma);
        IReadOnlyList<string> irregular = Irregular(lemma, partOfSpeech);
        switch (partOfSpeech)
        {
            case PartOfSpeech.Noun when irregular.All(IsArchaicPlural):
                return [Plural(lemma)];
            case PartOfSpeech.Verb when !lemma.Contains(' '):
                var forms = new List<string>(3);
                if (!irregular.Any(IsPresent))
                {
                    forms.Add(RegularForms.WithS(lemma));
                }

                if (!irregular.Any(form => !IsPresent(form) && !IsParticiple(form)))
                {
                    forms.Add(RegularForms.WithEd(lemma));
                }

                if (!irregular.Any(IsParticiple))
                {
                    forms.Add(RegularForms.WithIng(lemma));
                }

                return forms;
            case PartOfSpeech.Adjective when irregular.Count == 0 && !lemma.Contains(' '):
                return [RegularForms.WithEr(lemma), RegularForms.WithEst(lemma)];
            default:
                return [];
        }
    }

    // Only the last word of a collocation is inflected: hot dogs, kitchen knives.
    private string Plural(string lemma)
    {
        int blank = lemma.LastIndexOf(' ');
        string last = lemma[(blank + 1)..];
        IReadOnlyList<string> irregular = blank < 0 ? [] : Irregular(last, PartOfSpeech.Noun);
        string plural = irregular.Count > 0 ? irregular[0] : RegularForms.Plural(last);
        return string.Concat(lemma.AsSpan(0, blank + 1), plural);
    }

    private static bool IsPresent(string form) => form.EndsWith('s');

    private static bool IsParticiple(string form) => form.EndsWith("ing", StringComparison.Ordinal);

    // Brethren, pease and pence do not replace brothers, peas and pennies; men and children have no regular plural.
    private static bool IsArchaicPlural(string form) => form is "brethren" or "pease" or "pence";
}
