using CommunityToolkit.HighPerformance.Buffers;

using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Lookup;

/// <summary>
/// Converts terms to vectors. A term has the vector of its own key ("ice cream"), otherwise the mean of its words'
/// vectors, where an unknown word counts as zeros: spaCy's rule for a Doc. If the table does not contain the term as
/// written, case is folded and surrounding punctuation is removed; if that does not help either, accents and
/// compatibility forms are removed (<see cref="Term.Fold"/>). A word that is not a key has the vector of its character
/// n-grams, if the table has them; with those of fastText, punctuation belongs to the word, as in fastText itself.
/// Thread-safe.
/// </summary>
public sealed class TermVectorizer(WordVectorTable table)
{
    /// <summary>The table that terms are looked up in.</summary>
    public WordVectorTable Table { get; } = table;

    private bool IsFastText => Table.Subwords?.Hash == SubwordHash.FastText;

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
    public TermOrigin GetVector(string term, Span<float> vector) => GetVector(term, vector, out _);

    /// <summary>Writes a term's vector and returns its origin.</summary>
    /// <param name="term">Any text that <see cref="Term.Check"/> accepts.</param>
    /// <param name="vector">
    /// The destination, with at least the table's number of dimensions; zeros for an unknown term.
    /// </param>
    /// <param name="folded">
    /// The term without accents and compatibility forms, if it or one of its words was only found in this form;
    /// otherwise null.
    /// </param>
    public TermOrigin GetVector(string term, Span<float> vector, out string? folded)
    {
        TermMatch match = Match(term, vector);
        folded = match.Folded;
        return match.Origin;
    }

    /// <summary>Writes a term's vector and returns what was found.</summary>
    /// <param name="term">Any text that <see cref="Term.Check"/> accepts.</param>
    /// <param name="vector">
    /// The destination, with at least the table's number of dimensions; zeros for an unknown term.
    /// </param>
    internal TermMatch Match(string term, Span<float> vector)
    {
        vector = vector[..Table.Dimensions];
        if (TryGetRow(term, out int row, out string? folded))
        {
            Table.CopyVector(row, vector);
            return new TermMatch(TermOrigin.Key, folded);
        }

        string written = IsFastText ? Term.SingleBlanks(term) : Term.TrimPunctuation(Term.Clean(term));
        if (Table.Subwords is not null && !written.Contains(' '))
        {
            return new TermMatch(
                Table.TryGetSubwordVector(written.Length > 0 ? written : term, vector)
                    ? TermOrigin.Subword
                    : TermOrigin.Unknown);
        }

        vector.Clear();
        string[] words = SplitWords(term, written);
        return words.Length > 1 ? AddWords(words, vector) : new TermMatch(TermOrigin.Unknown);
    }

    /// <summary>Finds the row of the term's own key, if the table has one.</summary>
    public bool TryGetRow(string term, out int row) => TryGetRow(term, out row, out _);

    /// <summary>Finds the row of the term's own key, if the table has one.</summary>
    /// <param name="term">Any text that <see cref="Term.Check"/> accepts.</param>
    /// <param name="row">The row; -1 if there is none.</param>
    /// <param name="folded">
    /// The term without accents and compatibility forms, if it was only found in this form; otherwise null.
    /// </param>
    public bool TryGetRow(string term, out int row, out string? folded)
    {
        folded = null;

        // Most words are keys as written.
        if (Table.TryGetRow(term, out row))
        {
            return true;
        }

        if (IsFastText)
        {
            string clean = Term.Clean(term);
            return Table.TryGetRow(clean, out row) || Table.TryGetRow(clean.ToLowerInvariant(), out row);
        }

        foreach ((string spelling, string? form) in Term.GetSpellings(term))
        {
            // The n-grams of a word as written are closer to it than another word.
            if (form is not null && Table.Subwords is not null)
            {
                break;
            }

            if (Table.TryGetRow(spelling, out row))
            {
                folded = form;
                return true;
            }
        }

        return false;
    }

    private string[] SplitWords(string term, string written) =>
        Table.Subwords is null ? Term.GetWords(term) : written.Split(' ');

    private TermMatch AddWords(string[] words, Span<float> sum)
    {
        using SpanOwner<float> buffer = SpanOwner<float>.Allocate(sum.Length);
        TermOrigin best = TermOrigin.Unknown;
        string?[] folded = new string?[words.Length];
        bool[] isKnown = new bool[words.Length];
        for (int i = 0; i < words.Length; i++)
        {
            TermMatch match = Match(words[i], buffer.Span);
            if (match.Origin == TermOrigin.Unknown)
            {
                continue;
            }

            isKnown[i] = true;
            folded[i] = match.Folded;
            best = match.Origin > best ? match.Origin : best;
            for (int n = 0; n < sum.Length; n++)
            {
                sum[n] += buffer.Span[n];
            }
        }

        for (int n = 0; n < sum.Length; n++)
        {
            sum[n] /= words.Length;
        }

        return new TermMatch(best, TermMatch.JoinFolded(words, folded), new TermWords(words, isKnown));
    }
}
