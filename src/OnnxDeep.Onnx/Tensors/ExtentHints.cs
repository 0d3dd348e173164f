using System.Runtime.InteropServices;

using OnnxDeep.Onnx.Content;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Tensors;

/// <summary>What a model shows about the extents of its inputs, beyond what it declares.</summary>
internal sealed class ExtentHints
{
    private const int MostLengths = 8;

    // These do not change the shape of their first input.
    private static readonly HashSet<string> s_shapeless =
        ["Cast", "Identity", "Abs", "Neg", "Sqrt", "Log", "Exp", "Relu", "Tanh", "Sigmoid", "Clip", "Dropout"];

    private readonly Dictionary<(string Input, int Axis), long> _demands = [];
    private readonly Dictionary<string, string> _origins = new(StringComparer.Ordinal);

    private ExtentHints(ModelProto model)
    {
        var stored = new StoredValueFinder(model.Graph);
        foreach (GraphScope scope in GraphScope.Of(model))
        {
            var own = scope.Graph is null ? stored : new StoredValueFinder(scope.Graph);
            foreach (NodeProto node in scope.Nodes)
            {
                AddLengths(node, own);
            }
        }

        Dictionary<string, NodeProto> producers = [];
        foreach (NodeProto node in model.Graph.Node)
        {
            foreach (string output in node.Output)
            {
                producers[output] = node;
            }
        }

        foreach (NodeProto node in model.Graph.Node)
        {
            AddDemands(node, stored, producers);
        }
    }

    /// <summary>
    /// Lengths that operators need at least: the windows of convolutions and transforms, and one more than the numbers
    /// that a padding repeats; sorted, at most eight.
    /// </summary>
    public IReadOnlyList<long> Lengths => [.. LengthSet.Order().TakeLast(MostLengths)];

    private HashSet<long> LengthSet { get; } = [];

    /// <summary>Reads a model without the numbers of its large weights.</summary>
    /// <exception cref="FileFormatException">The file is not ONNX, or is incomplete.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static ExtentHints Read(string path) => new(OnnxLayout.Read(path).Model);

    /// <summary>
    /// The extent that the first operators demand for an axis of an input, such as the channels of a convolution; null
    /// if they demand none.
    /// </summary>
    public long? Demand(string input, int axis, int rank) =>
        _demands.TryGetValue((input, axis), out long extent) ? extent
        : _demands.TryGetValue((input, axis - rank), out long last) ? last
        : null;

    private void AddDemands(NodeProto node, StoredValueFinder stored, Dictionary<string, NodeProto> producers)
    {
        switch (node.OpType)
        {
            case "Conv" when Shape(node, 1, stored) is [_, long channels, ..]:
                Add(0, 1, channels * Math.Max(1, Attribute(node, "group")?.I ?? 1));
                break;
            case "MatMul" when Shape(node, 1, stored) is [.., long inner, _]:
                Add(0, -1, inner);
                break;
            case "Gemm" when Shape(node, 1, stored) is [long rows, long columns] && Attribute(node, "transA")?.I != 1:
                Add(0, -1, Attribute(node, "transB")?.I == 1 ? columns : rows);
                break;
            case "BatchNormalization" when Shape(node, 1, stored) is [long channels]:
                Add(0, 1, channels);
                break;
            case "LSTM" or "GRU" or "RNN" when Shape(node, 1, stored) is [long directions, _, long features]:
                Add(0, 2, features);
                long? hidden = Shape(node, 2, stored) is [_, _, long units] ? units : null;
                for (int state = 5; state < Math.Min(7, node.Input.Count) && hidden is not null; state++)
                {
                    Add(state, 0, directions);
                    Add(state, 2, hidden.Value);
                }

                break;
        }

        void Add(int place, int axis, long extent)
        {
            _demands.TryAdd((FindOrigin(node.Input[place], producers), axis), extent);
        }
    }

    // The value whose shape this one has; remembered for every value on the way, since many nodes may share it.
    private string FindOrigin(string name, Dictionary<string, NodeProto> producers)
    {
        var way = new List<string>();
        while (!_origins.ContainsKey(name)
            && producers.TryGetValue(name, out NodeProto? before)
            && s_shapeless.Contains(before.OpType)
            && before.Input.Count > 0)
        {
            way.Add(name);
            _origins[name] = name;
            name = before.Input[0];
        }

        string origin = _origins.GetValueOrDefault(name, name);
        way.ForEach(passed => _origins[passed] = origin);
        return origin;
    }

    private void AddLengths(NodeProto node, StoredValueFinder stored)
    {
        switch (node.OpType)
        {
            case "Conv" when Shape(node, 1, stored) is [_, _, .. long[] kernel]:
                IEnumerable<long> dilations = Attribute(node, "dilations")?.Ints ?? [];
                AddLength(kernel.Zip(dilations.Concat(Enumerable.Repeat(1L, kernel.Length)))
                    .Select(pair => ((pair.First - 1) * pair.Second) + 1));
                break;
            case "STFT" when Shape(node, 2, stored) is [long window]:
                AddLength([window]);
                break;
            case "STFT" when Numbers(node, 3, stored) is [long frame, ..]:
                AddLength([frame]);
                break;
            case "Pad":
                AddLength((Numbers(node, 1, stored) ?? [.. Attribute(node, "pads")?.Ints ?? []])
                    .Select(count => count + 1));
                break;
        }
    }

    private void AddLength(IEnumerable<long> lengths) =>
        LengthSet.UnionWith(lengths.Where(length => length is > 1 and < int.MaxValue));

    private static long[]? Shape(NodeProto node, int place, StoredValueFinder stored) =>
        place < node.Input.Count && stored.Find(node.Input[place], throughTranspose: false) is StoredValue value
            ? [.. value.Tensor.Dims]
            : null;

    private static long[]? Numbers(NodeProto node, int place, StoredValueFinder stored)
    {
        if (place >= node.Input.Count
            || stored.Find(node.Input[place], throughTranspose: false)?.Tensor is not TensorProto tensor
            || tensor.DataType != (int)OnnxElementType.Int64)
        {
            return null;
        }

        return tensor.HasRawData
            ? MemoryMarshal.Cast<byte, long>(tensor.RawData.Span).ToArray()
            : [.. tensor.Int64Data];
    }

    private static AttributeProto? Attribute(NodeProto node, string name) =>
        node.Attribute.FirstOrDefault(attribute => attribute.Name == name);
}
