using System.Globalization;

namespace OnnxDeep.Learning.Tables;

/// <summary>How the columns of a table become features.</summary>
internal sealed record TableOptions
{
    /// <summary>The largest number of categories of a column; rarer texts count as unknown.</summary>
    public const int MostCategories = 250;

    /// <summary>In columns with more texts than this, a text of a single row is unknown.</summary>
    public const int FewCategories = 50;

    /// <summary>Chooses the texts of a column that are categories.</summary>
    /// <param name="counts">The texts with their numbers of rows.</param>
    public static IEnumerable<KeyValuePair<string, int>> Keep(IReadOnlyDictionary<string, int> counts) => counts
        .Where(pair => pair.Value > 1 || counts.Count <= FewCategories)
        .OrderByDescending(pair => pair.Value)
        .ThenBy(pair => pair.Key, StringComparer.Ordinal)
        .Take(MostCategories);

    /// <summary>The columns to use; null for all that are suitable.</summary>
    public IReadOnlyList<string>? Wanted { get; init; }

    /// <summary>The culture of numbers and dates in text; null to find out from all rows.</summary>
    public CultureInfo? Culture { get; init; }

    /// <summary>Whether rows with a missing value are skipped; otherwise the value is filled in.</summary>
    public bool SkipsMissing { get; init; }

    /// <summary>Whether the model stores digests of categories instead of their texts.</summary>
    public bool HashesCategories { get; init; }

    /// <summary>Whether numbers are used as they are instead of standardised.</summary>
    public bool KeepsNumbers { get; init; }

    /// <summary>The columns of a trained model, which stay as they are; null to find them.</summary>
    public TableSchema? Schema { get; init; }

    /// <summary>What free text becomes; null to leave out such columns.</summary>
    public TextFeatures? Text { get; init; }
}

/// <summary>The features of free text.</summary>
/// <param name="Dimensions">Their number.</param>
/// <param name="Normalize">Converts a text to the words that the model takes, with blanks between them.</param>
/// <param name="Encode">Writes the features of such words.</param>
/// <param name="IsKnown">Whether such words include a known one.</param>
internal sealed record TextFeatures(
    int Dimensions, Func<string, string> Normalize, TextEncoder Encode, Func<string, bool> IsKnown);
