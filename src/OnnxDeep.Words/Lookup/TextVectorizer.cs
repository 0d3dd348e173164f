using System.Globalization;
using System.Text;

using CommunityToolkit.HighPerformance.Buffers;

using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Lookup;

/// <summary>
/// Converts free text to the mean of its words' vectors, in which an unknown word counts as zeros. Only keys of the
/// table are known, in lower case and without the other spellings of <see cref="TermVectorizer"/>, so that the graph of
/// a model can do the same. Thread-safe.
/// </summary>
/// <param name="table">The table that words are looked up in.</param>
public sealed class TextVectorizer(WordVectorTable table)
{
    private const char Apostrophe = '\'';

    /// <summary>Writes the vector of a text.</summary>
    /// <param name="text">The text, normalised or not.</param>
    /// <param name="vector">
    /// The destination, with the table's number of dimensions; zeros if no word of the text is known.
    /// </param>
    public void Encode(string text, Span<float> vector)
    {
        vector.Clear();
        string[] words = Normalize(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        using SpanOwner<float> buffer = SpanOwner<float>.Allocate(vector.Length);
        foreach (string word in words)
        {
            if (table.TryGetRow(word, out int row))
            {
                table.CopyVector(row, buffer.Span);
                for (int i = 0; i < vector.Length; i++)
                {
                    vector[i] += buffer.Span[i];
                }
            }
        }

        for (int i = 0; i < vector.Length && words.Length > 0; i++)
        {
            vector[i] /= words.Length;
        }
    }

    /// <summary>
    /// The words of a text in lower case, separated by single blanks (U+0020): runs of letters, marks, digits and
    /// underscores, with the apostrophes inside them. Such a text stays as it is.
    /// </summary>
    public static string Normalize(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string lower = UnicodeForms.Compose(text).ToLowerInvariant();
        var words = new StringBuilder(lower.Length);
        char separator = '\0';
        foreach (Rune rune in lower.EnumerateRunes())
        {
            if (IsPartOfWord(rune))
            {
                _ = words.Length > 0 && separator != '\0' ? words.Append(separator) : words;
                words.Append(rune);
                separator = '\0';
            }
            else
            {
                bool isInside = rune.Value is Apostrophe or '’' && separator == '\0';
                separator = isInside ? Apostrophe : ' ';
            }
        }

        return words.ToString();
    }

    private static bool IsPartOfWord(Rune rune) => Rune.IsLetterOrDigit(rune) || Rune.GetUnicodeCategory(rune) is
        UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark
        or UnicodeCategory.ConnectorPunctuation;
}
