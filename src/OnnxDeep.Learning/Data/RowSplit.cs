using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Data;

/// <summary>Row numbers in two parts.</summary>
/// <param name="Train">The training rows, in the order of the training data.</param>
/// <param name="Test">The test rows; may be empty.</param>
public sealed record RowSplit(ReadOnlyMemory<int> Train, ReadOnlyMemory<int> Test)
{
    /// <summary>Draws ⌈fraction · rows⌉ test rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="testFraction">Above 0 and below 1.</param>
    /// <param name="random">The random numbers.</param>
    /// <param name="getClass">The class of a row, if both parts keep the proportions; else null.</param>
    internal static RowSplit Draw(
        int[] rows, double testFraction, DeterministicRandom random, Func<int, int>? getClass)
    {
        if (!(testFraction > 0 && testFraction < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(testFraction), testFraction, "The test fraction must be above 0 and below 1.");
        }

        int testRows = (int)Math.Ceiling(testFraction * rows.Length);
        if (testRows >= rows.Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(testFraction),
                testFraction,
                $"A test fraction of {testFraction} leaves none of the {rows.Length} rows to train on.");
        }

        int[] order = [.. rows];
        random.Shuffle<int>(order);
        if (getClass is null)
        {
            return new RowSplit(order.AsMemory(testRows), order.AsMemory(0, testRows));
        }

        Dictionary<int, int> quota = Quotas(order, testRows, getClass);
        var train = new List<int>(rows.Length - testRows);
        var test = new List<int>(testRows);
        foreach (int row in order)
        {
            bool isTest = quota[getClass(row)]-- > 0;
            (isTest ? test : train).Add(row);
        }

        return new RowSplit(train.ToArray(), test.ToArray());
    }

    /// <summary>
    /// Splits rows into folds one after the other; each row is a test row of one fold, but for the only row of a class,
    /// which all folds train on.
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="folds">From 2 to the number of rows.</param>
    /// <param name="seed">The same seed draws the same rows.</param>
    /// <param name="getClass">The class of a row; each fold keeps the proportions.</param>
    internal static IEnumerable<RowSplit> CreateFolds(int[] rows, int folds, ulong seed, Func<int, int> getClass)
    {
        if (folds < 2 || folds > rows.Length)
        {
            throw new ArgumentOutOfRangeException(
                nameof(folds), folds, $"The number of folds must be from 2 to {rows.Length}, the number of rows.");
        }

        int[] order = [.. rows];
        new DeterministicRandom(seed, RandomPurpose.TestSplit).Shuffle<int>(order);

        // Dealing the rows of one class after the other like cards gives each fold an equal share, give or take one.
        var counts = order.CountBy(getClass).ToDictionary();
        int[] byClass = [.. order.Where(row => counts[getClass(row)] > 1).OrderBy(getClass)];
        int[] single = [.. order.Where(row => counts[getClass(row)] == 1)];
        return Enumerable.Range(0, folds).Select(fold => new RowSplit(
            (int[])[.. byClass.Where((_, place) => place % folds != fold), .. single],
            byClass.Where((_, place) => place % folds == fold).ToArray()));
    }

    // Largest remainders: each class gets its whole share; the classes with the largest remainders get the rows left.
    // One row of each class stays in the training rows.
    private static Dictionary<int, int> Quotas(int[] order, int testRows, Func<int, int> getClass)
    {
        var counts = new SortedDictionary<int, int>();
        foreach (int row in order)
        {
            counts[getClass(row)] = counts.GetValueOrDefault(getClass(row)) + 1;
        }

        var quota = counts.ToDictionary(
            pair => pair.Key, pair => Math.Min(pair.Value - 1, (int)((long)pair.Value * testRows / order.Length)));
        int left = testRows - quota.Values.Sum();
        int[] byRemainder =
            [.. counts.Keys.OrderByDescending(key => (long)counts[key] * testRows % order.Length)];
        for (int before = -1; left > 0 && left != before;)
        {
            before = left;
            foreach (int label in byRemainder.Where(label => left > 0 && quota[label] < counts[label] - 1))
            {
                quota[label]++;
                left--;
            }
        }

        return quota;
    }
}
