namespace OnnxDeep;

/// <summary>What an ONNX model is, from its file alone: nothing is run, and no weights are read.</summary>
public sealed record OnnxModelInfo
{
    /// <summary>The file's name without its extension.</summary>
    public required string Name { get; init; }

    /// <summary>The file, as a full path.</summary>
    public required string Path { get; init; }

    /// <summary>The program that wrote the file; may be empty.</summary>
    public required string Producer { get; init; }

    /// <summary>That program's version; may be empty.</summary>
    public required string ProducerVersion { get; init; }

    /// <summary>Whose model it is, as a reversed host name; may be empty.</summary>
    public required string Domain { get; init; }

    /// <summary>The model's own version.</summary>
    public required long ModelVersion { get; init; }

    /// <summary>The file's own words about itself; may be empty.</summary>
    public required string Description { get; init; }

    /// <summary>The version of the file format.</summary>
    public required long IrVersion { get; init; }

    /// <summary>The operators that the model builds on.</summary>
    public required IReadOnlyList<OnnxOperatorSet> Opsets { get; init; }

    /// <summary>The main graph's name; may be empty.</summary>
    public required string Graph { get; init; }

    /// <summary>What a run must be given; stored tensors that old files list among them are left out.</summary>
    public required IReadOnlyList<OnnxValueInfo> Inputs { get; init; }

    /// <summary>What a run gives.</summary>
    public required IReadOnlyList<OnnxValueInfo> Outputs { get; init; }

    /// <summary>Nodes of the graph, of all bodies and of local functions.</summary>
    public required int Nodes { get; init; }

    /// <summary>The nodes by operator, the most used first.</summary>
    public required IReadOnlyList<OnnxOperatorCount> Operators { get; init; }

    /// <summary>The names of local functions, with their domains.</summary>
    public required IReadOnlyList<string> Functions { get; init; }

    /// <summary>The stored tensors of all graphs.</summary>
    public required int Initializers { get; init; }

    /// <summary>The numbers in them; texts are not counted, and of sparse tensors the values that are stored.</summary>
    public required long Parameters { get; init; }

    /// <summary>Of the model's file, in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The files beside the model that hold its numbers.</summary>
    public required IReadOnlyList<OnnxExternalFile> ExternalFiles { get; init; }

    /// <summary>The pairs under metadata_props; of a key that is there twice, the last.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init; }

    /// <summary>The dense layers of the main graph, in its order.</summary>
    public required IReadOnlyList<OnnxLayerInfo> Layers { get; init; }

    /// <summary>
    /// Why ONNX Runtime would refuse the model: missing files, and versions and operators that it does not have.
    /// </summary>
    public required IReadOnlyList<string> Problems { get; init; }
}
