using OnnxDeep.Learning.Metrics;

namespace OnnxDeep.Learning.Training;

/// <summary>The losses of a list of predictions, by the functions that training uses.</summary>
/// <param name="Count">The pairs.</param>
/// <param name="MeanSquaredError">The mean of (y - ŷ)².</param>
/// <param name="RootMeanSquaredError">Its root, in the unit of y.</param>
/// <param name="MeanAbsoluteError">The mean of |y - ŷ|.</param>
/// <param name="BinaryCrossEntropy">
/// The mean of -(y·ln ŷ + (1-y)·ln(1-ŷ)), clipped as <see cref="LogLoss"/> says; null where a number is no probability.
/// </param>
public sealed record LossMeasure(
    int Count,
    double MeanSquaredError,
    double RootMeanSquaredError,
    double MeanAbsoluteError,
    double? BinaryCrossEntropy)
{
    /// <summary>Compares predictions with the truth.</summary>
    /// <param name="predicted">ŷ, at least one.</param>
    /// <param name="actual">y, as many.</param>
    /// <exception cref="ArgumentException">There are none, or not as many of each.</exception>
    public static LossMeasure Compute(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual)
    {
        if (predicted.Length == 0 || predicted.Length != actual.Length)
        {
            throw new ArgumentException(
                $"{predicted.Length} predictions and {actual.Length} true values were given; "
                + "there must be as many of each, at least one.",
                nameof(predicted));
        }

        double absolute = 0;
        bool areProbabilities = true;
        for (int i = 0; i < predicted.Length; i++)
        {
            absolute += Math.Abs(actual[i] - predicted[i]);
            areProbabilities &= predicted[i] is >= 0 and <= 1 && actual[i] is >= 0 and <= 1;
        }

        double squared = LossFunctions.Value(Loss.MeanSquaredError, [], predicted, actual);
        return new LossMeasure(
            predicted.Length,
            squared,
            Math.Sqrt(squared),
            absolute / predicted.Length,
            areProbabilities ? LogLoss.OfProbabilities(predicted, actual) : null);
    }
}
