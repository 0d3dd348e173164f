using OnnxDeep.Learning.Metrics;

namespace OnnxDeep.Learning.Training;

/// <summary>The losses of a list of predictions, from the functions that training uses.</summary>
/// <param name="Count">The number of predictions.</param>
/// <param name="MeanSquaredError">The mean of (y - ŷ)².</param>
/// <param name="RootMeanSquaredError">The root of the mean squared error, in the unit of y.</param>
/// <param name="MeanAbsoluteError">The mean of |y - ŷ|.</param>
/// <param name="BinaryCrossEntropy">
/// The mean of -(y·ln ŷ + (1-y)·ln(1-ŷ)), clipped as in <see cref="LogLoss"/>; null if a number is not a
/// probability.
/// </param>
public sealed record LossMeasure(
    int Count,
    double MeanSquaredError,
    double RootMeanSquaredError,
    double MeanAbsoluteError,
    double? BinaryCrossEntropy)
{
    /// <summary>Measures predictions against the true values.</summary>
    /// <param name="predicted">ŷ, at least one.</param>
    /// <param name="actual">y, one for each prediction.</param>
    /// <exception cref="ArgumentException">
    /// There are no numbers, or the numbers of predictions and true values differ.
    /// </exception>
    public static LossMeasure Compute(ReadOnlySpan<double> predicted, ReadOnlySpan<double> actual)
    {
        if (predicted.Length == 0 || predicted.Length != actual.Length)
        {
            throw new ArgumentException(
                $"{predicted.Length} predictions and {actual.Length} true values were given; "
                + "give the same number of each, at least one.",
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
