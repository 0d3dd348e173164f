namespace OnnxDeep.Learning.Metrics;

/// <summary>
/// The figures of one class. A ratio without a denominator counts as 0, as in scikit-learn, and is said to be
/// undefined.
/// </summary>
/// <param name="Label">The class's name.</param>
/// <param name="Precision">Of the rows taken for the class, the share that are of it.</param>
/// <param name="Recall">Of the rows of the class, the share that were found.</param>
/// <param name="F1">2·precision·recall / (precision + recall).</param>
/// <param name="Support">The rows of the class.</param>
/// <param name="Predicted">The rows that were taken for it.</param>
public sealed record ClassMeasure(
    string Label, double Precision, double Recall, double F1, int Support, int Predicted)
{
    /// <summary>Whether anything was taken for the class.</summary>
    public bool IsPrecisionDefined => Predicted > 0;

    /// <summary>Whether any row is of the class.</summary>
    public bool IsRecallDefined => Support > 0;

    /// <summary>Whether the class was met at all, as truth or as prediction.</summary>
    public bool IsF1Defined => Predicted + Support > 0;

    /// <summary>
    /// The area under the ROC curve of this class against the rest; null without scores, or where it is undefined.
    /// </summary>
    public double? RocAuc { get; init; }
}
