using CommunityToolkit.HighPerformance;

using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Tables;
using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Training;

/// <summary>Rows to learn from: a source of features and the targets, the outputs that a network should give.</summary>
public sealed class TrainingExamples
{
    private readonly float[,] _targets;

    /// <summary>Copies the targets.</summary>
    /// <param name="source">The features.</param>
    /// <param name="targets">
    /// [rows, units]: 0 or 1 for two classes, one-hot for more, any number for regression.
    /// </param>
    /// <param name="hasClasses">Whether the targets are classes, whose proportions splits can keep.</param>
    /// <exception cref="ArgumentException">The numbers of rows differ.</exception>
    public TrainingExamples(ExampleSource source, ReadOnlySpan2D<float> targets, bool hasClasses = true)
    {
        ArgumentNullException.ThrowIfNull(source);
        if (source.Rows != targets.Height || targets.Length == 0)
        {
            throw new ArgumentException(
                $"{source.Rows} rows of features and targets [{targets.Height}, {targets.Width}] "
                + "need the same number of rows and at least one target.",
                nameof(targets));
        }

        (Source, _targets, HasClasses) = (source, targets.ToArray(), hasClasses);
    }

    /// <summary>The features.</summary>
    public ExampleSource Source { get; }

    /// <summary>The number of rows.</summary>
    public int Rows => Source.Rows;

    /// <summary>Whether the targets are classes, whose proportions splits can keep.</summary>
    public bool HasClasses { get; }

    /// <summary>The number of targets in a row.</summary>
    public int Units => _targets.GetLength(1);

    /// <summary>[rows, units].</summary>
    public ReadOnlySpan2D<float> Targets => _targets;

    /// <summary>The number of the last rows that are for testing alone: no split and no fold trains on them.</summary>
    public int TestRows { get; init; }

    /// <summary>All rows, in order.</summary>
    public int[] AllRows => [.. Enumerable.Range(0, Rows)];

    /// <summary>The rows that may be trained on, in order.</summary>
    public int[] TrainableRows => AllRows[..^TestRows];

    /// <summary>Takes the features of a data set as they are.</summary>
    public static TrainingExamples Of(Dataset data)
    {
        ArgumentNullException.ThrowIfNull(data);
        return new TrainingExamples(new MatrixFeatures(data.Features.ToArray()), data.Targets);
    }

    /// <summary>
    /// The class of a row: the index of the largest target; a single target means class 1 if it is at least ½.
    /// </summary>
    public int GetClass(int row) => Classes.FromOutputs(_targets.GetRowSpan(row));

    /// <summary>Computes the features of rows and adds their targets.</summary>
    /// <param name="features">Fitted to the training rows.</param>
    /// <param name="rows">The rows, in the order of the data set, at least one.</param>
    public Dataset Encode(FittedFeatures features, ReadOnlySpan<int> rows)
    {
        ArgumentNullException.ThrowIfNull(features);
        float[,] targets = new float[rows.Length, Units];
        for (int i = 0; i < rows.Length; i++)
        {
            _targets.GetRowSpan(rows[i]).CopyTo(targets.GetRowSpan(i));
        }

        return new Dataset(features.Encode(rows), targets);
    }

    /// <summary>
    /// Draws ⌈fraction · rows⌉ test rows, the number that scikit-learn's train_test_split takes; none for 0. If
    /// there are <see cref="TestRows"/>, they are the test.
    /// </summary>
    /// <param name="testFraction">From 0 to below 1.</param>
    /// <param name="seed">The same seed draws the same rows.</param>
    /// <param name="stratified">Whether both parts keep the proportions of the classes.</param>
    public RowSplit Split(double testFraction, ulong seed, bool stratified) => testFraction == 0 || TestRows > 0
        ? new RowSplit(TrainableRows, AllRows.AsMemory(Rows - TestRows))
        : Split(AllRows, testFraction, new DeterministicRandom(seed, RandomPurpose.TestSplit), stratified);

    /// <summary>
    /// Draws folds for cross-validation that keep the proportions of the classes; each row is a test row of one fold,
    /// except for <see cref="TestRows"/>, which are in none.
    /// </summary>
    /// <param name="folds">From 2 to the number of rows.</param>
    /// <param name="seed">The same seed draws the same rows.</param>
    public IEnumerable<RowSplit> CreateFolds(int folds, ulong seed) => CreateFolds(TrainableRows, folds, seed);

    /// <summary>Splits some rows.</summary>
    internal RowSplit Split(int[] rows, double testFraction, DeterministicRandom random, bool stratified) =>
        RowSplit.Draw(rows, testFraction, random, stratified && HasClasses ? GetClass : null);

    /// <summary>Draws folds of some rows.</summary>
    internal IEnumerable<RowSplit> CreateFolds(int[] rows, int folds, ulong seed) =>
        RowSplit.CreateFolds(rows, folds, seed, HasClasses ? GetClass : _ => 0);
}
