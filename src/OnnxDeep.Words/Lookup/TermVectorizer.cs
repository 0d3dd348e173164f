using CommunityToolkit.HighPerformance.Buffers;

using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Lookup;

/// <summary>
/// Terms to vectors. A term takes the vector of its own key ("ice cream"), else the mean over its words, where an
/// unknown word counts as zeros: spaCy's rule for a Doc. Case is folded where the table lacks the term as given, and
/// punctuation around it is dropped. A word that is no key takes the vector of its character n-grams where the table
/// has them. Safe for any thread.
/// </summary>
public sealed class TermVectorizer(WordVectorTable table)
{
    /// <summary>The table that is looked into.</summary>
    public WordVectorTable Table { get; } = table;

    /// <summary>Writes a term's vector.</summary>
    /// <param name="term">Any text that <see cref="Term.Check"/> lets pass.</param>
    /// <param name="vector">At least as long as the table's dimensions; zeros for an unknown term.</param>
    /// <returns>Whether there is a vector, of the term's key, of its words or of their n-grams.</returns>
    public bool TryGetVector(string term, Span<float> vector) => GetVector(term, vector) != TermOrigin.Unknown;

    /// <summary>Writes a term's vector and tells what it was made of.</summary>
    /// <param name="term">Any text that <see cref="Term.Check"/> lets pass.</param>
    /// <param name="vector">At least as long as the table's dimensions; zeros for an unknown term.</param>
    public TermOrigin GetVector(string term, Span<float> vector)
    {
        vector = vector[..Table.Dimensions];
        if (TryGetRow(term, out int row))
        {
            Table.CopyVector(row, vector);
            return TermOrigin.Key;
        }

        string trimmed = Term.TrimPunctuation(Term.Clean(term));
        if (Table.Subwords is not null && !trimmed.Contains(' '))
        {
            return Table.TryGetSubwordVector(trimmed.Length > 0 ? trimmed : term, vector)
                ? TermOrigin.Subword
                : TermOrigin.Unknown;
        }

        vector.Clear();
        string[] words = (Table.Subwords is null ? Term.Separate(trimmed) : trimmed)
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 1 ? AddWords(words, vector) : TermOrigin.Unknown;
    }

    /// <summary>The row of the term's own key, if the table has one for it.</summary>
    public bool TryGetRow(string term, out int row)
    {
        // Most words are keys as they stand.
        if (Table.TryGetRow(term, out row))
        {
            return true;
        }

        string clean = Term.Clean(term);
        string trimmed = Term.TrimPunctuation(clean);
        string separated = Term.Separate(trimmed);
        return TryGetFolded(clean, out row)
            || (trimmed != clean && TryGetFolded(trimmed, out row))
            || TryGetFolded(separated, out row)
            || (separated.Contains(' ') && TryGetFolded(Term.Join(separated), out row));
    }

    private TermOrigin AddWords(string[] words, Span<float> sum)
    {
        using SpanOwner<float> buffer = SpanOwner<float>.Allocate(sum.Length);
        TermOrigin best = TermOrigin.Unknown;
        foreach (string word in words)
        {
            TermOrigin origin = GetVector(word, buffer.Span);
            if (origin == TermOrigin.Unknown)
            {
                continue;
            }

            best = origin > best ? origin : best;
            for (int i = 0; i < sum.Length; i++)
            {
                sum[i] += buffer.Span[i];
            }
        }

        for (int i = 0; i < sum.Length; i++)
        {
            sum[i] /= words.Length;
        }

        return best;
    }

    private bool TryGetFolded(string key, out int row) =>
        Table.TryGetRow(key, out row) || Table.TryGetRow(key.ToLowerInvariant(), out row);
}
