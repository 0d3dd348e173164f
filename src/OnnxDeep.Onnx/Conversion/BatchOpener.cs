using System.Runtime.InteropServices;

using OnnxDeep.Onnx.Content;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Onnx.Conversion;

/// <summary>
/// Gives a model a first axis of any extent. Stored shapes that begin with the fixed batch size are adapted; whether
/// the model still computes row by row is left for a run to determine.
/// </summary>
internal sealed class BatchOpener
{
    private const string Symbol = OnnxNames.BatchDimension;

    private readonly ModelProto _model;
    private readonly GraphProto _graph;
    private readonly GraphNames _names;
    private readonly StoredValueFinder _stored;
    private readonly List<NodeProto> _added = [];
    private readonly ValueInfoProto[] _inputs;
    private long _batch;
    private string? _extent;

    /// <summary>Creates an opener for a model.</summary>
    /// <param name="model">The model, which is changed.</param>
    public BatchOpener(ModelProto model)
    {
        _model = model;
        _graph = model.Graph;
        _names = new GraphNames(model);
        _stored = new StoredValueFinder(_graph);
        var stored = _graph.Initializer.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        _inputs = [.. _graph.Input.Where(input => !stored.Contains(input.Name) && First(input) is not null)];
    }

    /// <summary>
    /// Opens the first axis of each output, and of each input that has the same batch size as the first input.
    /// </summary>
    /// <returns>Whether the batch size of the first input was fixed; if not, the model is unchanged.</returns>
    public bool Open()
    {
        if (_inputs is not [ValueInfoProto first, ..] || !IsFixed(First(first)!))
        {
            return false;
        }

        _batch = First(first)!.DimValue;
        string symbol = FindSymbol();
        foreach (ValueInfoProto input in _inputs.Where(input => IsBatch(First(input)!)))
        {
            First(input)!.DimParam = symbol;
        }

        IEnumerable<TensorShapeProto.Types.Dimension> axes = _graph.Output
            .Select(First)
            .OfType<TensorShapeProto.Types.Dimension>();
        foreach (TensorShapeProto.Types.Dimension axis in axes.Where(IsFixed))
        {
            Open(axis, symbol);
        }

        ForgetShapes();
        foreach (NodeProto node in _graph.Node)
        {
            Follow(node, first.Name);
        }

        NodeProto[] nodes = [.. _added, .. _graph.Node];
        _graph.Node.Clear();
        _graph.Node.AddRange(nodes);
        return true;
    }

    private static TensorShapeProto.Types.Dimension? First(ValueInfoProto value) =>
        value.Type?.TensorType?.Shape is { Dim: [TensorShapeProto.Types.Dimension first, ..] } ? first : null;

    private static bool IsFixed(TensorShapeProto.Types.Dimension axis) =>
        axis.ValueCase == TensorShapeProto.Types.Dimension.ValueOneofCase.DimValue;

    // An input of another extent, such as a table, has no batch axis.
    private bool IsBatch(TensorShapeProto.Types.Dimension axis) => IsFixed(axis) && axis.DimValue == _batch;

    // An output of another extent, such as all steps of all rows, may be any multiple.
    private void Open(TensorShapeProto.Types.Dimension axis, string symbol)
    {
        bool isBatch = IsBatch(axis);
        axis.ClearValue();
        if (isBatch)
        {
            axis.DimParam = symbol;
        }
    }

    // The symbol of an input that is already open, otherwise N, unless another axis has that name.
    private string FindSymbol()
    {
        string? open = _inputs
            .Select(First)
            .FirstOrDefault(axis => !IsFixed(axis!) && axis!.DimParam.Length > 0)?.DimParam;
        var taken = _graph.Input.Concat(_graph.Output)
            .SelectMany(value => value.Type?.TensorType?.Shape?.Dim ?? [])
            .Select(axis => axis.DimParam)
            .ToHashSet(StringComparer.Ordinal);
        return open ?? new[] { Symbol, "batch" }
            .Concat(Enumerable.Range(1, taken.Count).Select(number => $"batch_{number}"))
            .First(name => !taken.Contains(name));
    }

    // The runtime infers them again.
    private void ForgetShapes()
    {
        foreach (GraphScope scope in GraphScope.Of(_model).Where(scope => scope.Graph is not null))
        {
            scope.Graph!.ValueInfo.Clear();
            foreach (ValueInfoProto value in scope.Name.Length == 0 ? [] : scope.Graph.Input.Concat(scope.Graph.Output))
            {
                if (value.Type?.TensorType is TypeProto.Types.Tensor tensor)
                {
                    tensor.Shape = null;
                }
            }
        }
    }

    private void Follow(NodeProto node, string input)
    {
        int place = node.OpType switch { "Reshape" or "Expand" => 1, "ConstantOfShape" => 0, _ => -1 };
        if (place < 0
            || node.Input.Count <= place
            || ReadShape(node.Input[place]) is not [long first, ..] shape
            || first != _batch)
        {
            return;
        }

        // Stored numbers have no batch axis.
        bool isReshape = node.OpType == "Reshape";
        if (isReshape && _stored.Find(node.Input[0], throughTranspose: true) is not null)
        {
            return;
        }

        node.Input[place] = isReshape && !shape.AsSpan(1).Contains(-1)
            ? Store(node, [-1, .. shape.AsSpan(1)])
            : JoinShape(node, shape.AsSpan(1), input);
    }

    // The extent is taken from the input at run time.
    private string JoinShape(NodeProto node, ReadOnlySpan<long> rest, string input)
    {
        _extent ??= Add(
            "Gather",
            [
                Add("Shape", [input], input + "/shape"),
                OnnxGraph.Store(_graph, _names.Take(input + "/first"), new long[] { 0 }, 1),
            ],
            input + "/batch");
        string tail = Store(node, rest);
        return Add("Concat", [_extent, tail], NameOf(node) + "/open_shape", OnnxGraph.Attribute("axis", 0));
    }

    private string Add(string operation, string[] inputs, string name, params ReadOnlySpan<AttributeProto> attributes)
    {
        var node = new NodeProto { OpType = operation, Input = { inputs }, Output = { _names.Take(name) } };
        node.Name = node.Output[0] + "/" + operation;
        foreach (AttributeProto attribute in attributes)
        {
            node.Attribute.Add(attribute);
        }

        _added.Add(node);
        return node.Output[0];
    }

    private string Store(NodeProto node, ReadOnlySpan<long> values) =>
        OnnxGraph.Store(_graph, _names.Take(NameOf(node) + "/shape"), values, values.Length);

    private static string NameOf(NodeProto node) => node.Name.Length > 0 ? node.Name : node.Output[0];

    private long[]? ReadShape(string name) =>
        _stored.Find(name, throughTranspose: false)?.Tensor is { Dims.Count: 1, DataType: (int)DataType.Int64 } tensor
            ? tensor.HasRawData ? MemoryMarshal.Cast<byte, long>(tensor.RawData.Span).ToArray() : [.. tensor.Int64Data]
            : null;
}
