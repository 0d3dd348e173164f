using CommunityToolkit.HighPerformance.Buffers;

using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Lookup;

/// <summary>
/// Converts terms to vectors. A term has the vector of its own key ("ice cream"), otherwise the mean of its words'
/// vectors, where an unknown word counts as zeros: spaCy's rule for a Doc. If the table does not contain the term as
/// written, case is folded and surrounding punctuation is removed. A word that is not a key has the vector of its
/// character n-grams, if the table has them. Thread-safe.
/// </summary>
public sealed class TermVectorizer(WordVectorTable table)
{
    /// <summary>The table that terms are looked up in.</summary>
    public WordVectorTable Table { get; } = table;

    /// <summary>Writes a term's vector.</summary>
    /// <param name="term">Any text that <see cref="Term.Check"/> accepts.</param>
    /// <param name="vector">
    /// The destination, with at least the table's number of dimensions; zeros for an unknown term.
    /// </param>
    /// <returns>Whether there is a vector, from the term's key, its words or their n-grams.</returns>
    public bool TryGetVector(string term, Span<float> vector) => GetVector(term, vector) != TermOrigin.Unknown;

    /// <summary>Writes a term's vector and returns its origin.</summary>
    /// <param name="term">Any text that <see cref="Term.Check"/> accepts.</param>
    /// <param name="vector">
    /// The destination, with at least the table's number of dimensions; zeros for an unknown term.
    /// </param>
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

    /// <summary>Finds the row of the term's own key, if the table has one.</summary>
    public bool TryGetRow(string term, out int row)
    {
        // Most words are keys as written.
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
