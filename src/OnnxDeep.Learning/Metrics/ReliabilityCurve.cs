namespace OnnxDeep.Learning.Metrics;

/// <summary>
/// Compares probabilities with what happened: rows with similar probabilities form a bin, and in a calibrated model the
/// share of hits in a bin is the mean probability. Of two classes, the probability is that of the positive one, and its
/// rows are hits (scikit-learn's calibration_curve); of more, it is that of the predicted class, and correct
/// predictions are hits (Guo et al., 2017).
/// </summary>
/// <param name="Bins">All bins from 0 to 1, also those without rows.</param>
public sealed record ReliabilityCurve(IReadOnlyList<ReliabilityBin> Bins)
{
    /// <summary>The number of bins.</summary>
    public const int BinCount = 10;

    /// <summary>All bins from 0 to 1, also those without rows.</summary>
    public IReadOnlyList<ReliabilityBin> Bins { get; init; } = CellText.List(Bins);

    /// <summary>The number of rows.</summary>
    public int Rows => Bins.Sum(bin => bin.Count);

    /// <summary>
    /// The expected calibration error: the mean distance between probability and share of hits over the bins, each
    /// weighted by its rows.
    /// </summary>
    public double ExpectedCalibrationError =>
        Bins.Where(bin => bin.Count > 0).Sum(bin => Math.Abs(bin.Confidence - bin.Accuracy) * bin.Count) / Rows;

    /// <summary>Measures two classes.</summary>
    /// <param name="probabilities">The probability of the positive class in each row, at least one.</param>
    /// <param name="positives">Whether each row is of the positive class.</param>
    public static ReliabilityCurve OfTwo(ReadOnlySpan<double> probabilities, ReadOnlySpan<bool> positives)
    {
        double[] sums = new double[BinCount];
        int[] counts = new int[BinCount];
        int[] hits = new int[BinCount];
        for (int i = 0; i < probabilities.Length; i++)
        {
            int bin = FindBin(probabilities[i]);
            sums[bin] += probabilities[i];
            counts[bin]++;
            hits[bin] += positives[i] ? 1 : 0;
        }

        return new ReliabilityCurve(
        [
            .. Enumerable.Range(0, BinCount).Select(bin => new ReliabilityBin(
                Edge(bin),
                Edge(bin + 1),
                counts[bin],
                counts[bin] == 0 ? double.NaN : sums[bin] / counts[bin],
                counts[bin] == 0 ? double.NaN : (double)hits[bin] / counts[bin])),
        ]);
    }

    /// <summary>Measures any number of classes by the predicted one.</summary>
    /// <param name="probabilities">The probabilities of each row, [classes]; at least one row.</param>
    /// <param name="truths">The true class of each row.</param>
    public static ReliabilityCurve OfMany(IReadOnlyList<double[]> probabilities, IReadOnlyList<int> truths)
    {
        ArgumentNullException.ThrowIfNull(probabilities);
        ArgumentNullException.ThrowIfNull(truths);
        double[] confidences = [.. probabilities.Select(row => row.Max())];
        bool[] hits = [.. probabilities.Select((row, i) => Array.IndexOf(row, confidences[i]) == truths[i])];
        return OfTwo(confidences, hits);
    }

    /// <summary>The calibration error and the number of rows.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"expected calibration error {ExpectedCalibrationError}, {Quantity.Of(Rows, "row")}");

    private static double Edge(int bin) => (double)bin / BinCount;

    // A bin includes its upper edge, and the first one 0, as in scikit-learn.
    private static int FindBin(double probability)
    {
        int bin = 0;
        while (bin < BinCount - 1 && probability > Edge(bin + 1))
        {
            bin++;
        }

        return bin;
    }
}

/// <summary>The rows of similar probability.</summary>
/// <param name="From">The smallest probability, exclusive except for 0.</param>
/// <param name="To">The largest probability, inclusive.</param>
/// <param name="Count">The number of rows.</param>
/// <param name="Confidence">The mean probability; NaN without rows.</param>
/// <param name="Accuracy">The share of hits; NaN without rows.</param>
public sealed record ReliabilityBin(double From, double To, int Count, double Confidence, double Accuracy)
{
    /// <summary>The bin with its rows.</summary>
    public override string ToString() => Count == 0
        ? FormattableString.Invariant($"{From} to {To}: no rows")
        : FormattableString.Invariant(
            $"{From} to {To}: {Quantity.Of(Count, "row")}, probability {Confidence}, hits {Accuracy}");
}
