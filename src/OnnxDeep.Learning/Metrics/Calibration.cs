using CommunityToolkit.HighPerformance;

using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Metrics;

/// <summary>How logits become calibrated.</summary>
public enum CalibrationMethod
{
    /// <summary>z/T with one temperature T for all classes, so that no prediction changes (Guo et al., 2017).</summary>
    Temperature,

    /// <summary>a·z + b for the single logit of two classes (Platt, 1999).</summary>
    Platt,
}

/// <summary>
/// A linear function of a network's logits that makes its probabilities those of held-out rows. Folded into the last
/// layer, it needs no operator of its own.
/// </summary>
/// <param name="Method">The method.</param>
/// <param name="Slope">The factor of the logits: 1/T, or a.</param>
/// <param name="Intercept">The number added to the logit: b; 0 for a temperature.</param>
/// <param name="Rows">The number of held-out rows.</param>
/// <param name="LogLossBefore">The mean cross-entropy of these rows before.</param>
/// <param name="LogLossAfter">The mean cross-entropy of these rows after.</param>
public sealed record Calibration(
    CalibrationMethod Method, double Slope, double Intercept, int Rows, double LogLossBefore, double LogLossAfter)
{
    /// <summary>The smallest temperature.</summary>
    public const double LeastTemperature = 0.05;

    /// <summary>The largest temperature.</summary>
    public const double GreatestTemperature = 20;

    // Of a larger logit, the probability as a 32-bit float may be 1.
    private const double MostLogit = 15;

    private const int MostSteps = 100;

    /// <summary>T of z/T; null for another method.</summary>
    public double? Temperature => Method == CalibrationMethod.Temperature ? 1 / Slope : null;

    /// <summary>
    /// Whether the temperature is a limit instead of the smallest loss: the loss still falls there, because the rows
    /// are separated without a mistake, or are mostly predicted wrong.
    /// </summary>
    public bool IsLimited { get; init; }

    /// <summary>
    /// Finds the temperature with the smallest cross-entropy, a convex function of 1/T, between
    /// <see cref="LeastTemperature"/> and <see cref="GreatestTemperature"/>. If the loss falls down to the first, the
    /// temperature is one at which no probability of these rows is 1 as a 32-bit float.
    /// </summary>
    /// <param name="logits">[rows, units]; the single unit of two classes, or one for each class.</param>
    /// <param name="truths">The true class of each row, at least one.</param>
    public static Calibration FitTemperature(ReadOnlySpan2D<double> logits, ReadOnlySpan<int> truths)
    {
        double least = 1 / GreatestTemperature;
        double greatest = 1 / LeastTemperature;
        bool isFlattest = Measure(logits, truths, least).Derivative >= 0;
        bool isSharpest = !isFlattest && Measure(logits, truths, greatest).Derivative <= 0;
        double slope = isFlattest ? least
            : isSharpest ? Math.Clamp(MostLogit / FindMargin(logits), least, greatest)
            : Bisect(logits, truths, least, greatest);
        return new Calibration(
            CalibrationMethod.Temperature,
            slope,
            0,
            logits.Height,
            Measure(logits, truths, 1).Loss,
            Measure(logits, truths, slope).Loss)
        {
            IsLimited = isFlattest || isSharpest,
        };
    }

    /// <summary>
    /// Fits a·z + b by Newton's method with backtracking (Lin, Lin and Weng, 2007). The targets are those of Platt,
    /// (n₊ + 1)/(n₊ + 2) and 1/(n₋ + 2), so that a and b are finite also for separated classes.
    /// </summary>
    /// <param name="logits">The logit of each row, at least one.</param>
    /// <param name="positives">Whether each row is of the positive class.</param>
    public static Calibration FitPlatt(ReadOnlySpan<double> logits, ReadOnlySpan<bool> positives)
    {
        double[] truths = new double[positives.Length];
        for (int i = 0; i < truths.Length; i++)
        {
            truths[i] = positives[i] ? 1 : 0;
        }

        int hits = (int)truths.Sum();
        double[] targets = Array.ConvertAll(
            truths, truth => truth == 1 ? (hits + 1.0) / (hits + 2) : 1.0 / (truths.Length - hits + 2));
        double slope = 0;
        double intercept = Math.Log((hits + 1.0) / (truths.Length - hits + 1));
        double loss = LossOf(logits, targets, slope, intercept);
        for (int step = 0; step < MostSteps; step++)
        {
            (double da, double db) = FindNewtonStep(logits, targets, slope, intercept);
            double size = 1;
            double next = LossOf(logits, targets, slope + da, intercept + db);
            while (!(next < loss) && size > 1e-10)
            {
                size /= 2;
                next = LossOf(logits, targets, slope + (size * da), intercept + (size * db));
            }

            if (!(next < loss))
            {
                break;
            }

            (slope, intercept, loss) = (slope + (size * da), intercept + (size * db), next);
        }

        return new Calibration(
            CalibrationMethod.Platt,
            slope,
            intercept,
            truths.Length,
            LossOf(logits, truths, 1, 0) / truths.Length,
            LossOf(logits, truths, slope, intercept) / truths.Length);
    }

    /// <summary>The method with its numbers.</summary>
    public override string ToString() => Method == CalibrationMethod.Temperature
        ? FormattableString.Invariant($"temperature {Temperature}")
        : FormattableString.Invariant($"Platt, {Slope}·z + {Intercept}");

    // The loss falls at the lower end and rises at the upper one.
    private static double Bisect(ReadOnlySpan2D<double> logits, ReadOnlySpan<int> truths, double low, double high)
    {
        for (int step = 0; step < MostSteps; step++)
        {
            double middle = (low + high) / 2;
            if (Measure(logits, truths, middle).Derivative < 0)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return (low + high) / 2;
    }

    // The mean cross-entropy of the scaled logits, and its derivative by the slope: the mean of Σ p·z - z of the
    // truth.
    private static (double Loss, double Derivative) Measure(
        ReadOnlySpan2D<double> logits, ReadOnlySpan<int> truths, double slope)
    {
        double loss = 0;
        double derivative = 0;
        Span<double> two = stackalloc double[2];
        for (int row = 0; row < logits.Height; row++)
        {
            ReadOnlySpan<double> z = Complete(logits.GetRowSpan(row), two);
            double largest = slope * Max(z);
            double sum = 0;
            double weighted = 0;
            foreach (double logit in z)
            {
                double e = DeterministicMath.Exp((slope * logit) - largest);
                sum += e;
                weighted += e * logit;
            }

            double truth = z[truths[row]];
            loss += DeterministicMath.Log(sum) + largest - (slope * truth);
            derivative += (weighted / sum) - truth;
        }

        return (loss / logits.Height, derivative / logits.Height);
    }

    // The largest distance between the logits of the predicted class and the next one.
    private static double FindMargin(ReadOnlySpan2D<double> logits)
    {
        double margin = 0;
        Span<double> two = stackalloc double[2];
        for (int row = 0; row < logits.Height; row++)
        {
            double first = double.NegativeInfinity;
            double second = double.NegativeInfinity;
            foreach (double logit in Complete(logits.GetRowSpan(row), two))
            {
                (first, second) = logit > first ? (logit, first) : (first, Math.Max(second, logit));
            }

            margin = Math.Max(margin, first - second);
        }

        return margin;
    }

    // The single logit of two classes is that of the second; the first one has 0.
    private static ReadOnlySpan<double> Complete(ReadOnlySpan<double> logits, Span<double> two)
    {
        if (logits.Length > 1)
        {
            return logits;
        }

        two[0] = 0;
        two[1] = logits[0];
        return two;
    }

    private static double Max(ReadOnlySpan<double> values)
    {
        double largest = values[0];
        foreach (double value in values)
        {
            largest = Math.Max(largest, value);
        }

        return largest;
    }

    // The sum of the cross-entropies of a·z + b.
    private static double LossOf(
        ReadOnlySpan<double> logits, ReadOnlySpan<double> targets, double slope, double intercept)
    {
        double loss = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            loss += LogLoss.OfLogit((slope * logits[i]) + intercept, targets[i]);
        }

        return loss;
    }

    // A small multiple of the identity keeps the matrix of second derivatives invertible.
    private static (double Slope, double Intercept) FindNewtonStep(
        ReadOnlySpan<double> logits, ReadOnlySpan<double> targets, double slope, double intercept)
    {
        const double ridge = 1e-12;
        double haa = ridge, hab = 0, hbb = ridge, ga = 0, gb = 0;
        for (int i = 0; i < logits.Length; i++)
        {
            double z = logits[i];
            double p = 1 / (1 + DeterministicMath.Exp(-((slope * z) + intercept)));
            double weight = p * (1 - p);
            haa += z * z * weight;
            hab += z * weight;
            hbb += weight;
            ga += z * (p - targets[i]);
            gb += p - targets[i];
        }

        double determinant = (haa * hbb) - (hab * hab);
        return ((-(hbb * ga) + (hab * gb)) / determinant, ((hab * ga) - (haa * gb)) / determinant);
    }
}
