using CommunityToolkit.HighPerformance;

using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Data;

/// <summary>Rows of features with the outputs they should give. Immutable.</summary>
public sealed class Dataset
{
    private readonly float[] _features;
    private readonly float[] _targets;
    private readonly int _stride;

    /// <summary>Takes a copy of features and targets.</summary>
    /// <param name="features">[rows, inputs], row-major.</param>
    /// <param name="targets">
    /// [rows, units]: 0 or 1 for two classes, one-hot for more, any number for regression.
    /// </param>
    /// <exception cref="ArgumentException">
    /// There are no rows or columns, or not as many targets as features.
    /// </exception>
    public Dataset(ReadOnlySpan2D<float> features, ReadOnlySpan2D<float> targets)
    {
        if (features.Length == 0 || targets.Length == 0 || features.Height != targets.Height)
        {
            throw new ArgumentException(
                $"Features [{features.Height}, {features.Width}] and targets [{targets.Height}, {targets.Width}] "
                + "need the same number of rows, at least one, and at least one column each.",
                nameof(targets));
        }

        (Rows, Inputs, Units) = (features.Height, features.Width, targets.Width);
        _stride = LaneMath.Pad(Inputs);
        _features = new float[Rows * _stride];
        _targets = new float[targets.Length];
        features.CopyTo(new Span2D<float>(_features, 0, Rows, Inputs, _stride - Inputs));
        targets.CopyTo(_targets);
    }

    /// <summary>The number of examples.</summary>
    public int Rows { get; }

    /// <summary>The numbers in a row of features.</summary>
    public int Inputs { get; }

    /// <summary>The numbers in a row of targets.</summary>
    public int Units { get; }

    /// <summary>[rows, inputs].</summary>
    public ReadOnlySpan2D<float> Features => new(_features, 0, Rows, Inputs, _stride - Inputs);

    /// <summary>[rows, units].</summary>
    public ReadOnlySpan2D<float> Targets => new(_targets, Rows, Units);

    /// <summary>Features and targets as the kernels want them.</summary>
    internal SampleRows<float> Samples => new(_features, _targets, _stride, Units);

    /// <summary>The class of a row: the largest target, or for a single one whether it is at least ½.</summary>
    public int GetClass(int row) => Classes.FromOutputs(Samples.GetTargets(row));

    /// <summary>The given rows, in the given order.</summary>
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

    /// <summary>Draws a test set of ⌈fraction · rows⌉ rows, as scikit-learn's train_test_split counts them.</summary>
    /// <param name="testFraction">Above 0 and below 1.</param>
    /// <param name="seed">The same seed draws the same rows.</param>
    /// <param name="stratified">Whether both sets keep the classes' proportions.</param>
    public DatasetSplit Split(double testFraction, ulong seed, bool stratified = false) =>
        Split(testFraction, new DeterministicRandom(seed, RandomPurpose.TestSplit), stratified);

    /// <summary>The same with random numbers of the caller's.</summary>
    internal DatasetSplit Split(double testFraction, DeterministicRandom random, bool stratified)
    {
        (int[] train, int[] test) = SplitRows(testFraction, random, stratified);
        return new DatasetSplit(Select(train), Select(test), train, test);
    }

    private (int[] Train, int[] Test) SplitRows(double testFraction, DeterministicRandom random, bool stratified)
    {
        if (!(testFraction > 0 && testFraction < 1))
        {
            throw new ArgumentOutOfRangeException(
                nameof(testFraction), testFraction, "The test fraction must lie above 0 and below 1.");
        }

        int testRows = (int)Math.Ceiling(testFraction * Rows);
        if (testRows >= Rows)
        {
            throw new ArgumentOutOfRangeException(
                nameof(testFraction),
                testFraction,
                $"A test fraction of {testFraction} leaves no row of {Rows} to train on.");
        }

        int[] order = new int[Rows];
        for (int i = 0; i < Rows; i++)
        {
            order[i] = i;
        }

        random.Shuffle<int>(order);
        if (!stratified)
        {
            return (order[testRows..], order[..testRows]);
        }

        var counts = new SortedDictionary<int, int>();
        foreach (int row in order)
        {
            counts[GetClass(row)] = counts.GetValueOrDefault(GetClass(row)) + 1;
        }

        Dictionary<int, int> quota = Quotas(counts, testRows);
        var train = new List<int>(Rows - testRows);
        var test = new List<int>(testRows);
        foreach (int row in order)
        {
            bool isTest = quota[GetClass(row)]-- > 0;
            (isTest ? test : train).Add(row);
        }

        return ([.. train], [.. test]);
    }

    // Largest remainders: whole shares first, then the rows left over to the classes that lost most by rounding.
    private Dictionary<int, int> Quotas(SortedDictionary<int, int> counts, int testRows)
    {
        var quota = counts.ToDictionary(pair => pair.Key, pair => (int)((long)pair.Value * testRows / Rows));
        int left = testRows - quota.Values.Sum();
        foreach (int label in counts.Keys.OrderByDescending(key => (long)counts[key] * testRows % Rows).Take(left))
        {
            quota[label]++;
        }

        return quota;
    }
}

/// <summary>A data set cut in two, with the row numbers that each part came from.</summary>
/// <param name="Train">The rows to train on.</param>
/// <param name="Test">The rows held back.</param>
/// <param name="TrainRows">Where each training row stood.</param>
/// <param name="TestRows">Where each test row stood.</param>
public sealed record DatasetSplit(
    Dataset Train, Dataset Test, IReadOnlyList<int> TrainRows, IReadOnlyList<int> TestRows);

/// <summary>Rows of features and targets as the kernels want them, of floats or doubles.</summary>
/// <param name="features">[rows, padded inputs]: in whole lanes with zeros at the end.</param>
/// <param name="targets">[rows, units].</param>
/// <param name="stride">The padded inputs.</param>
/// <param name="units">The numbers in a row of targets.</param>
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
