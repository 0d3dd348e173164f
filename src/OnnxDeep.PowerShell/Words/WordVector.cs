using System.Management.Automation;

namespace OnnxDeep;

/// <summary>A word's vector.</summary>
/// <param name="Word">The word as given.</param>
/// <param name="Vector">The vector, float[dimensions]; null if there is none.</param>
/// <param name="IsKnown">Whether the table contains the word, or a word of the term.</param>
/// <param name="Norm">The Euclidean length; null if there is no vector.</param>
/// <param name="Source">The name of the table.</param>
public sealed record WordVector(string Word, PSObject? Vector, bool IsKnown, float? Norm, string Source)
{
    /// <summary>Whether the vector was computed from character n-grams because the table lacks the word.</summary>
    public bool IsSubword { get; init; }

    /// <summary>The number of dimensions; null if there is no vector.</summary>
    public int? Dimensions => ((float[]?)Vector?.BaseObject)?.Length;

    /// <summary>
    /// The word without accents and compatibility forms, if it was only found in this form; otherwise null.
    /// </summary>
    public string? FoldedWord { get; init; }
}

/// <summary>The similarity of two words.</summary>
/// <param name="ReferenceWord">The reference word.</param>
/// <param name="Word">The other word.</param>
/// <param name="Similarity">
/// The cosine of the angle between the vectors, from -1 to 1; null if a word has no vector.
/// </param>
/// <param name="IsKnown">Whether the table contains both words.</param>
public sealed record WordSimilarity(string ReferenceWord, string Word, float? Similarity, bool IsKnown)
{
    /// <summary>Whether a vector was computed from character n-grams because the table lacks the word.</summary>
    public bool IsSubword { get; init; }
}

/// <summary>A word that is similar to another. It is called Word so that it can be piped to other cmdlets.</summary>
/// <param name="ReferenceWord">The word to which similar words were requested.</param>
/// <param name="Position">The position, from 1, nearest first; not "Rank", which is a property of every array.</param>
/// <param name="Word">The similar word.</param>
/// <param name="Similarity">The cosine of the angle between the vectors.</param>
public sealed record SimilarWord(string ReferenceWord, int Position, string Word, float Similarity);

/// <summary>The answer of the food model, or another model of two classes, for one word.</summary>
/// <param name="Word">The word as given.</param>
/// <param name="Label">The name of its class, such as 'food' or 'not food'; 'unknown' without a vector.</param>
/// <param name="Probability">
/// The probability of food, or of the second class of another model, whatever the label; null without a vector.
/// </param>
/// <param name="IsFood">Whether the probability reaches the threshold; null without a vector.</param>
/// <param name="IsKnown">Whether the vectors contain the word, or a word of the term.</param>
/// <param name="Model">The model's name.</param>
public sealed record WordPrediction(
    string Word, string Label, float? Probability, bool? IsFood, bool IsKnown, string Model)
{
    /// <summary>Whether the vector was computed from character n-grams because the vectors lack the word.</summary>
    public bool IsSubword { get; init; }

    /// <summary>The execution provider that the model ran on, such as CPU.</summary>
    public string Provider { get; init; } = "CPU";

    /// <inheritdoc cref="ClassifiedWord.FoldedWord"/>
    public string? FoldedWord { get; init; }

    /// <inheritdoc cref="ClassifiedWord.KnownWords"/>
    public IReadOnlyList<string> KnownWords => Answer?.KnownWords ?? [];

    /// <inheritdoc cref="ClassifiedWord.UnknownWords"/>
    public IReadOnlyList<string> UnknownWords => Answer?.UnknownWords ?? [];

    /// <inheritdoc cref="ClassifiedWord.Coverage"/>
    public float Coverage => Answer?.Coverage ?? 0;

    /// <inheritdoc cref="ClassifiedWord.Suggestions"/>
    public IReadOnlyList<string> Suggestions => Answer?.Suggestions ?? [];

    /// <summary>The answer of the model with the words of the term.</summary>
    internal ClassifiedWord? Answer { get; init; }
}
