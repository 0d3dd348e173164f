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

/// <summary>A file beside a model that holds the numbers of its tensors.</summary>
/// <param name="Name">As the model names it, relative to its own folder.</param>
/// <param name="Size">In bytes; null where the file is missing.</param>
/// <param name="Tensors">How many tensors are in it.</param>
public sealed record OnnxExternalFile(string Name, long? Size, int Tensors)
{
    /// <summary>Name and size.</summary>
    public override string ToString() => Size is long size
        ? FormattableString.Invariant($"{Name} ({size:N0} bytes)")
        : $"{Name} (missing)";
}

/// <summary>A dense layer as a model's structure shows it.</summary>
/// <param name="Name">The node's name, or the name of its weights where the node has none.</param>
/// <param name="Activation">Linear, Sigmoid, ReLU, Tanh or Softmax, else the ONNX operator that follows.</param>
/// <param name="Inputs">The numbers that come in.</param>
/// <param name="Units">The numbers that go out.</param>
public sealed record OnnxLayerInfo(string Name, string Activation, long Inputs, long Units)
{
    /// <summary>Name, size and activation in one line.</summary>
    public override string ToString() => FormattableString.Invariant($"{Name}: {Inputs} → {Units}, {Activation}");
}

/// <summary>How often a model uses an operator.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Operator">The operator, such as Gemm.</param>
/// <param name="Domain">The set that it is of; ai.onnx for ONNX's own.</param>
/// <param name="Count">
/// Nodes in the graph, in bodies of If, Loop and Scan, and in local functions, each as often as it is written.
/// </param>
public sealed record OnnxOperatorCount(string Model, string Operator, string Domain, int Count)
{
    /// <summary>Operator and count, such as Gemm 2.</summary>
    public override string ToString() => FormattableString.Invariant($"{Operator} {Count}");
}

/// <summary>A set of operators that a model builds on.</summary>
/// <param name="Domain">ai.onnx for ONNX's own.</param>
/// <param name="Version">The set's version.</param>
public sealed record OnnxOperatorSet(string Domain, long Version)
{
    /// <summary>Domain and version, such as ai.onnx 17.</summary>
    public override string ToString() => FormattableString.Invariant($"{Domain} {Version}");
}

/// <summary>An input or output of a model.</summary>
/// <param name="Name">The name that a run gives or asks for.</param>
/// <param name="Type">
/// In ONNX's notation, such as tensor(float) or seq(map(int64,tensor(float))); empty where not stated.
/// </param>
/// <param name="Dimensions">Numbers, symbolic names, or ? for any; null where the shape is not stated.</param>
/// <param name="Description">The file's own; may be empty.</param>
public sealed record OnnxValueInfo(string Name, string Type, IReadOnlyList<string>? Dimensions, string Description)
{
    /// <summary>The dimensions in brackets, such as [N, 300]; empty where the shape is not stated.</summary>
    public string Shape => Dimensions is null ? string.Empty : $"[{string.Join(", ", Dimensions)}]";

    /// <summary>Name, type and shape in one line.</summary>
    public override string ToString() => $"{Name}: {Type} {Shape}".TrimEnd();
}

/// <summary>A node of a model.</summary>
public sealed record OnnxNodeInfo
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>Empty for the main graph; else a body such as loop/body, or a local function.</summary>
    public required string Graph { get; init; }

    /// <summary>From 0, in its graph.</summary>
    public required int Index { get; init; }

    /// <summary>May be empty.</summary>
    public required string Name { get; init; }

    /// <summary>Such as Gemm.</summary>
    public required string Operator { get; init; }

    /// <summary>The set that the operator is of; ai.onnx for ONNX's own.</summary>
    public required string Domain { get; init; }

    /// <summary>Names of values; an optional input that is left out is empty.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>Names of values.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>Names and values, as text.</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init; }
}

/// <summary>A stored tensor of a model, and what its numbers are like.</summary>
public sealed record OnnxTensorInfo
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>Empty for the main graph; else the body that the tensor is stored in.</summary>
    public required string Graph { get; init; }

    /// <summary>The tensor's name.</summary>
    public required string Name { get; init; }

    /// <summary>The element type, such as float or int4.</summary>
    public required string Type { get; init; }

    /// <summary>The dimensions; none for a single number.</summary>
    public required IReadOnlyList<long> Dimensions { get; init; }

    /// <summary>Whether only the values that are not zero are stored.</summary>
    public required bool IsSparse { get; init; }

    /// <summary>Elements that are stored.</summary>
    public required long Elements { get; init; }

    /// <summary>Their bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The file beside the model that holds them; null where the model does.</summary>
    public required string? ExternalFile { get; init; }

    /// <summary>The least number; null for texts, complex numbers and empty tensors.</summary>
    public required double? Min { get; init; }

    /// <summary>The greatest number, likewise.</summary>
    public required double? Max { get; init; }

    /// <summary>The mean of the numbers, likewise.</summary>
    public required double? Mean { get; init; }

    /// <summary>Elements that are not a number; the others make Min, Max and Mean.</summary>
    public required long NaNs { get; init; }

    /// <summary>
    /// SHA-256, in hex, of the little-endian raw data; of texts, of their UTF-8 with a zero byte behind each. Null for
    /// an element type that is not known.
    /// </summary>
    public required string? Sha256 { get; init; }

    /// <summary>The dimensions in brackets, such as [300, 5].</summary>
    public string Shape => $"[{string.Join(", ", Dimensions)}]";
}
