namespace OnnxDeep.Inference.Samples;

/// <summary>What the user says of the open extents of a model's inputs in a run with made-up values.</summary>
public sealed record SampleShape
{
    /// <summary>
    /// The rows of a batch; null leaves it to the given values, the model, or <see cref="DefaultBatchSize"/>.
    /// </summary>
    public long? BatchSize { get; init; }

    /// <summary>The rows of a batch where nothing else tells them.</summary>
    public long DefaultBatchSize { get; init; } = 1;

    /// <summary>Extents by the names of symbolic axes, whatever their case; those that are not named are 1.</summary>
    public IReadOnlyDictionary<string, long> Dimensions { get; init; } = new Dictionary<string, long>();
}
