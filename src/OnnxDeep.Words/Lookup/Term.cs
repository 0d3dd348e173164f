using System.Text;

using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Lookup;

/// <summary>Normalises user input for comparison with the keys of a table.</summary>
public static class Term
{
    /// <summary>The maximum number of characters of a term.</summary>
    public const int MaximumLength = SubwordOptions.LongestWord;

    private static readonly string[] s_separators = ["-", "_", "/"];

    /// <summary>Creates the error for a term that cannot be looked up; null if it can.</summary>
    public static OnnxDeepException? Check(string? term)
    {
        if (string.IsNullOrEmpty(term))
        {
            return new OnnxDeepException(
                ErrorIds.EmptyWord, "The word is empty. Enter at least one letter, or leave out empty lines.");
        }

        if (string.IsNullOrWhiteSpace(term))
        {
            return new OnnxDeepException(
                ErrorIds.BlankWord, "The word consists only of white space. Enter at least one letter.");
        }

        if (term.Length > MaximumLength)
        {
            return new OnnxDeepException(
                ErrorIds.WordTooLong,
                FormattableString.Invariant($"The word '{term[..32]}…' has more than {MaximumLength:N0} characters, ")
                + "the maximum for a lookup. "
                + "Use one word or term per item.");
        }

        if (term.Contains('\0'))
        {
            return new OnnxDeepException(
                ErrorIds.WordContainsNul,
                $"The word '{term.Replace("\0", "\\0", StringComparison.Ordinal)}' contains a NUL character, "
                + "which is not valid in text. Check that it does not come from a binary or UTF-16 file.");
        }

        for (int i = 0; i < term.Length; i++)
        {
            bool isPair = i + 1 < term.Length && char.IsSurrogatePair(term[i], term[i + 1]);
            if (term[i] is '\uFFFD' or '\uFFFE' or '\uFFFF' || (char.IsSurrogate(term[i]) && !isPair))
            {
                return new OnnxDeepException(
                    ErrorIds.WordNotUnicode,
                    FormattableString.Invariant($"The word '{term}' is not valid Unicode at character {i + 1} ")
                    + FormattableString.Invariant($"(U+{(int)term[i]:X4}). ")
                    + "Read its file with the right encoding.");
            }

            i += isPair ? 1 : 0;
        }

        return null;
    }

    /// <summary>Converts to Unicode NFC, trims blanks, and replaces inner runs of them with single blanks.</summary>
    public static string Clean(string term)
    {
        ArgumentNullException.ThrowIfNull(term);
        term = term.Normalize(NormalizationForm.FormC);
        return string.Join(' ', term.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Removes punctuation at both ends: "«salad»," becomes "salad".</summary>
    public static string TrimPunctuation(string term)
    {
        ArgumentNullException.ThrowIfNull(term);
        int start = 0;
        int end = term.Length;
        while (start < end && (char.IsPunctuation(term[start]) || char.IsWhiteSpace(term[start])))
        {
            start++;
        }

        while (end > start && (char.IsPunctuation(term[end - 1]) || char.IsWhiteSpace(term[end - 1])))
        {
            end--;
        }

        return term[start..end];
    }

    /// <summary>Replaces hyphens, underscores and slashes with blanks: "ice-cream" becomes "ice cream".</summary>
    public static string Separate(string term)
    {
        ArgumentNullException.ThrowIfNull(term);
        foreach (string separator in s_separators)
        {
            term = term.Replace(separator, " ", StringComparison.Ordinal);
        }

        return term;
    }

    /// <summary>Replaces blanks with underscores, as in word2vec's phrases: "ice cream" becomes "ice_cream".</summary>
    public static string Join(string term)
    {
        ArgumentNullException.ThrowIfNull(term);
        return term.Replace(' ', '_');
    }
}

/// <summary>The origin of a term's vector.</summary>
public enum TermOrigin
{
    /// <summary>There is no vector.</summary>
    Unknown,

    /// <summary>Only character n-grams: no word of the term is a key of the table.</summary>
    Subword,

    /// <summary>The term's own key, or the key of at least one of its words.</summary>
    Key,
}
