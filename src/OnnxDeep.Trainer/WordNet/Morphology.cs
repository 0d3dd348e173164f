namespace OnnxDeep.Trainer.WordNet;

/// <summary>Finds the lemma of an inflected form, with the exception lists and endings of morphy(7WN).</summary>
internal sealed class Morphology
{
    private static readonly (PartOfSpeech PartOfSpeech, string Ending, string Base)[] s_endings =
    [
        (PartOfSpeech.Noun, "s", ""),
        (PartOfSpeech.Noun, "ses", "s"),
        (PartOfSpeech.Noun, "xes", "x"),
        (PartOfSpeech.Noun, "zes", "z"),
        (PartOfSpeech.Noun, "ches", "ch"),
        (PartOfSpeech.Noun, "shes", "sh"),
        (PartOfSpeech.Noun, "men", "man"),
        (PartOfSpeech.Noun, "ies", "y"),
        (PartOfSpeech.Verb, "s", ""),
        (PartOfSpeech.Verb, "ies", "y"),
        (PartOfSpeech.Verb, "es", "e"),
        (PartOfSpeech.Verb, "es", ""),
        (PartOfSpeech.Verb, "ed", "e"),
        (PartOfSpeech.Verb, "ed", ""),
        (PartOfSpeech.Verb, "ing", "e"),
        (PartOfSpeech.Verb, "ing", ""),
        (PartOfSpeech.Adjective, "er", ""),
        (PartOfSpeech.Adjective, "est", ""),
        (PartOfSpeech.Adjective, "er", "e"),
        (PartOfSpeech.Adjective, "est", "e"),
    ];

    private readonly WordNetDatabase _database;
    private readonly Dictionary<string, string> _irregular = new(StringComparer.Ordinal);

    /// <summary>Creates an instance with the lemmas and exceptions of <paramref name="database"/>.</summary>
    public Morphology(WordNetDatabase database)
    {
        ArgumentNullException.ThrowIfNull(database);
        _database = database;
        foreach (PartOfSpeech partOfSpeech in Enum.GetValues<PartOfSpeech>())
        {
            foreach ((string form, string lemma) in database.Exceptions(partOfSpeech))
            {
                _irregular.TryAdd(form, lemma);
            }
        }
    }

    /// <summary>
    /// Returns the lemma of a lowercase form: the form itself if it is a lemma, then the exceptions, then the first
    /// ending that leads to a lemma of its part of speech; <see langword="null"/> if there is none.
    /// </summary>
    public Lemma? BaseForm(string form)
    {
        ArgumentNullException.ThrowIfNull(form);
        if (_database.TryGetLemma(form, out Lemma? lemma)
            || (_irregular.TryGetValue(form, out string? irregular) && _database.TryGetLemma(irregular, out lemma)))
        {
            return lemma;
        }

        foreach ((PartOfSpeech partOfSpeech, string ending, string replacement) in s_endings)
        {
            if (form.Length > ending.Length
                && form.EndsWith(ending, StringComparison.Ordinal)
                && _database.TryGetLemma(string.Concat(form.AsSpan(..^ending.Length), replacement), out lemma)
                && lemma.Senses.Any(sense => sense.Synset.Id.PartOfSpeech == partOfSpeech))
            {
                return lemma;
            }
        }

        return null;
    }
}
