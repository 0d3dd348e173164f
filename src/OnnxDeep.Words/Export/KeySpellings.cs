using System.Text;

using OnnxDeep.Words.Lookup;

namespace OnnxDeep.Words.Export;

/// <summary>
/// Other spellings of a key that a graph cannot compute: it has no operator to replace blanks with hyphens, and outside
/// a browser it only folds the case of A to Z.
/// </summary>
internal static class KeySpellings
{
    /// <summary>The spellings that may lead to the key; only a lookup in the table shows whether they do.</summary>
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

    // Upper case for letters that the graph does not fold; A to Z are folded before the lookup.
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
