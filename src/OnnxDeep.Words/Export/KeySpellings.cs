using System.Text;

using OnnxDeep.Words.Lookup;

namespace OnnxDeep.Words.Export;

/// <summary>
/// Other spellings of a key that a graph cannot work out: it has no operator that puts hyphens for blanks, and outside
/// a browser it folds the case of A to Z alone.
/// </summary>
internal static class KeySpellings
{
    /// <summary>The spellings that may lead to the key; whether they do is for the table to say.</summary>
    public static IEnumerable<string> Of(string key)
    {
        bool isAscii = Ascii.IsValid(key);
        foreach (string spelling in Separations(key))
        {
            if (spelling != key)
            {
                yield return spelling;
            }

            if (!isAscii)
            {
                yield return Raise(spelling, onlyInitials: true);
                yield return Raise(spelling, onlyInitials: false);
            }
        }
    }

    private static string[] Separations(string key)
    {
        if (!key.AsSpan().ContainsAny(' ', '_'))
        {
            return [key];
        }

        string separated = Term.Separate(key);
        return [key, separated, separated.Replace(' ', '-'), Term.Join(separated)];
    }

    // Upper case for what folding leaves alone; the letters A to Z stay, since they are folded before the look-up.
    private static string Raise(string text, bool onlyInitials)
    {
        char[] raised = text.ToCharArray();
        for (int i = 0; i < raised.Length; i++)
        {
            bool isInitial = i == 0 || !char.IsLetter(text[i - 1]);
            if (!char.IsAscii(raised[i]) && (isInitial || !onlyInitials))
            {
                raised[i] = char.ToUpperInvariant(raised[i]);
            }
        }

        return new string(raised);
    }
}
