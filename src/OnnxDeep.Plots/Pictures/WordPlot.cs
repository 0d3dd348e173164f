using CommunityToolkit.HighPerformance;

using OnnxDeep.Numerics;

namespace OnnxDeep.Plots.Pictures;

/// <summary>Words in the plane of their vectors' first two principal components.</summary>
/// <param name="Points">In the order that they were given.</param>
/// <param name="FirstShare">The part, 0 to 1, of the vectors' variance along X.</param>
/// <param name="SecondShare">The part along Y.</param>
public sealed record WordPlot(IReadOnlyList<WordPoint> Points, double FirstShare, double SecondShare) : PlotData
{
    /// <summary>The fewest words that make a plane.</summary>
    public const int FewestWords = 3;

    /// <summary>The most words that a picture shows.</summary>
    public const int MostWords = 10_000;

    /// <inheritdoc/>
    public override string DefaultTitle => FormattableString.Invariant($"{Points.Count:N0} words in two dimensions");

    /// <summary>The classes in the order of their first words.</summary>
    public IReadOnlyList<string> Labels =>
        [.. Points.Select(point => point.Label).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>Lays words out by PCA.</summary>
    /// <param name="words">The words.</param>
    /// <param name="labels">The class of each, null for none.</param>
    /// <param name="vectors">The vector of each, [words, dimensions].</param>
    /// <exception cref="OnnxDeepException">There are too few or too many words.</exception>
    public static WordPlot Create(
        IReadOnlyList<string> words, IReadOnlyList<string?> labels, ReadOnlySpan2D<float> vectors)
    {
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(labels);
        if (words.Count < FewestWords)
        {
            throw new OnnxDeepException(
                ErrorIds.PlotTooFewWords,
                $"{words.Count} words with a vector make no plane; it takes {FewestWords}. "
                + "Give more words that the vectors know.");
        }

        if (words.Count > MostWords)
        {
            throw new OnnxDeepException(
                ErrorIds.PlotTooManyWords,
                FormattableString.Invariant($"{words.Count:N0} words are more than a picture can show; ")
                + FormattableString.Invariant($"it takes {MostWords:N0}. ")
                + "Give fewer.");
        }

        PrincipalComponents components = PrincipalComponents.Of(vectors, 2);
        var points = new WordPoint[words.Count];
        for (int i = 0; i < points.Length; i++)
        {
            points[i] = new WordPoint(words[i], labels[i], components.Scores[i, 0], components.Scores[i, 1]);
        }

        return new WordPlot(points, components.Shares[0], components.Shares[1]);
    }
}

/// <summary>A word's place in two dimensions.</summary>
/// <param name="Word">The word.</param>
/// <param name="Label">Its class; null where it has none.</param>
/// <param name="X">Along the first principal component.</param>
/// <param name="Y">Along the second.</param>
public sealed record WordPoint(string Word, string? Label, double X, double Y);
