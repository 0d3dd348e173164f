using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Networks;

/// <summary>
/// Finds dense layers in a graph of any exporter: Gemm, or MatMul and the Add after it, with weights from
/// initializers or constants, directly or through Identity, Cast or Transpose. Names and shapes decide; no numbers are
/// read.
/// </summary>
internal sealed class DenseFinder
{
    private readonly GraphProto _graph;
    private readonly StoredValueFinder _stored;
    private readonly ILookup<string, NodeProto> _consumers;

    /// <summary>Indexes the stored values and the consumers of each value.</summary>
    public DenseFinder(GraphProto graph)
    {
        _graph = graph;
        _stored = new StoredValueFinder(graph);
        _consumers = graph.Node
            .SelectMany(node => node.Input.Distinct(StringComparer.Ordinal).Select(input => (input, node)))
            .ToLookup(pair => pair.input, pair => pair.node, StringComparer.Ordinal);
    }

    /// <summary>All layers, in graph order.</summary>
    public IEnumerable<DenseSite> Find() => _graph.Node.Select(Find).OfType<DenseSite>();

    /// <summary>The layer that a node computes; null if it is not a Gemm or MatMul with stored weights.</summary>
    public DenseSite? Find(NodeProto node) => node.OpType switch
    {
        "Gemm" => FindGemm(node),
        "MatMul" => FindMatMul(node),
        _ => null,
    };

    /// <summary>The stored tensor behind a name and its conversions; null if there is none.</summary>
    public TensorProto? FindStored(string name) => _stored.Find(name, throughTranspose: false)?.Tensor;

    /// <summary>The nodes that take a value: none, one, or the first two.</summary>
    public NodeProto[] FindConsumers(string value) => [.. _consumers[value].Take(2)];

    // Y = alpha·A'·B' + beta·C; B holds the weights, [units, inputs] if transB is set.
    private DenseSite? FindGemm(NodeProto node)
    {
        if (node.Input.Count < 2
            || node.Output.Count < 1
            || FindMatrix(node.Input[1], out bool isTransposed) is not TensorProto weights)
        {
            return null;
        }

        isTransposed ^= Attribute(node, "transB")?.I == 1;
        TensorProto? biases = node.Input.Count > 2
            ? FindBiases(node.Input[2], weights.Dims[isTransposed ? 0 : 1])
            : null;
        return new DenseSite(
            NameOf(node, node.Input[1]),
            ActivationAfter(node.Output[0]),
            weights,
            isTransposed,
            biases,
            Attribute(node, "alpha")?.F ?? 1,
            Attribute(node, "beta")?.F ?? 1);
    }

    private DenseSite? FindMatMul(NodeProto node)
    {
        if (node.Input.Count != 2 || node.Output.Count < 1)
        {
            return null;
        }

        string name = node.Input[1];
        TensorProto? weights = FindMatrix(name, out bool isTransposed);
        if (weights is null)
        {
            // W·x instead of x·W is the same layer with transposed weights.
            name = node.Input[0];
            weights = FindMatrix(name, out isTransposed);
            isTransposed = !isTransposed;
        }

        if (weights is null)
        {
            return null;
        }

        string output = node.Output[0];
        TensorProto? biases = null;
        if (Single(output) is { OpType: "Add", Output.Count: > 0 } add)
        {
            string other = add.Input.FirstOrDefault(input => input != node.Output[0]) ?? string.Empty;
            biases = FindBiases(other, weights.Dims[isTransposed ? 0 : 1]);
            output = biases is null ? output : add.Output[0];
        }

        return new DenseSite(NameOf(node, name), ActivationAfter(output), weights, isTransposed, biases, 1, 1);
    }

    private static string NameOf(NodeProto node, string weights) => node.Name.Length > 0 ? node.Name : weights;

    // A sum is that of a layer's shares of several inputs.
    private string ActivationAfter(string value) => Single(value)?.OpType switch
    {
        "Sum" when Single(value) is { Output: [var sum] } => ActivationAfter(sum),
        "Relu" => "ReLU",
        "Sigmoid" or "Tanh" or "Softmax" or "LogSoftmax" or "LeakyRelu" or "Elu" or "Selu" or "Gelu" or "HardSigmoid"
            or "HardSwish" or "Softplus" or "Softsign" or "PRelu" or "Clip" or "ThresholdedRelu" or "Celu" or "Mish"
            => Single(value)!.OpType,
        _ => "Linear",
    };

    private NodeProto? Single(string value) => FindConsumers(value) is [var only] ? only : null;

    private TensorProto? FindMatrix(string name, out bool isTransposed)
    {
        StoredValue? value = _stored.Find(name, throughTranspose: true);
        isTransposed = value?.IsTransposed ?? false;
        return value?.Tensor is { Dims.Count: 2 } tensor
            && TensorReader.IsFloat(tensor)
            && TensorReader.CountOrNull(tensor.Dims) != 0
            ? tensor
            : null;
    }

    private TensorProto? FindBiases(string name, long units) =>
        FindStored(name) is TensorProto tensor
        && TensorReader.IsFloat(tensor)
        && TensorReader.CountOrNull(tensor.Dims) is long count
        && (count == units || count == 1)
            ? tensor
            : null;

    private static AttributeProto? Attribute(NodeProto node, string name) =>
        node.Attribute.FirstOrDefault(attribute => attribute.Name == name);
}
