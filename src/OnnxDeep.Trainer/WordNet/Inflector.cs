namespace OnnxDeep.Trainer.WordNet;

/// <summary>
/// Returns the inflected forms of a lemma: those of WordNet's exception lists, and the regular ones if the lists have
/// no form of that kind.
/// </summary>
internal sealed class Inflector
{
    private readonly Dictionary<(PartOfSpeech PartOfSpeech, string Lemma), List<string>> _irregular = [];

    private const string Vowels = "aeiou";

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
                    forms.Add(WithS(lemma));
                }

                if (!irregular.Any(form => !IsPresent(form) && !IsParticiple(form)))
                {
                    forms.Add(WithEd(lemma));
                }

                if (!irregular.Any(IsParticiple))
                {
                    forms.Add(WithIng(lemma));
                }

                return forms;
            case PartOfSpeech.Adjective when irregular.Count == 0 && !lemma.Contains(' '):
                return [WithEr(lemma), WithEst(lemma)];
            default:
                return [];
        }
    }

    /// <summary>Returns the number of vowel groups in a word, which approximates its number of syllables.</summary>
    public static int VowelGroups(string word)
    {
        int groups = 0;
        for (int i = 0; i < word.Length; i++)
        {
            bool vowel = IsVowel(word[i]) || (word[i] == 'y' && i > 0);
            bool silent = word[i] == 'e' && i == word.Length - 1 && groups > 0;
            if (vowel && !silent && (i == 0 || !(IsVowel(word[i - 1]) || word[i - 1] == 'y')))
            {
                groups++;
            }
        }

        return groups;
    }

    // Only the last word of a collocation is inflected: hot dogs, kitchen knives.
    private string Plural(string lemma)
    {
        int blank = lemma.LastIndexOf(' ');
        string last = lemma[(blank + 1)..];
        IReadOnlyList<string> irregular = blank < 0 ? [] : Irregular(last, PartOfSpeech.Noun);
        string plural = irregular.Count > 0 ? irregular[0] : WithPluralEnding(last);
        return string.Concat(lemma.AsSpan(0, blank + 1), plural);
    }

    private static bool IsPresent(string form) => form.EndsWith('s');

    private static bool IsParticiple(string form) => form.EndsWith("ing", StringComparison.Ordinal);

    // Brethren, pease and pence do not replace brothers, peas and pennies; men and children have no regular plural.
    private static bool IsArchaicPlural(string form) => form is "brethren" or "pease" or "pence";

    // berry → berries, box → boxes, man → men (in compounds), apple → apples.
    private static string WithPluralEnding(string noun) => noun.Length > 3
        && noun.EndsWith("man", StringComparison.Ordinal)
        && !noun.EndsWith("human", StringComparison.Ordinal)
            ? string.Concat(noun.AsSpan(..^2), "en")
            : WithS(noun);

    // carry → carries, watch → watches, go → goes, play → plays.
    private static string WithS(string word)
    {
        if (EndsInConsonantY(word))
        {
            return string.Concat(word.AsSpan(..^1), "ies");
        }

        bool hisses = word is [.., 's' or 'x' or 'z'] or [.., 'c' or 's', 'h'] or "go" or "do";
        return word + (hisses ? "es" : "s");
    }

    // carry → carried, bake → baked, stop → stopped, play → played.
    private static string WithEd(string verb) => Attach(verb, "ed");

    // bake → baking, die → dying, see → seeing, stop → stopping.
    private static string WithIng(string verb) => verb switch
    {
        [.., 'i', 'e'] => string.Concat(verb.AsSpan(..^2), "ying"),
        [.., 'e' or 'o' or 'y', 'e'] => verb + "ing",
        [_, _, .., 'e'] => string.Concat(verb.AsSpan(..^1), "ing"),
        _ => (EndsShort(verb) ? verb + verb[^1] : verb) + "ing",
    };

    // big → bigger, dry → drier, nice → nicer.
    private static string WithEr(string adjective) => Attach(adjective, "er");

    // big → biggest, dry → driest, nice → nicest.
    private static string WithEst(string adjective) => Attach(adjective, "est");

    private static string Attach(string word, string ending)
    {
        if (word.EndsWith('e'))
        {
            return string.Concat(word, ending.AsSpan(1));
        }

        if (EndsInConsonantY(word))
        {
            return string.Concat(word.AsSpan(..^1), "i", ending);
        }

        return (EndsShort(word) ? word + word[^1] : word) + ending;
    }

    private static bool EndsInConsonantY(string word) => word is [.., char before, 'y'] && !IsVowel(before);

    // A single short syllable doubles its last consonant; longer words that do so are in WordNet's exception lists.
    private static bool EndsShort(string word) => word is [.., char first, char vowel, char last]
        && !IsVowel(last) && last is not ('w' or 'x' or 'y')
        && IsVowel(vowel)
        && (!IsVowel(first) || word is [.., 'q', 'u', _, _])
        && VowelGroups(word) == 1;

    private static bool IsVowel(char letter) => Vowels.Contains(letter);
}
