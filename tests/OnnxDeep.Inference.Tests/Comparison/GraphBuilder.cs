using System.Runtime.InteropServices;

using Google.Protobuf;

using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Tensors;
using OnnxDeep.Tests.Values;

namespace OnnxDeep.Tests.Comparison;

/// <summary>Builds models node by node.</summary>
internal sealed class GraphBuilder
{
    private readonly GraphProto _graph = new() { Name = "test" };

    public int Opset { get; init; } = 17;

    /// <summary>Creates two dense layers, 3-4-2; the parameter is the first weight of the second layer.</summary>
    public static GraphBuilder Dense(float weight = 0.5f, string output = "y") => new GraphBuilder()
        .Input("x", OnnxElementType.Float, -1, 3)
        .Store("w1", [3, 4], [.. Enumerable.Range(1, 12).Select(i => i / 10f)])
        .Store("w2", [4, 2], [weight, .. Enumerable.Range(2, 7).Select(i => i / 10f)])
        .Node("MatMul", "h1", "x", "w1")
        .Node("Tanh", "h2", "h1")
        .Node("MatMul", "h3", "h2", "w2")
        .Node("Sigmoid", output, "h3")
        .Output(output, OnnxElementType.Float, -1, 2);

    /// <summary>Creates a chain of unary operators from one input, through v0 to vN, to y.</summary>
    public static GraphBuilder Chain(params string[] operators)
    {
        GraphBuilder builder = new GraphBuilder().Input("x", OnnxElementType.Float, -1, 3);
        for (int i = 0; i < operators.Length; i++)
        {
            builder.Node(operators[i], i == operators.Length - 1 ? "y" : $"v{i}", i == 0 ? "x" : $"v{i - 1}");
        }

        return builder.Output("y", OnnxElementType.Float, -1, 3);
    }

    public GraphBuilder Input(string name, OnnxElementType type, params long[] shape) =>
        Input(TestModels.Tensor(name, type, shape));

    /// <summary>Adds a float input; numbers are sizes, other texts names, an empty text an unnamed axis.</summary>
    public GraphBuilder Input(string name, params string[] axes)
    {
        ValueInfoProto value = TestModels.Tensor(name, OnnxElementType.Float);
        value.Type.TensorType.Shape = new TensorShapeProto();
        value.Type.TensorType.Shape.Dim.AddRange(axes.Select(axis => long.TryParse(axis, out long size)
            ? new TensorShapeProto.Types.Dimension { DimValue = size }
            : new TensorShapeProto.Types.Dimension { DimParam = axis }));
        return Input(value);
    }

    public GraphBuilder Whole(string name, params long[] values) => Store(new TensorProto
    {
        Name = name, DataType = (int)OnnxElementType.Int64, Dims = { values.Length }, Int64Data = { values },
    });

    private GraphBuilder Input(ValueInfoProto value)
    {
        _graph.Input.Add(value);
        return this;
    }

    public GraphBuilder Output(string name, OnnxElementType type, params long[] shape)
    {
        _graph.Output.Add(TestModels.Tensor(name, type, shape));
        return this;
    }

    public GraphBuilder Store(string name, long[] shape, params float[] values)
    {
        TensorProto tensor = TestModels.Floats(shape, values);
        tensor.Name = name;
        return Store(tensor);
    }

    public GraphBuilder Store(TensorProto tensor)
    {
        _graph.Initializer.Add(tensor);
        return this;
    }

    public GraphBuilder StoreHalves(string name, long[] shape, params float[] values)
    {
        Half[] halves = [.. values.Select(value => (Half)value)];
        return Store(new TensorProto
        {
            Name = name, DataType = (int)OnnxElementType.Float16, Dims = { shape },
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<Half>(halves)),
        });
    }

    public GraphBuilder Node(string operation, string output, params string[] inputs) =>
        Node(operation, output, inputs, []);

    public GraphBuilder Node(string operation, string output, string[] inputs, AttributeProto[] attributes)
    {
        _graph.Node.Add(new NodeProto
        {
            Name = $"make {output}", OpType = operation, Input = { inputs }, Output = { output },
            Attribute = { attributes },
        });
        return this;
    }

    public string Write(string path)
    {
        var model = new ModelProto
        {
            IrVersion = 8, Graph = _graph, OpsetImport = { new OperatorSetIdProto { Version = Opset } },
        };
        File.WriteAllBytes(path, model.ToByteArray());
        return path;
    }
}
