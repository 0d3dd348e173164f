using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Data;

/// <summary>Cuts a data set into folds for cross-validation.</summary>
public static class DatasetFolds
{
    /// <summary>Draws folds that keep the classes' proportions; each row is a test row once.</summary>
    /// <param name="data">At least as many rows as folds.</param>
    /// <param name="folds">2 or more.</param>
    /// <param name="seed">The same seed draws the same rows.</param>
    public static IReadOnlyList<DatasetSplit> Create(Dataset data, int folds, ulong seed)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (folds < 2 || folds > data.Rows)
        {
            throw new ArgumentOutOfRangeException(
                nameof(folds), folds, $"The folds must be 2 to {data.Rows}, the number of rows.");
        }

        int[] order = [.. Enumerable.Range(0, data.Rows)];
        new DeterministicRandom(seed, RandomPurpose.TestSplit).Shuffle<int>(order);

        // Dealt out class by class, as cards are: no fold gets two more of a class than another.
        int[] byClass = [.. order.OrderBy(data.GetClass)];
        return [.. Enumerable.Range(0, folds).Select(fold =>
        {
            int[] test = [.. byClass.Where((_, place) => place % folds == fold)];
            int[] train = [.. byClass.Where((_, place) => place % folds != fold)];
            return new DatasetSplit(data.Select(train), data.Select(test), train, test);
        })];
    }
}
