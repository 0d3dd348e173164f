using OnnxDeep.Learning.Explanation;

namespace OnnxDeep;

/// <summary>How much a model's score depends on a column.</summary>
public sealed record FeatureImportance
{
    /// <summary>Creates the result for a column.</summary>
    internal FeatureImportance(ShuffledColumn column, ImportanceMetric metric, double score, string model)
    {
        Feature = column.Column;
        Importance = column.Importance;
        StandardDeviation = column.StandardDeviation;
        Drops = CellText.List(column.Drops);
        (Metric, Score, Model) = (metric, score, model);
    }

    /// <summary>The column.</summary>
    public string Feature { get; }

    /// <summary>By how much the score falls on average if the column is shuffled.</summary>
    public double Importance { get; }

    /// <summary>The standard deviation of the drops.</summary>
    public double StandardDeviation { get; }

    /// <summary>The score that falls.</summary>
    public ImportanceMetric Metric { get; }

    /// <summary>The score of the rows as they are.</summary>
    public double Score { get; }

    /// <summary>By how much each shuffle lowers the score.</summary>
    public IReadOnlyList<double> Drops { get; }

    /// <summary>The name of the model.</summary>
    public string Model { get; }

    /// <summary>The column, its importance and the spread.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{ShownText.Value(Feature)}: {Importance:G4} ± {StandardDeviation:G4}");
}

/// <summary>A score of a model, higher is better.</summary>
public enum ImportanceMetric
{
    /// <summary>The share of correct classes.</summary>
    Accuracy,

    /// <summary>The mean logarithm of the probability of the true class.</summary>
    LogLoss,

    /// <summary>The share of the variance that the predictions explain.</summary>
    R2,

    /// <summary>The mean squared error, below zero.</summary>
    MeanSquaredError,
}
