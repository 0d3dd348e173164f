namespace OnnxDeep.Trainer.WordNet;

/// <summary>The regular endings of English and their effect on spelling.</summary>
internal static class RegularForms
{
    private const string Vowels = "aeiou";

    /// <summary>berry → berries, box → boxes, man → men (in compounds), apple → apples.</summary>
    public static string Plural(string noun) => noun.Length > 3 && noun.EndsWith("man", StringComparison.Ordinal)
        && !noun.EndsWith("human", StringComparison.Ordinal)
            ? string.Concat(noun.AsSpan(..^2), "en")
            : WithS(noun);

    /// <summary>carry → carries, watch → watches, go → goes, play → plays.</summary>
    public static string WithS(string word)
    {
        if (EndsInConsonantY(word))
        {
            return string.Concat(word.AsSpan(..^1), "ies");
        }

        bool hisses = word is [.., 's' or 'x' or 'z'] or [.., 'c' or 's', 'h'] or "go" or "do";
        return word + (hisses ? "es" : "s");
    }

    /// <summary>carry → carried, bake → baked, stop → stopped, play → played.</summary>
    public static string WithEd(string verb) => Attach(verb, "ed");

    /// <summary>bake → baking, die → dying, see → seeing, stop → stopping.</summary>
    public static string WithIng(string verb) => verb switch
    {
        [.., 'i', 'e'] => string.Concat(verb.AsSpan(..^2), "ying"),
        [.., 'e' or 'o' or 'y', 'e'] => verb + "ing",
        [_, _, .., 'e'] => string.Concat(verb.AsSpan(..^1), "ing"),
        _ => (EndsShort(verb) ? verb + verb[^1] : verb) + "ing",
    };

    /// <summary>big → bigger, dry → drier, nice → nicer.</summary>
    public static string WithEr(string adjective) => Attach(adjective, "er");

    /// <summary>big → biggest, dry → driest, nice → nicest.</summary>
    public static string WithEst(string adjective) => Attach(adjective, "est");

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
