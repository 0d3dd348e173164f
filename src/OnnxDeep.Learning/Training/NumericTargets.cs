using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Tables;

namespace OnnxDeep.Learning.Training;

/// <summary>Rows with a number to predict.</summary>
internal sealed class NumericTargets
{
    private const int LeastRows = 5;

    private readonly ExampleSource _source;
    private readonly TrainingExamples _rows;

    /// <summary>Checks the targets.</summary>
    /// <param name="source">The rows.</param>
    /// <param name="targets">The number of each row, finite as a 32-bit float.</param>
    /// <exception cref="OnnxDeepException">
    /// The targets are too few or all equal, or 32-bit floats cannot tell them apart.
    /// </exception>
    public NumericTargets(ExampleSource source, IReadOnlyList<double> targets)
    {
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(targets);
        Targets = targets;
        _source = source;
        if (targets.Count < LeastRows)
        {
            throw new OnnxDeepException(
                ErrorIds.TooFewExamples,
                $"There {(targets.Count == 1 ? "is" : "are")} {Quantity.Of(targets.Count, "usable row")}, "
                + $"but training and testing need at least {LeastRows}. Add rows.");
        }

        double[] numbers = [.. targets];
        if (Array.TrueForAll(numbers, number => number == numbers[0]))
        {
            throw new OnnxDeepException(
                ErrorIds.TargetConstant,
                FormattableString.Invariant($"The target is {numbers[0]} in all {Quantity.Of(numbers.Length, "row")}, ")
                + "so there is nothing to learn. Use rows with different targets, or another target.");
        }

        TargetScaling.Of(numbers).Check(numbers);
        _rows = Apply(new TargetScaling(0, 1));
    }

    /// <summary>The number of each row.</summary>
    public IReadOnlyList<double> Targets { get; }

    /// <summary>Draws the test rows.</summary>
    public RowSplit Split(TrainingRecipe recipe) => _rows.Split(recipe.TestFraction, recipe.Seed, stratified: false);

    /// <summary>Draws folds for cross-validation.</summary>
    public IEnumerable<RowSplit> CreateFolds(int folds, ulong seed) => _rows.CreateFolds(folds, seed);

    /// <summary>Computes the scaling of some rows' targets.</summary>
    public TargetScaling Scale(ReadOnlySpan<int> rows)
    {
        double[] numbers = new double[rows.Length];
        for (int i = 0; i < rows.Length; i++)
        {
            numbers[i] = Targets[rows[i]];
        }

        return TargetScaling.Of(numbers);
    }

    /// <summary>The rows with scaled targets.</summary>
    public TrainingExamples Apply(TargetScaling scaling) =>
        new(_source, scaling.Apply([.. Targets]), hasClasses: false);
}
