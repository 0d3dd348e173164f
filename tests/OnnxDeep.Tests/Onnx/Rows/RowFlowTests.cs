using System.Runtime.InteropServices;

using Google.Protobuf;

using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Rows;

namespace OnnxDeep.Tests.Onnx.Rows;

public sealed class RowFlowTests
{
    public static TheoryData<string, bool> Nodes => new()
    {
        // What a row of an operator's result depends on, for x [N, 4] and image [N, 3, 8, 8].
        { "Relu x", true },
        { "Cast x to=7", true },
        { "Softmax x", true },
        { "Softmax x axis=1", true },
        { "Softmax x axis=0", false },
        { "LogSoftmax x axis=-2", false },
        { "ReduceMean x axes=1", true },
        { "ReduceMean x axes=0", false },
        { "ReduceMean x axes=0,1", false },
        { "ReduceMean x", false },
        { "ReduceSum x one", true },
        { "ReduceSum x zero", false },
        { "ArgMax x axis=1", true },
        { "ArgMax x", false },
        { "TopK x one axis=-1", true },
        { "CumSum x one", true },
        { "CumSum x zero", false },
        { "Transpose x perm=0,1", true },
        { "Transpose x perm=1,0", false },
        { "Transpose x", false },
        { "Flatten image axis=1", true },
        { "Flatten image axis=2", true },
        { "Flatten image axis=0", false },
        { "Reshape image rest", true },
        { "Reshape image kept", true },
        { "Reshape image first", false },
        { "Squeeze x one", true },
        { "Squeeze x zero", false },
        { "Squeeze x", false },
        { "Unsqueeze x one", true },
        { "Unsqueeze x zero", false },
        { "Concat x x axis=1", true },
        { "Concat x x axis=0", false },
        { "Split x axis=1", true },
        { "Split x", false },
        { "Gather x one axis=1", true },
        { "Gather x one", false },
        { "Gather matrix rows", true },
        { "Gather matrix rows axis=1", false },
        { "Slice x zero one one", true },
        { "Slice x zero one zero", false },
        { "Slice x zero most zero", true },
        { "Tile x inner", true },
        { "Tile x outer", false },
        { "Pad x edges", true },
        { "Pad x ends", false },
        { "MatMul x matrix", true },
        { "MatMul matrix x", false },
        { "MatMul x x", false },
        { "MatMul matrix image", true },
        { "MatMul image image", true },
        { "Gemm x matrix", true },
        { "Gemm x matrix transA=1", false },
        { "Add x vector", true },
        { "Add x x", true },
        { "Add x matrix", false },
        { "Add x image", false },
        { "Where x vector x", true },
        { "Conv image kernel", true },
        { "Conv x kernel", false },
        { "MaxPool image", true },
        { "BatchNormalization image vector vector vector vector", true },
        { "BatchNormalization image vector vector vector vector training_mode=1", false },
        { "LayerNormalization x vector", true },
        { "LayerNormalization x vector axis=0", false },
        { "DynamicQuantizeLinear x", false },
        { "QuantizeLinear x scale", true },
        { "QuantizeLinear x vector axis=1", true },
        { "QuantizeLinear x vector axis=0", false },
        { "Dropout x", true },
        { "Dropout x scale off", true },
        { "Dropout x scale on", false },
        { "RandomUniformLike x", false },
        { "NonZero x", false },
        { "Shape x", false },
        { "LSTM image kernel kernel", false },
        { "LabelEncoder x", true },
        { "Normalizer x", true },
        { "Normalizer rows", false },
        { "LinearClassifier x", true },
        { "TreeEnsembleRegressor x", true },
        { "ZipMap x", true },
        { "StringNormalizer rows", true },
        { "StringNormalizer x", false },
        { "SomethingNew x", false },
    };

    [Theory]
    [MemberData(nameof(Nodes))]
    public void OperatorKeepsRowsApartOrNot(string node, bool isKept) =>
        Assert.Equal(isKept, new RowFlow(Model(node), IsInput).Get("v0").Kind == RowKind.Rows);

    [Theory]
    [InlineData("the number of rows from a shape", true,
        "Shape x", "Gather v0 zero", "Concat v1 rest axis=0", "Reshape image v2")]
    [InlineData("another extent of a shape", false,
        "Shape x", "Gather v0 one", "Concat v1 rest axis=0", "Reshape image v2")]
    [InlineData("the number of rows last", false,
        "Shape x", "Gather v0 zero", "Concat rest v1 axis=0", "Reshape image v2")]
    [InlineData("a multiple of the rows", true,
        "Shape x", "Gather v0 zero", "Mul v1 two", "Concat v2 rest axis=0", "Reshape image v3")]
    [InlineData("a class token for each row", true,
        "Shape x", "Slice v0 zero one", "Concat v1 two axis=0", "Expand vector v2")]
    [InlineData("zeros for each row", true,
        "Shape x", "Slice v0 zero one", "Concat v1 two axis=0", "ConstantOfShape v2")]
    [InlineData("labels of predicted classes", true,
        "ArgMax x axis=1", "ArrayFeatureExtractor vector v0", "Cast v1 to=8", "Reshape v2 rest")]
    [InlineData("two spellings of each word", true,
        "StringNormalizer rows", "Concat rows v0 axis=0", "LabelEncoder v1", "Split v2 axis=0")]
    [InlineData("two values of other rows", false,
        "Reshape image rest", "Concat x v0 axis=0", "Relu v1", "Split v2 axis=0")]
    [InlineData("transposed weights", true, "Transpose matrix perm=1,0", "MatMul x v0")]
    [InlineData("quantized weights", true, "DequantizeLinear matrix scale", "Gemm x v0")]
    [InlineData("a matrix there and back", false, "Transpose x perm=1,0", "Relu v0", "Transpose v1 perm=1,0")]
    public void ChainKeepsRowsApartOrNot(string what, bool isKept, params string[] nodes)
    {
        RowValue last = new RowFlow(Model(nodes), IsInput).Get($"v{nodes.Length - 1}");

        Assert.True(isKept == (last.Kind == RowKind.Rows), what);
    }

    [Fact]
    public void ValueFromStoredNumbersAloneIsTheSameForAllRows()
    {
        Assert.Equal(RowKind.Fixed, new RowFlow(Model("Identity vector"), IsInput).Get("v0").Kind);
        Assert.Equal(RowKind.Mixed, new RowFlow(Model("RandomNormalLike vector"), IsInput).Get("v0").Kind);
    }

    [Fact]
    public void FirstNodeThatMixesRowsIsNamed() => Assert.Equal(
        "'NonZero#1' (NonZero)", new RowFlow(Model("Relu x", "NonZero v0", "Cast v1 to=1"), IsInput).Get("v2").Cause);

    [Fact]
    public void OperatorOfAnotherDomainOrFunctionIsUnknown()
    {
        ModelProto model = Model("Relu x");
        model.Functions.Add(new FunctionProto { Name = "Relu" });
        Assert.Equal(RowKind.Mixed, new RowFlow(model, IsInput).Get("v0").Kind);
        model = Model("Relu x");
        model.Graph.Node[0].Domain = "org.example";
        Assert.Equal(RowKind.Mixed, new RowFlow(model, IsInput).Get("v0").Kind);
    }

    [Fact]
    public void NodesInAnotherOrderAreSorted()
    {
        ModelProto model = Model("Relu v1", "Neg x");

        Assert.Equal(RowKind.Rows, new RowFlow(model, IsInput).Get("v0").Kind);
    }

    [Theory]
    [InlineData("zeros for the filling", true, "ReduceSum", 0f, 0, "soup")]
    [InlineData("numbers for the filling", false, "ReduceSum", 1f, 0, "soup")]
    [InlineData("a mean over the filling", false, "ReduceMean", 0f, 0, "soup")]
    [InlineData("another row for the filling", false, "ReduceSum", 0f, 1, "soup")]
    [InlineData("a filling that is a word", false, "ReduceSum", 0f, 0, "")]
    [InlineData("a row that is not in the table", false, "ReduceSum", 0f, 2, "soup")]
    public void TextsOfDifferentLengthsAreKeptApartIfTheFillingCountsAsZero(
        string what, bool isKept, string sum, float filling, long other, string word)
    {
        ModelProto model = Model("StringSplit rows", "LabelEncoder v0", "Gather table v1", $"{sum} v2 one");
        model.Graph.Node[0].Output.Add("count");
        model.Graph.Node[1].Attribute.Add(new AttributeProto
        {
            Name = "keys_strings", Strings = { ByteString.CopyFromUtf8(word) },
        });
        model.Graph.Node[1].Attribute.Add(new AttributeProto { Name = "values_int64s", Ints = { 1 } });
        model.Graph.Node[1].Attribute.Add(new AttributeProto { Name = "default_int64", I = other });
        float[] table = [filling, 0, 3, 4];
        model.Graph.Initializer.Add(new TensorProto
        {
            Name = "table",
            DataType = 1,
            Dims = { 2, 2 },
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes<float>(table)),
        });

        var flow = new RowFlow(model, IsInput);

        Assert.True(isKept == (flow.Get("v3").Kind == RowKind.Rows), what);
        Assert.Equal(RowKind.Rows, flow.Get("count").Kind);
    }

    private static bool IsInput(string name) => name is "x" or "image" or "rows";

    // Words of a node: the operator, its inputs, and its attributes.
    private static ModelProto Model(params string[] nodes)
    {
        var graph = new GraphProto { Input = { Value("x", 2), Value("image", 4), Value("rows", 1) } };
        AddStored(graph);
        for (int i = 0; i < nodes.Length; i++)
        {
            string[] words = nodes[i].Split(' ');
            var node = new NodeProto { OpType = words[0], Output = { $"v{i}" } };
            node.Input.AddRange(words.Skip(1).Where(word => !word.Contains('=', StringComparison.Ordinal)));
            foreach (string[] pair in words.Select(word => word.Split('=')).Where(pair => pair.Length == 2))
            {
                long[] numbers = [.. pair[1].Split(',').Select(long.Parse)];
                var attribute = new AttributeProto { Name = pair[0] };
                if (pair[0] is "axes" or "perm")
                {
                    attribute.Ints.AddRange(numbers);
                }
                else
                {
                    attribute.I = numbers[0];
                }

                node.Attribute.Add(attribute);
            }

            if (node.OpType == "Split")
            {
                node.Output.Add($"v{i}_2");
            }

            graph.Node.Add(node);
        }

        return new ModelProto { Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = 17 } } };
    }

    private static void AddStored(GraphProto graph)
    {
        void Numbers(string name, params long[] values) => graph.Initializer.Add(
            new TensorProto { Name = name, DataType = 7, Dims = { values.Length }, Int64Data = { values } });

        Numbers("zero", 0);
        Numbers("one", 1);
        Numbers("two", 2);
        Numbers("rest", -1);
        Numbers("kept", 0, -1);
        Numbers("first", 1, -1);
        Numbers("inner", 1, 2);
        Numbers("outer", 2, 1);
        Numbers("most", long.MaxValue);
        Numbers("edges", 0, 1, 0, 1);
        Numbers("ends", 0, 1, 1, 1);
        graph.Initializer.Add(new TensorProto { Name = "scale", DataType = 1, FloatData = { 0.5f } });
        graph.Initializer.Add(new TensorProto { Name = "off", DataType = 9, Int32Data = { 0 } });
        graph.Initializer.Add(
            new TensorProto { Name = "on", DataType = 9, RawData = ByteString.CopyFrom(1) });
        graph.Initializer.Add(new TensorProto { Name = "vector", DataType = 1, Dims = { 100 } });
        graph.Initializer.Add(new TensorProto { Name = "matrix", DataType = 1, Dims = { 4, 4 } });
        graph.Initializer.Add(new TensorProto { Name = "kernel", DataType = 1, Dims = { 1, 3, 3, 3 } });
    }

    private static ValueInfoProto Value(string name, int rank)
    {
        var tensor = new TypeProto.Types.Tensor { ElemType = 1, Shape = new TensorShapeProto() };
        tensor.Shape.Dim.AddRange(Enumerable.Range(0, rank).Select(axis => axis == 0
            ? new TensorShapeProto.Types.Dimension { DimParam = "N" }
            : new TensorShapeProto.Types.Dimension { DimValue = 4 }));
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensor } };
    }
}
