using CommunityToolkit.HighPerformance;

using OnnxDeep.Numerics;

namespace OnnxDeep.Plots.Pictures;

/// <summary>Words in the plane of the first two principal components of their vectors.</summary>
/// <param name="Points">The words in the specified order.</param>
/// <param name="FirstShare">The fraction, from 0 to 1, of the vectors' variance along X.</param>
/// <param name="SecondShare">The fraction along Y.</param>
public sealed record WordPlot(IReadOnlyList<WordPoint> Points, double FirstShare, double SecondShare) : PlotData
{
    /// <summary>The minimum number of words, which define a plane.</summary>
    public const int FewestWords = 3;

    /// <summary>The maximum number of words.</summary>
    public const int MostWords = 10_000;

    /// <inheritdoc/>
    public override string DefaultTitle => $"{Quantity.Of(Points.Count, "word")} in two dimensions";

    /// <summary>The classes in the order of their first words.</summary>
    public IReadOnlyList<string> Labels =>
        [.. Points.Select(point => point.Label).OfType<string>().Distinct(StringComparer.Ordinal)];

    /// <summary>Arranges words by PCA.</summary>
    /// <param name="words">The words.</param>
    /// <param name="labels">The class of each word; null for none.</param>
    /// <param name="vectors">The vectors [words, dimensions].</param>
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
                $"{Quantity.Of(words.Count, "word")} with a vector cannot define a plane; "
                + $"at least {FewestWords} are needed. "
                + "Specify more words that have a vector.");
        }

        if (words.Count > MostWords)
        {
            throw new OnnxDeepException(
                ErrorIds.PlotTooManyWords,
                $"A picture cannot show {Quantity.Of(words.Count, "word")}; "
                + FormattableString.Invariant($"the maximum is {MostWords:N0}. ")
                + "Specify fewer words.");
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

/// <summary>The position of a word in two dimensions.</summary>
/// <param name="Word">The word.</param>
/// <param name="Label">The class of the word; null if it has none.</param>
/// <param name="X">The position along the first principal component.</param>
/// <param name="Y">The position along the second principal component.</param>
public sealed record WordPoint(string Word, string? Label, double X, double Y);
