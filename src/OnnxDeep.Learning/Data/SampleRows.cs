namespace OnnxDeep.Learning.Data;

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
