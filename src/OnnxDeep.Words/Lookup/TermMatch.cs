namespace OnnxDeep.Words.Lookup;

/// <summary>What a lookup found for a term.</summary>
/// <param name="Origin">The origin of its vector.</param>
/// <param name="Folded">
/// The term without accents and compatibility forms, if it or one of its words was only found in this form.
/// </param>
/// <param name="Words">
/// The words of a term that was looked up word by word; null if it was found, or not, as a whole.
/// </param>
internal readonly record struct TermMatch(TermOrigin Origin, string? Folded = null, TermWords? Words = null)
{
    /// <summary>Joins the words, those that were only found folded in this form.</summary>
    /// <returns>Null if no word was only found folded.</returns>
    public static string? JoinFolded(string[] words, string?[] folded) =>
        Array.Exists(folded, form => form is not null)
            ? string.Join(' ', words.Zip(folded, (word, form) => form ?? word))
            : null;
}

/// <summary>The words of a term and which of them have a vector.</summary>
/// <param name="words">The words as written.</param>
/// <param name="isKnown">Whether each of them has a vector.</param>
internal sealed class TermWords(string[] words, bool[] isKnown)
{
    /// <summary>All words, in their order.</summary>
    public (string Text, bool IsKnown)[] All => [.. words.Zip(isKnown)];

    /// <summary>The words that have a vector, in their order.</summary>
    public IEnumerable<string> Known => words.Where((_, i) => isKnown[i]);

    /// <summary>The words that count as zeros.</summary>
    public IEnumerable<string> Unknown => words.Where((_, i) => !isKnown[i]);

    /// <summary>The share of words that have a vector.</summary>
    public float Coverage => isKnown.Count(known => known) / (float)words.Length;
}
