using OnnxDeep.Learning.Tables;

namespace OnnxDeep;

/// <summary>What an ONNX model's file says about it, read without running the model or reading its weights.</summary>
public sealed record OnnxModelInfo
{
    /// <summary>The name of the file without its extension.</summary>
    public required string Name { get; init; }

    /// <summary>The full path of the file.</summary>
    public required string Path { get; init; }

    /// <summary>The program that wrote the file; may be empty.</summary>
    public required string Producer { get; init; }

    /// <summary>The version of that program; may be empty.</summary>
    public required string ProducerVersion { get; init; }

    /// <summary>The owner of the model, as a reversed host name; may be empty.</summary>
    public required string Domain { get; init; }

    /// <summary>The model's own version.</summary>
    public required long ModelVersion { get; init; }

    /// <summary>The description in the file; may be empty.</summary>
    public required string Description { get; init; }

    /// <summary>The version of the file format.</summary>
    public required long IrVersion { get; init; }

    /// <summary>The operator sets that the model uses.</summary>
    public required IReadOnlyList<OnnxOperatorSet> Opsets { get; init => field = CellText.List(value); }

    /// <summary>The main graph's name; may be empty.</summary>
    public required string Graph { get; init; }

    /// <summary>The inputs that a run must supply, without the stored tensors that old files list among them.</summary>
    public required IReadOnlyList<OnnxValueInfo> Inputs { get; init => field = CellText.List(value); }

    /// <summary>The outputs of a run.</summary>
    public required IReadOnlyList<OnnxValueInfo> Outputs { get; init => field = CellText.List(value); }

    /// <summary>The number of nodes in the graph, all bodies and local functions.</summary>
    public required int Nodes { get; init; }

    /// <summary>The nodes by operator, most used first.</summary>
    public required IReadOnlyList<OnnxOperatorCount> Operators { get; init => field = CellText.List(value); }

    /// <summary>The names of local functions, with their domains.</summary>
    public required IReadOnlyList<string> Functions { get; init => field = CellText.List(value); }

    /// <summary>The number of initialisers in all graphs.</summary>
    public required int Initializers { get; init; }

    /// <summary>The number of tensors that Constant nodes store, in all graphs and local functions.</summary>
    public required int Constants { get; init; }

    /// <summary>
    /// The number of learned numbers that the file stores, in initialisers, in Constant nodes, and in the attributes of
    /// the operators of classical machine learning. Each is counted once, however often it is used; of sparse tensors,
    /// only the stored values. Not counted: texts, booleans, integers of 32 and 64 bits, which are shapes and indices
    /// (except for the biases of quantised operators), and single numbers without a dimension, such as an epsilon.
    /// </summary>
    public required long Parameters { get; init; }

    /// <summary>The size of the model's file, in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The files beside the model that hold numbers of its tensors.</summary>
    public required IReadOnlyList<OnnxExternalFile> ExternalFiles { get; init => field = CellText.List(value); }

    /// <summary>The metadata_props of the model; if a key occurs more than once, its last value.</summary>
    public required IReadOnlyDictionary<string, string> Metadata { get; init => field = CellText.Dictionary(value); }

    /// <summary>
    /// The columns of a table that the model takes, in the order of the table; empty for other models.
    /// </summary>
    public IReadOnlyList<TableColumn> Columns { get; init => field = CellText.List(value); } =
        CellText.List<TableColumn>([]);

    /// <summary>The dense layers of the main graph, in graph order.</summary>
    public required IReadOnlyList<OnnxLayerInfo> Layers { get; init => field = CellText.List(value); }

    /// <summary>
    /// The reasons why ONNX Runtime would refuse the model: missing files, versions and operators that it does not
    /// support, and what an otherwise intact file leaves out, such as its operator sets.
    /// </summary>
    public required IReadOnlyList<string> Problems { get; init => field = CellText.List(value); }

    /// <summary>Whether the content was compared with its digest, which takes as long as reading the file.</summary>
    public bool IsVerified { get; init; }
}

/// <summary>A file beside a model that holds the numbers of its tensors.</summary>
/// <param name="Name">The name as stored in the model, relative to the model's folder.</param>
/// <param name="Size">The size in bytes; null if the file is missing.</param>
/// <param name="Tensors">The number of tensors in the file.</param>
public sealed record OnnxExternalFile(string Name, long? Size, int Tensors)
{
    /// <summary>The name and size.</summary>
    public override string ToString() => Size is long size
        ? FormattableString.Invariant($"{ShownText.Value(Name)} ({size:N0} bytes)")
        : $"{ShownText.Value(Name)} (missing)";
}

/// <summary>A dense layer as described by a model's structure.</summary>
/// <param name="Name">The node's name, or the name of its weights if the node has none.</param>
/// <param name="Activation">Linear, Sigmoid, ReLU, Tanh or Softmax, otherwise the ONNX operator that follows.</param>
/// <param name="Inputs">The number of inputs.</param>
/// <param name="Units">The number of outputs.</param>
public sealed record OnnxLayerInfo(string Name, string Activation, long Inputs, long Units)
{
    /// <summary>The name, size and activation on one line.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"{ShownText.Value(Name)}: {Inputs} → {Units}, {ShownText.Value(Activation)}");
}

/// <summary>The number of uses of an operator in a model.</summary>
/// <param name="Model">The model's name.</param>
/// <param name="Operator">The operator, such as Gemm.</param>
/// <param name="Domain">The operator's set; ai.onnx for ONNX's own.</param>
/// <param name="Count">
/// The number of nodes in the graph, in bodies of If, Loop and Scan, and in local functions, each counted once however
/// often it runs.
/// </param>
public sealed record OnnxOperatorCount(string Model, string Operator, string Domain, int Count)
{
    /// <summary>The operator and the count, such as Gemm 2.</summary>
    public override string ToString() => FormattableString.Invariant($"{ShownText.Value(Operator)} {Count}");
}

/// <summary>An operator set that a model uses.</summary>
/// <param name="Domain">The name of the set; ai.onnx for ONNX's own.</param>
/// <param name="Version">The version of the set.</param>
public sealed record OnnxOperatorSet(string Domain, long Version)
{
    /// <summary>The domain and version, such as ai.onnx 17.</summary>
    public override string ToString() => FormattableString.Invariant($"{ShownText.Value(Domain)} {Version}");
}

/// <summary>An input or output of a model.</summary>
/// <param name="Name">The name used to supply or request it in a run.</param>
/// <param name="Type">
/// The type in ONNX's notation, such as tensor(float) or seq(map(int64,tensor(float))); empty if it is not stated.
/// </param>
/// <param name="Dimensions">Numbers, symbolic names, or ? for any extent; null if the shape is not stated.</param>
/// <param name="Description">The description in the file; may be empty.</param>
public sealed record OnnxValueInfo(string Name, string Type, IReadOnlyList<string>? Dimensions, string Description)
{
    /// <summary>Numbers, symbolic names, or ? for any extent; null if the shape is not stated.</summary>
    public IReadOnlyList<string>? Dimensions { get; init; } = Dimensions is null ? null : CellText.List(Dimensions);

    /// <summary>The dimensions in brackets, such as [N, 300]; empty if the shape is not stated.</summary>
    public string Shape => Dimensions is null ? string.Empty : $"[{string.Join(", ", Dimensions)}]";

    /// <summary>The name, type and shape on one line.</summary>
    public override string ToString() => ShownText.Message($"{Name}: {Type} {Shape}".TrimEnd());
}

/// <summary>A node of a model.</summary>
public sealed record OnnxNodeInfo
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>A body such as loop/body, or a local function; empty for the main graph.</summary>
    public required string Graph { get; init; }

    /// <summary>The index in its graph, from 0.</summary>
    public required int Index { get; init; }

    /// <summary>The node's name; may be empty.</summary>
    public required string Name { get; init; }

    /// <summary>The operator, such as Gemm.</summary>
    public required string Operator { get; init; }

    /// <summary>The operator's set; ai.onnx for ONNX's own.</summary>
    public required string Domain { get; init; }

    /// <summary>The names of the input values; an omitted optional input is empty.</summary>
    public required IReadOnlyList<string> Inputs { get; init => field = CellText.List(value); }

    /// <summary>The names of the output values.</summary>
    public required IReadOnlyList<string> Outputs { get; init => field = CellText.List(value); }

    /// <summary>The names of the attributes, with their values as text.</summary>
    public required IReadOnlyDictionary<string, string> Attributes { get; init => field = CellText.Dictionary(value); }
}

/// <summary>A stored tensor of a model, with statistics of its numbers.</summary>
public sealed record OnnxTensorInfo
{
    /// <summary>The model's name.</summary>
    public required string Model { get; init; }

    /// <summary>The body or local function that stores the tensor; empty for the main graph.</summary>
    public required string Graph { get; init; }

    /// <summary>The tensor's name.</summary>
    public required string Name { get; init; }

    /// <summary>The element type, such as float or int4.</summary>
    public required string Type { get; init; }

    /// <summary>The dimensions; empty for a single number.</summary>
    public required IReadOnlyList<long> Dimensions { get; init => field = CellText.List(value); }

    /// <summary>Whether only nonzero values are stored.</summary>
    public required bool IsSparse { get; init; }

    /// <summary>Whether a Constant node stores the tensor; its name is that of the node's output.</summary>
    public required bool IsConstant { get; init; }

    /// <summary>The number of stored elements.</summary>
    public required long Elements { get; init; }

    /// <summary>The size of the stored elements, in bytes.</summary>
    public required long Size { get; init; }

    /// <summary>The file beside the model that holds the elements; null if the model's own file holds them.</summary>
    public required string? ExternalFile { get; init; }

    /// <summary>The smallest number; null for texts, complex numbers and empty tensors.</summary>
    public required double? Min { get; init; }

    /// <summary>The largest number; null for texts, complex numbers and empty tensors.</summary>
    public required double? Max { get; init; }

    /// <summary>The mean of the numbers; null for texts, complex numbers and empty tensors.</summary>
    public required double? Mean { get; init; }

    /// <summary>The number of NaN elements, which Min, Max and Mean leave out.</summary>
    public required long NaNs { get; init; }

    /// <summary>
    /// SHA-256 of the little-endian raw data, in hex; for texts, of their UTF-8 with a zero byte after each. Null if
    /// the element type is unknown.
    /// </summary>
    public required string? Sha256 { get; init; }

    /// <summary>The dimensions in brackets, such as [300, 5].</summary>
    public string Shape => $"[{string.Join(", ", Dimensions)}]";
}
