namespace OnnxDeep;

/// <summary>How much each column of a row, or each word of a term, contributes to an answer.</summary>
public sealed record PredictionContribution
{
    /// <summary>The word or term, or the number of the row, such as "row 3".</summary>
    public required string Name { get; init; }

    /// <summary>The class whose output is explained; null for a model that predicts numbers.</summary>
    public required string? Label { get; init; }

    /// <summary>What is explained: Probability, Logit or Prediction.</summary>
    public required string Of { get; init; }

    /// <summary>The output for the row.</summary>
    public required double Output { get; init; }

    /// <summary>
    /// The output for the row to compare with: the mean of the training, or a term without a known word.
    /// </summary>
    public required double Baseline { get; init; }

    /// <summary>
    /// The contributions, the largest first, whatever their sign; they add up to the difference of the outputs.
    /// </summary>
    public required IReadOnlyList<FeatureContribution> Contributions { get; init => field = CellText.List(value); }

    /// <summary>The name of the model.</summary>
    public required string Model { get; init; }
}

/// <summary>What a column or word adds to an output.</summary>
/// <param name="Feature">The column or word.</param>
/// <param name="Value">The value of the row; for a word, whether it has a vector: known or unknown.</param>
/// <param name="Contribution">The part of the difference between the outputs; below 0 it lowers the output.</param>
public sealed record FeatureContribution(string Feature, string Value, double Contribution)
{
    /// <summary>The column with its value and contribution.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{ShownText.Value(Feature)} {(Contribution < 0 ? "" : "+")}{Contribution:G4}");
}

/// <summary>What an explanation is about.</summary>
public enum ContributionTarget
{
    /// <summary>The probability of the class.</summary>
    Probability,

    /// <summary>The number before the sigmoid or softmax, which is a sum in a linear model.</summary>
    Logit,
}
