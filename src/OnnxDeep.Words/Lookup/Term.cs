using System.Text;

using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Lookup;

/// <summary>What users type, made comparable with the keys of a table.</summary>
public static class Term
{
    /// <summary>The most characters of a term.</summary>
    public const int MaximumLength = SubwordOptions.LongestWord;

    private static readonly string[] s_separators = ["-", "_", "/"];

    /// <summary>Tells why a term cannot be looked up, or null where it can.</summary>
    public static OnnxDeepException? Check(string? term)
    {
        if (string.IsNullOrEmpty(term))
        {
            return new OnnxDeepException(
                ErrorIds.EmptyWord, "The word is empty. Give at least one letter, or leave empty lines out.");
        }

        if (string.IsNullOrWhiteSpace(term))
        {
            return new OnnxDeepException(
                ErrorIds.BlankWord, "The word is nothing but blank characters. Give at least one letter.");
        }

        if (term.Length > MaximumLength)
        {
            return new OnnxDeepException(
                ErrorIds.WordTooLong,
                FormattableString.Invariant($"The word '{term[..32]}…' has more than {MaximumLength:N0} characters, ")
                + "the most that are looked up. "
                + "Give one word or term an item.");
        }

        if (term.Contains('\0'))
        {
            return new OnnxDeepException(
                ErrorIds.WordContainsNul,
                $"The word '{term.Replace("\0", "\\0", StringComparison.Ordinal)}' contains a NUL character, "
                + "which no text does. Is it from a binary or UTF-16 file?");
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
                    + "Read its file with the encoding that it was written in.");
            }

            i += isPair ? 1 : 0;
        }

        return null;
    }

    /// <summary>Unicode NFC, no blanks at the ends and single ones inside.</summary>
    public static string Clean(string term)
    {
        ArgumentNullException.ThrowIfNull(term);
        term = term.Normalize(NormalizationForm.FormC);
        return string.Join(' ', term.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    /// <summary>Without punctuation at the ends: "«salad»," becomes "salad".</summary>
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

    /// <summary>Blanks in place of hyphens, underscores and slashes: "ice-cream" becomes "ice cream".</summary>
    public static string Separate(string term)
    {
        ArgumentNullException.ThrowIfNull(term);
        foreach (string separator in s_separators)
        {
            term = term.Replace(separator, " ", StringComparison.Ordinal);
        }

        return term;
    }

    /// <summary>Underscores in place of blanks, as word2vec writes phrases: "ice cream" becomes "ice_cream".</summary>
    public static string Join(string term)
    {
        ArgumentNullException.ThrowIfNull(term);
        return term.Replace(' ', '_');
    }
}

/// <summary>What a term's vector was made of.</summary>
public enum TermOrigin
{
    /// <summary>There is no vector.</summary>
    Unknown,

    /// <summary>Character n-grams alone: no word of the term is a key of the table.</summary>
    Subword,

    /// <summary>The term's own key, or that of at least one of its words.</summary>
    Key,
}
