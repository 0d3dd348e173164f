using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Explanation;

/// <summary>
/// Measures how much worse a model's score becomes if the values of one column are shuffled among the rows, as
/// scikit-learn's permutation_importance does. Copies of a column keep what it knows, so each of them counts alone.
/// </summary>
internal static class PermutationImportance
{
    /// <summary>Computes the importance of each column.</summary>
    /// <param name="columns">The names of the columns.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="score">
    /// Computes the score, higher is better, with a column taken from the rows in the given order; column -1 is the
    /// score of the rows as they are.
    /// </param>
    /// <param name="repeats">The number of shuffles of each column.</param>
    /// <param name="seed">The same seed gives the same shuffles.</param>
    public static IReadOnlyList<ShuffledColumn> Compute(
        IReadOnlyList<string> columns, int rows, Func<int, int[], double> score, int repeats, ulong seed)
    {
        int[] order = [.. Enumerable.Range(0, rows)];
        double whole = score(-1, order);
        var seeds = new DeterministicRandom(seed, RandomPurpose.Shuffle);
        var importances = new List<ShuffledColumn>(columns.Count);
        for (int column = 0; column < columns.Count; column++)
        {
            var random = new DeterministicRandom(seeds.NextUInt64());
            double[] drops = new double[repeats];
            for (int repeat = 0; repeat < repeats; repeat++)
            {
                random.Shuffle<int>(order);
                drops[repeat] = whole - score(column, order);
            }

            importances.Add(new ShuffledColumn(columns[column], drops));
        }

        return importances;
    }
}

/// <summary>How much a model's score depends on a column.</summary>
/// <param name="Column">The column.</param>
/// <param name="Drops">By how much each shuffle of the column lowers the score.</param>
internal sealed record ShuffledColumn(string Column, double[] Drops)
{
    /// <summary>The mean of the drops: the importance.</summary>
    public double Importance => Drops.Average();

    /// <summary>The standard deviation of the drops: the root of their mean squared distance from the mean.</summary>
    public double StandardDeviation => Math.Sqrt(Drops.Average(drop => (drop - Importance) * (drop - Importance)));
}
