using System.Text;

using CommunityToolkit.HighPerformance.Buffers;

namespace OnnxDeep.WordVectors;

/// <summary>
/// Terms to vectors. A term takes the vector of its own key ("ice cream"), else the mean over its words, where an
/// unknown word counts as zeros: spaCy's rule for a Doc. Case is folded where the table lacks the term as given, and
/// punctuation around it is dropped. Safe for any thread.
/// </summary>
public sealed class TermVectorizer(WordVectorTable table)
{
    /// <summary>The table that is looked into.</summary>
    public WordVectorTable Table { get; } = table;

    /// <summary>Writes a term's vector.</summary>
    /// <param name="term">Any text that <see cref="Term.Check"/> lets pass.</param>
    /// <param name="vector">At least as long as the table's dimensions; zeros for an unknown term.</param>
    /// <returns>Whether the table knows the term or one of its words.</returns>
    public bool TryGetVector(string term, Span<float> vector)
    {
        vector = vector[..Table.Dimensions];
        if (TryGetRow(term, out int row))
        {
            Table.CopyVector(row, vector);
            return true;
        }

        vector.Clear();
        string[] words = Term.Separate(Term.TrimPunctuation(Term.Clean(term)))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 && TryAddWords(words, vector);
    }

    /// <summary>The row of the term's own key, if the table has one for it.</summary>
    public bool TryGetRow(string term, out int row)
    {
        // Most words are keys as they stand, and no clean-up changes plain ASCII that is a key.
        if (Ascii.IsValid(term) && Table.TryGetRow(term, out row))
        {
            return true;
        }

        string clean = Term.Clean(term);
        string trimmed = Term.TrimPunctuation(clean);
        return TryGetFolded(clean, out row)
            || (trimmed != clean && TryGetFolded(trimmed, out row))
            || TryGetFolded(Term.Separate(trimmed), out row);
    }

    private bool TryAddWords(string[] words, Span<float> sum)
    {
        using SpanOwner<float> buffer = SpanOwner<float>.Allocate(sum.Length);
        bool isKnown = false;
        foreach (string word in words)
        {
            if (TryGetRow(word, out int row))
            {
                isKnown = true;
                Table.CopyVector(row, buffer.Span);
                for (int i = 0; i < sum.Length; i++)
                {
                    sum[i] += buffer.Span[i];
                }
            }
        }

        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] /= words.Length;
        }

        return isKnown;
    }

    private bool TryGetFolded(string key, out int row) =>
        Table.TryGetRow(key, out row) || Table.TryGetRow(key.ToLowerInvariant(), out row);
}
