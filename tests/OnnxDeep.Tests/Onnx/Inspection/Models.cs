using Google.Protobuf;
using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Tests.Onnx.Inspection;

/// <summary>Builds parts of models for tests.</summary>
internal static class Models
{
    public static ModelProto Wrap(GraphProto graph, int opset = 17) => new()
    {
        IrVersion = 8, ProducerName = "test", Graph = graph,
        OpsetImport = { new OperatorSetIdProto { Version = opset } },
    };

    public static NodeProto Node(string type, string name, string output, params string[] inputs) =>
        new() { OpType = type, Name = name, Output = { output }, Input = { inputs } };

    public static TensorProto Raw(string name, DataType type, long[] dims, params byte[] bytes) =>
        new() { Name = name, DataType = (int)type, Dims = { dims }, RawData = ByteString.CopyFrom(bytes) };

    public static TensorProto Floats(string name, long[] dims, params float[] values) =>
        new() { Name = name, DataType = 1, Dims = { dims }, FloatData = { values } };

    public static TensorProto External(string name, long count, string location, long offset = 0) => new()
    {
        Name = name,
        DataType = 1,
        Dims = { count },
        DataLocation = DataLocation.External,
        ExternalData =
        {
            new StringStringEntryProto { Key = "location", Value = location },
            new StringStringEntryProto { Key = "offset", Value = FormattableString.Invariant($"{offset}") },
        },
    };

    public static ValueInfoProto Value(string name, TypeProto type) => new() { Name = name, Type = type };

    public static TypeProto Tensor(DataType type, params object[] dims)
    {
        var shape = new TensorShapeProto();
        foreach (object dim in dims)
        {
            shape.Dim.Add(dim switch
            {
                int value => new TensorShapeProto.Types.Dimension { DimValue = value },
                string { Length: > 0 } name => new TensorShapeProto.Types.Dimension { DimParam = name },
                _ => new TensorShapeProto.Types.Dimension(),
            });
        }

        return new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape } };
    }

    /// <summary>
    /// A model with everything that a file can contain: a body, a function, and sparse, typed, packed, external and
    /// text tensors.
    /// </summary>
    public static ModelProto Rich()
    {
        NodeProto choice = Node("If", "choose", "y", "flag");
        choice.Attribute.Add(new AttributeProto
        {
            Name = "then_branch",
            Type = AttributeProto.Types.AttributeType.Graph,
            G = new GraphProto
            {
                Name = "then",
                Node = { Node("Add", "inner", "sum", "h", "one") },
                Initializer = { Floats("one", [1], 1) },
                Output = { Value("sum", Tensor(DataType.Float, "N", 2)) },
            },
        });
        var large = new float[700];
        large.AsSpan().Fill(0.5f);
        var graph = new GraphProto
        {
            Name = "rich",
            Node =
            {
                Node("Gemm", "dense", "z", "x", "w", "b"), Node("Relu", "", "h", "z"), choice,
                Node("Twice", "", "t", "y"),
            },
            Initializer =
            {
                Floats("w", [3, 2], 1, 2, 3, 4, 5, -6),
                Raw("b", DataType.Float, [2], [0, 0, 0, 0, 0, 0, 128, 63]),
                Floats("large", [7, 100], large),
                Raw("packed", DataType.Int4, [3], 0x21, 0x0F),
                External("far", 2, "weights.bin", 4),
                new TensorProto
                {
                    Name = "texts", DataType = 8, Dims = { 2 },
                    StringData = { ByteString.CopyFromUtf8("a"), ByteString.CopyFromUtf8("bä") },
                },
            },
            SparseInitializer =
            {
                new SparseTensorProto
                {
                    Values = Floats("sparse", [2], 3, 4),
                    Indices = new TensorProto { Name = "", DataType = 7, Dims = { 2 }, Int64Data = { 1, 5 } },
                    Dims = { 10, 10 },
                },
            },
            Input =
            {
                Value("x", Tensor(DataType.Float, "N", 3)),
                Value("flag", Tensor(DataType.Bool)),
                Value("w", Tensor(DataType.Float, 3, 2)),
            },
            Output = { Value("t", Tensor(DataType.Float, "N", "")) },
        };
        ModelProto model = Wrap(graph);
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "local", Version = 1 });
        graph.Node[3].Domain = "local";
        model.Functions.Add(new FunctionProto
        {
            Name = "Twice", Domain = "local", Input = { "a" }, Output = { "b" },
            Node = { Node("Add", "", "b", "a", "a") }, OpsetImport = { new OperatorSetIdProto { Version = 17 } },
        });
        model.MetadataProps.Add(new StringStringEntryProto { Key = "author", Value = "Ada" });
        return model;
    }
}
