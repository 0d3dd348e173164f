namespace OnnxDeep.Learning.Metrics;

/// <summary>Weights that make up for classes of different sizes.</summary>
internal static class ClassWeights
{
    /// <summary>
    /// n / (k·n_c) for n rows of k classes, of which n_c are of class c, as scikit-learn's "balanced": each class gets
    /// the same total, and the weights of all rows add up to n. A class without rows does not count and gets 1.
    /// </summary>
    /// <param name="counts">The rows of each class.</param>
    public static double[] Balance(IReadOnlyList<int> counts)
    {
        ArgumentNullException.ThrowIfNull(counts);
        long rows = counts.Sum(count => (long)count);
        int classes = counts.Count(count => count > 0);
        return [.. counts.Select(count => count == 0 ? 1 : rows / ((double)classes * count))];
    }
}
