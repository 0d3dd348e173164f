using CommunityToolkit.HighPerformance;

using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Data;

/// <summary>Rows of features and their targets, the outputs that a network should give. Immutable.</summary>
public sealed class Dataset
{
    private readonly float[] _features;
    private readonly float[] _targets;
    private readonly int _stride;

    /// <summary>Copies the features and targets.</summary>
    /// <param name="features">[rows, inputs], row-major.</param>
    /// <param name="targets">
    /// [rows, units]: 0 or 1 for two classes, one-hot for more, any number for regression.
    /// </param>
    /// <exception cref="ArgumentException">
    /// There are no rows or no columns, or the numbers of rows differ.
    /// </exception>
    public Dataset(ReadOnlySpan2D<float> features, ReadOnlySpan2D<float> targets)
    {
        if (features.Length == 0 || targets.Length == 0 || features.Height != targets.Height)
        {
            throw new ArgumentException(
                $"Features [{features.Height}, {features.Width}] and targets [{targets.Height}, {targets.Width}] "
                + "need the same number of rows, at least one row, and at least one column each.",
                nameof(targets));
        }

        (Rows, Inputs, Units) = (features.Height, features.Width, targets.Width);
        _stride = LaneMath.Pad(Inputs);
        _features = new float[Rows * _stride];
        _targets = new float[targets.Length];
        features.CopyTo(new Span2D<float>(_features, 0, Rows, Inputs, _stride - Inputs));
        targets.CopyTo(_targets);
    }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of features in a row.</summary>
    public int Inputs { get; }

    /// <summary>The number of targets in a row.</summary>
    public int Units { get; }

    /// <summary>[rows, inputs].</summary>
    public ReadOnlySpan2D<float> Features => new(_features, 0, Rows, Inputs, _stride - Inputs);

    /// <summary>[rows, units].</summary>
    public ReadOnlySpan2D<float> Targets => new(_targets, Rows, Units);

    /// <summary>Features and targets in the layout of the kernels.</summary>
    internal SampleRows<float> Samples => new(_features, _targets, _stride, Units);

    /// <summary>
    /// The class of a row: the index of the largest target; a single target means class 1 if it is at least ½.
    /// </summary>
    public int GetClass(int row) => Classes.FromOutputs(Samples.GetTargets(row));

    /// <summary>Copies the given rows, in the given order.</summary>
    public Dataset Select(ReadOnlySpan<int> rows)
    {
        float[] features = new float[rows.Length * Inputs];
        float[] targets = new float[rows.Length * Units];
        for (int i = 0; i < rows.Length; i++)
        {
            Features.GetRowSpan(rows[i]).CopyTo(features.AsSpan(i * Inputs, Inputs));
            Targets.GetRowSpan(rows[i]).CopyTo(targets.AsSpan(i * Units, Units));
        }

        return new Dataset(
            new ReadOnlySpan2D<float>(features, rows.Length, Inputs),
            new ReadOnlySpan2D<float>(targets, rows.Length, Units));
    }

    /// <summary>
    /// Draws a test set of ⌈fraction · rows⌉ rows, the number that scikit-learn's train_test_split takes.
    /// </summary>
    /// <param name="testFraction">Above 0 and below 1.</param>
    /// <param name="seed">The same seed draws the same rows.</param>
    /// <param name="stratified">Whether both sets keep the proportions of the classes.</param>
    public DatasetSplit Split(double testFraction, ulong seed, bool stratified = false) =>
        Split(testFraction, new DeterministicRandom(seed, RandomPurpose.TestSplit), stratified);

    /// <summary>
    /// Draws folds for cross-validation that keep the proportions of the classes; each row is a test row of one fold.
    /// </summary>
    /// <param name="folds">From 2 to the number of rows.</param>
    /// <param name="seed">The same seed draws the same rows.</param>
    public IReadOnlyList<DatasetSplit> CreateFolds(int folds, ulong seed) =>
        [.. RowSplit.CreateFolds([.. Enumerable.Range(0, Rows)], folds, seed, GetClass).Select(Select)];

    /// <summary>The same with the caller's random numbers.</summary>
    internal DatasetSplit Split(double testFraction, DeterministicRandom random, bool stratified) =>
        Select(RowSplit.Draw([.. Enumerable.Range(0, Rows)], testFraction, random, stratified ? GetClass : null));

    private DatasetSplit Select(RowSplit split) => new(
        Select(split.Train.Span), Select(split.Test.Span), split.Train.ToArray(), split.Test.ToArray());
}

/// <summary>A data set in two parts, with the row numbers of each part.</summary>
/// <param name="Train">The training rows.</param>
/// <param name="Test">The rows kept for the test.</param>
/// <param name="TrainRows">The number of each training row in the whole data set.</param>
/// <param name="TestRows">The number of each test row in the whole data set.</param>
public sealed record DatasetSplit(
    Dataset Train, Dataset Test, IReadOnlyList<int> TrainRows, IReadOnlyList<int> TestRows);

/// <summary>Rows of features and targets in the layout of the kernels, of float or double.</summary>
/// <param name="features">[rows, padded inputs]: whole lanes, with zeros at the end.</param>
/// <param name="targets">[rows, units].</param>
/// <param name="stride">The padded inputs.</param>
/// <param name="units">The number of targets in a row.</param>
internal readonly ref struct SampleRows<T>(ReadOnlySpan<T> features, ReadOnlySpan<T> targets, int stride, int units)
    where T : struct
{
    private readonly ReadOnlySpan<T> _targets = targets;

    /// <summary>All rows, [rows, padded inputs].</summary>
    public ReadOnlySpan<T> Features { get; } = features;

    /// <summary>One padded row of features.</summary>
    public ReadOnlySpan<T> GetFeatures(int row) => Features.Slice(row * stride, stride);

    /// <summary>One row of targets.</summary>
    public ReadOnlySpan<T> GetTargets(int row) => _targets.Slice(row * units, units);
}
