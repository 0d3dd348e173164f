using System.Buffers;
using System.Text;

using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Lookup;

/// <summary>Normalises user input for comparison with the keys of a table.</summary>
public static class Term
{
    /// <summary>The maximum number of characters of a term.</summary>
    public const int MaximumLength = SubwordOptions.LongestWord;

    // With their compatibility forms: a list may be written with full-width commas.
    private static readonly SearchValues<char> s_separators =
        SearchValues.Create("-_/,‐‑‒–—―−﹘﹣－＿／⁄∕，﹐、﹑،");

    private static readonly Dictionary<int, string> s_letters = CreateLetters();

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
        return SingleBlanks(UnicodeForms.Compose(term));
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

    /// <summary>
    /// Replaces hyphens, underscores, slashes and commas with blanks: "ice-cream" becomes "ice cream".
    /// </summary>
    public static string Separate(string term)
    {
        ArgumentNullException.ThrowIfNull(term);
        return term.AsSpan().ContainsAny(s_separators)
            ? string.Create(term.Length, term, (result, text) =>
            {
                text.CopyTo(result);
                result.ReplaceAny(s_separators, ' ');
            })
            : term;
    }

    /// <summary>Replaces blanks with underscores, as in word2vec's phrases: "ice cream" becomes "ice_cream".</summary>
    public static string Join(string term)
    {
        ArgumentNullException.ThrowIfNull(term);
        return term.Replace(' ', '_');
    }

    /// <summary>
    /// Replaces compatibility forms with the usual ones, and Latin and Greek letters with those that remain without
    /// accents, strokes and ligatures: "ｃrème brûlée" becomes "creme brulee". Other scripts keep their marks.
    /// </summary>
    public static string Fold(string term)
    {
        ArgumentNullException.ThrowIfNull(term);
        if (Ascii.IsValid(term))
        {
            return term;
        }

        var folded = new List<int>(term.Length);
        bool keepsMarks = false;
        foreach (int code in UnicodeForms.Decompose(term))
        {
            bool isMark = code is >= 0x0300 and <= 0x036F;
            keepsMarks = isMark ? keepsMarks : IsCyrillic(code);
            if ((isMark && !keepsMarks) || IsInvisible(code))
            {
                continue;
            }

            if (s_letters.TryGetValue(code, out string? letters))
            {
                folded.AddRange(letters.Select(letter => (int)letter));
            }
            else
            {
                folded.Add(code);
            }
        }

        return UnicodeForms.Compose(folded);
    }

    /// <summary>
    /// The spellings of a term that are looked up if it is not found as written, in this order. The last ones are those
    /// of its <see cref="Fold">folded</see> form, with which they come.
    /// </summary>
    internal static IEnumerable<(string Text, string? Folded)> GetSpellings(string term)
    {
        string clean = Clean(term);
        string trimmed = TrimPunctuation(clean);
        foreach (string spelling in GetSpellings(clean, trimmed))
        {
            yield return (spelling, null);
        }

        string folded = Fold(trimmed);
        if (folded != trimmed)
        {
            folded = TrimPunctuation(SingleBlanks(folded));
            foreach (string spelling in GetSpellings(folded, folded))
            {
                yield return (spelling, folded);
            }
        }
    }

    /// <summary>Splits a term at blanks and at what <see cref="Separate"/> replaces with them.</summary>
    internal static string[] GetWords(string term) =>
        Separate(TrimPunctuation(Clean(term))).Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>Trims blanks, and replaces inner runs of them with single blanks.</summary>
    internal static string SingleBlanks(string term) =>
        string.Join(' ', term.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private static IEnumerable<string> GetSpellings(string clean, string trimmed)
    {
        string separated = Separate(trimmed);
        string[] spellings = [clean, trimmed, separated, Join(separated)];
        for (int i = 0; i < spellings.Length; i++)
        {
            string spelling = spellings[i];
            if (Array.IndexOf(spellings, spelling, 0, i) >= 0)
            {
                continue;
            }

            yield return spelling;
            string lower = spelling.ToLowerInvariant();
            if (lower != spelling)
            {
                yield return lower;
            }
        }
    }

    // A letter with a mark is another letter there, except е, which stands for ё.
    private static bool IsCyrillic(int code) => code is >= 0x0400 and <= 0x052F and not (0x0415 or 0x0435);

    // Soft hyphens, joiners, directions and variants, which come with copied text.
    private static bool IsInvisible(int code) =>
        code is 0x00AD or (>= 0x200B and <= 0x200F) or (>= 0x2060 and <= 0x2064) or (>= 0xFE00 and <= 0xFE0F) or 0xFEFF;

    // The letters that Unicode does not decompose, and the punctuation inside words that keyboards lack.
    private static Dictionary<int, string> CreateLetters()
    {
        string[] pairs =
        [
            "ÆAE", "æae", "ŒOE", "œoe", "ØO", "øo", "ĐD", "đd", "ÐD", "ðd", "ÞTH", "þth",
            "ßss", "ẞSS", "ŁL", "łl", "ĦH", "ħh", "ŦT", "ŧt", "ıi",
            "‘'", "’'", "‛'", "ʼ'", "ʻ'", "′'",
            "‐-", "‒-", "–-", "—-", "―-", "−-", "⁄/", "∕/", "、,", "،,",
        ];
        return pairs.ToDictionary(pair => (int)pair[0], pair => pair[1..]);
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
