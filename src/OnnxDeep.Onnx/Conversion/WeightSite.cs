using OnnxDeep.Onnx.Content;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Conversion;

/// <summary>A node of the main graph that multiplies by a stored matrix.</summary>
/// <param name="Node">A Gemm or MatMul node.</param>
/// <param name="Weights">Its second input: two axes, and at least one number.</param>
internal sealed record WeightSite(NodeProto Node, StoredValue Weights)
{
    /// <summary>The name of the weights to show to the user.</summary>
    public string Name => Weights.Names[^1];

    /// <summary>Finds the sites of a graph, in graph order.</summary>
    public static IReadOnlyList<WeightSite> Find(GraphProto graph)
    {
        var finder = new StoredValueFinder(graph);
        return
        [
            .. graph.Node
                .Where(node => node.OpType is "Gemm" or "MatMul"
                    && node.Domain is "" or "ai.onnx"
                    && node.Input.Count >= 2
                    && node.Output.Count == 1)
                .Select(node => (Node: node, Weights: finder.Find(node.Input[1], throughTranspose: true)))
                .Where(pair => pair.Weights?.Tensor is { Dims.Count: 2 } tensor
                    && TensorReader.CountOrNull(tensor.Dims) is > 0)
                .Select(pair => new WeightSite(pair.Node, pair.Weights!)),
        ];
    }

    /// <summary>Finds matrices that only layers in bodies and functions use, and where these layers are.</summary>
    public static IEnumerable<(string Name, string Place)> FindElsewhere(ModelProto model)
    {
        var main = Find(model.Graph).Select(site => site.Name).ToHashSet(StringComparer.Ordinal);
        var outer = Matrices(model.Graph);
        var functions = model.Functions.Select(function => (function.Domain, function.Name)).ToHashSet();
        return GraphScope.Of(model).Skip(1)
            .SelectMany(scope =>
            {
                HashSet<string> own = Matrices(scope.Graph);
                return scope.Nodes
                    .Where(node => node.OpType is "Gemm" or "MatMul"
                        && node.Input.Count >= 2
                        && (outer.Contains(node.Input[1]) || own.Contains(node.Input[1]))
                        && !main.Contains(node.Input[1]))
                    .Select(node => (node.Input[1], scope.Name));
            })
            .Concat(model.Graph.Node
                .Where(node => functions.Contains((node.Domain, node.OpType)))
                .SelectMany(node => node.Input
                    .Where(name => outer.Contains(name) && !main.Contains(name))
                    .Select(name => (name, node.OpType))))
            .DistinctBy(pair => pair.Item1);
    }

    private static HashSet<string> Matrices(GraphProto? graph) =>
        [
            .. graph?.Initializer
                .Where(tensor => tensor.Dims.Count == 2 && TensorReader.IsFloat(tensor))
                .Select(tensor => tensor.Name) ?? [],
        ];

    /// <summary>Whether a graph has weights that are stored as float16 and used as float32.</summary>
    public static bool HasHalf(GraphProto graph) => Find(graph).Any(site => site.Weights is
        { Tensor.DataType: (int)TensorProto.Types.DataType.Float16, ElementType: TensorProto.Types.DataType.Float });
}
