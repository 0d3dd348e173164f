namespace OnnxDeep.Onnx.Metadata;

/// <summary>What is to become of a model's metadata_props.</summary>
public sealed record MetadataChange
{
    /// <summary>Keys and their new values; a key that is not there yet is added.</summary>
    public IReadOnlyDictionary<string, string> Set { get; init; } = new Dictionary<string, string>();

    /// <summary>Keys to take out; those that are not there are passed over.</summary>
    public IReadOnlyCollection<string> Remove { get; init; } = [];

    /// <summary>Takes out every key that <see cref="Set"/> does not name.</summary>
    public bool RemovesOthers { get; init; }
}
