using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Metrics;

/// <summary>
/// Cross-entropy of probabilities. As in scikit-learn, they are first clipped to [2⁻⁵², 1 - 2⁻⁵²], the
/// resolution of a double, so that a certain but wrong prediction costs 36 instead of infinity.
/// </summary>
internal static class LogLoss
{
    private const double Smallest = 2.220446049250313e-16;

    /// <summary>The mean of -(y·ln p + (1-y)·ln(1-p)), computed from the logits ln(p / (1-p)).</summary>
    /// <param name="probabilities">p, from 0 to 1, at least one.</param>
    /// <param name="targets">y, from 0 to 1, one for each probability.</param>
    public static double OfProbabilities(ReadOnlySpan<double> probabilities, ReadOnlySpan<double> targets)
    {
        double sum = 0;
        for (int i = 0; i < probabilities.Length; i++)
        {
            double p = Clip(probabilities[i]);
            sum += OfLogit(DeterministicMath.Log(p) - DeterministicMath.Log(1 - p), targets[i]);
        }

        return sum / probabilities.Length;
    }

    /// <summary>
    /// The cross-entropy of one logit z: max(z, 0) - z·y + ln(1 + e^-|z|), exact even if the probability rounds to 0
    /// or 1.
    /// </summary>
    internal static double OfLogit(double logit, double target) =>
        Math.Max(logit, 0) - (logit * target) + DeterministicMath.Log1P(DeterministicMath.Exp(-Math.Abs(logit)));

    /// <summary>The mean of -ln p of the true class; each row is clipped, then scaled to the sum 1.</summary>
    /// <param name="probabilities">The probabilities of each row, [classes].</param>
    /// <param name="truths">The true class of each row.</param>
    public static double OfClasses(IReadOnlyList<double[]> probabilities, IReadOnlyList<int> truths)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(truths);
        double loss = 0;
        for (int i = 0; i < truths.Count; i++)
        {
            double sum = 0;
            foreach (double p in probabilities[i])
            {
                sum += Clip(p);
            }

            loss -= DeterministicMath.Log(Clip(probabilities[i][truths[i]]) / sum);
        }

        return loss / truths.Count;
    }

    internal static double Clip(double probability) => Math.Clamp(probability, Smallest, 1 - Smallest);
}
