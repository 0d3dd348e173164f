using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Tests.Values;

/// <summary>Chains of operators with random axes and shapes on an input x [N, 4]; many of them mix rows.</summary>
internal sealed class RandomGraph
{
    private readonly Random _random;
    private readonly ModelProto _model;
    private string _last = "x";
    private int _count;

    private RandomGraph(int seed)
    {
        _random = new Random(seed);
        _model = TestModels.Model(
            "Identity",
            [TestModels.Tensor("x", OnnxElementType.Float, -1, 4)],
            [new ValueInfoProto { Name = "y", Type = TestModels.Tensor("y", OnnxElementType.Float).Type }]);
        _model.Graph.Output[0].Type.TensorType.Shape = null;
        _model.Graph.Node.Clear();
    }

    /// <summary>Creates a model; not all of them are valid.</summary>
    public static ModelProto Create(int seed)
    {
        var graph = new RandomGraph(seed);
        int steps = graph._random.Next(1, 5);
        for (int i = 0; i < steps; i++)
        {
            graph.AddStep();
        }

        graph._model.Graph.Node[^1].Output[0] = "y";
        return graph._model;
    }

    private void AddStep()
    {
        long axis = Choose(0, 1, 1, -1);
        long keep = Choose(0, 1);
        switch (_random.Next(24))
        {
            case 0: Add("Relu"); break;
            case 1: Add("Softmax", [], Attribute("axis", axis)); break;
            case 2: Add("ReduceSum", [Store([axis])], Attribute("keepdims", keep)); break;
            case 3: Add("ReduceMean", [], List("axes", axis), Attribute("keepdims", keep)); break;
            case 4: Add("Transpose", [], List("perm", _random.Next(2) == 0 ? [1, 0] : [0, 1])); break;
            case 5 or 6: Add("Reshape", [Store(Shape())]); break;
            case 7: Add("Flatten", [], Attribute("axis", Choose(0, 1, 1))); break;
            case 8: Add("Unsqueeze", [Store([axis])]); break;
            case 9: Add("Squeeze", [Store([axis])]); break;
            case 10: Add("MatMul", [Weights(4, 4)]); break;
            case 11: Add("Gemm", [Weights(4, 4)], Attribute("transA", _random.Next(4) == 0 ? 1 : 0)); break;
            case 12: Add("Add", [_random.Next(2) == 0 ? Weights(4) : Weights(1, 4)]); break;
            case 13: Add("Mul", [_random.Next(2) == 0 ? Weights(4, 1) : Weights(1, 1, 4)]); break;
            case 14: Add("Concat", [_last], Attribute("axis", axis)); break;
            case 15: AddSplit(axis); break;
            case 16: Add("Gather", [Store([Choose(0, 1)])], Attribute("axis", axis)); break;
            case 17: Add("Slice", [Store([0]), Store([Choose(1, 2, int.MaxValue)]), Store([axis])]); break;
            case 18: Add("CumSum", [Store([axis])]); break;
            case 19: Add("Tile", [Store(_random.Next(2) == 0 ? [1, 2] : [2, 1])]); break;
            case 20: Add("Pad", [Store(_random.Next(2) == 0 ? [0, 1, 0, 0] : [1, 0, 0, 0])]); break;
            case 21: AddCountedReshape(); break;
            case 22: AddQuantization(); break;
            default: Add("Sub", ["x"]); break;
        }
    }

    private long[] Shape()
    {
        long[][] shapes =
        [
            [-1], [0, -1], [1, -1], [-1, 2], [2, -1], [-1, 4], [4, -1], [0, 2, -1], [-1, 1, 2], [1, 1, -1],
        ];
        return shapes[_random.Next(shapes.Length)];
    }

    // As in a network from PyTorch: the number of rows is taken from the input's shape.
    private void AddCountedReshape()
    {
        string start = _last;
        _last = "x";
        Add("Shape");
        Add("Gather", [Store([0])], Attribute("axis", 0));
        string[] ends = [_last, Store([Choose(-1, 2, 4)])];
        _last = ends[_random.Next(4) == 0 ? 1 : 0];
        Add("Concat", [_last == ends[0] ? ends[1] : ends[0]], Attribute("axis", 0));
        string shape = _last;
        _last = start;
        Add("Reshape", [shape]);
    }

    private void AddSplit(long axis)
    {
        string other = $"v{_count}_2";
        Add("Split", [], Attribute("axis", axis));
        _model.Graph.Node[^1].Output.Add(other);
        _last = _random.Next(2) == 0 ? other : _last;
        Add("Neg");
    }

    private void AddQuantization()
    {
        string[] parts = [$"v{_count}", $"v{_count}_scale", $"v{_count}_zero"];
        Add("DynamicQuantizeLinear");
        _model.Graph.Node[^1].Output.AddRange(parts[1..]);
        Add("DequantizeLinear", parts[1..]);
    }

    private long Choose(params long[] values) => values[_random.Next(values.Length)];

    private string Store(long[] values)
    {
        string name = $"c{_model.Graph.Initializer.Count}";
        var tensor = new TensorProto { Name = name, DataType = 7, Dims = { values.Length } };
        tensor.Int64Data.AddRange(values);
        _model.Graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private string Weights(params long[] shape)
    {
        int count = (int)shape.Aggregate((one, other) => one * other);
        TensorProto tensor = TestModels.Floats(
            shape, [.. Enumerable.Range(0, count).Select(_ => (float)_random.NextDouble() - 0.5f)]);
        tensor.Name = $"c{_model.Graph.Initializer.Count}";
        _model.Graph.Initializer.Add(tensor);
        return tensor.Name;
    }

    private void Add(string operation, string[]? more = null, params AttributeProto[] attributes)
    {
        string output = $"v{_count++}";
        var node = new NodeProto { OpType = operation, Input = { _last, more ?? [] }, Output = { output } };
        node.Attribute.AddRange(attributes);
        _model.Graph.Node.Add(node);
        _last = output;
    }

    private static AttributeProto Attribute(string name, long value) =>
        new() { Name = name, I = value, Type = AttributeProto.Types.AttributeType.Int };

    private static AttributeProto List(string name, params long[] values) =>
        new() { Name = name, Ints = { values }, Type = AttributeProto.Types.AttributeType.Ints };
}
