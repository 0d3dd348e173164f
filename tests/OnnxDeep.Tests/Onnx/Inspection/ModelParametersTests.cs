using Google.Protobuf;

using OnnxDeep.Learning.Networks;
using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Tests.Onnx.Inspection;

public sealed class ModelParametersTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void WeightsInConstantsCountAsThoseInInitializersDo()
    {
        float[] weights = [.. Enumerable.Range(0, 6).Select(i => i / 2f)];
        var stored = new GraphProto
        {
            Node = { Models.Node("MatMul", "", "y", "x", "w") },
            Initializer = { Models.Floats("w", [3, 2], weights) },
        };
        var constant = new GraphProto
        {
            Node = { Constant("w", Models.Floats("", [3, 2], weights)), Models.Node("MatMul", "", "y", "x", "w") },
        };

        Assert.Equal(6, Inspect(stored).Info.Parameters);
        Assert.Equal(6, Inspect(constant).Info.Parameters);
        Assert.Equal((0, 1), (Inspect(constant).Info.Initializers, Inspect(constant).Info.Constants));
        OnnxTensorInfo tensor = Assert.Single(Inspect(constant).Measure(e => Assert.Fail(e.ToString())));
        Assert.Equal(("w", "[3, 2]", true, 0d, 2.5d), (
            tensor.Name, tensor.Shape, tensor.IsConstant, tensor.Min, tensor.Max));
    }

    [Fact]
    public void BodiesAndFunctionsCountOnceHoweverOftenTheyRun()
    {
        NodeProto choice = Models.Node("If", "choose", "y", "flag");
        choice.Attribute.Add(Body("then_branch", new GraphProto { Node = { Constant("a", Models.Floats("", [5])) } }));
        choice.Attribute.Add(
            Body("else_branch", new GraphProto { Initializer = { Models.Floats("b", [7]) } }));
        var graph = new GraphProto { Node = { choice } };
        for (int i = 0; i < 3; i++)
        {
            graph.Node.Add(Models.Node("Shared", "", $"s{i}", "y"));
            graph.Node[^1].Domain = "local";
        }

        ModelProto model = Models.Wrap(graph);
        model.Functions.Add(new FunctionProto
        {
            Name = "Shared", Domain = "local", Node = { Constant("c", Models.Floats("", [11])) },
        });

        Assert.Equal(5 + 7 + 11, ModelParameters.OfModel("m", model).Count);
    }

    [Theory]
    [InlineData(DataType.Float, 6, 24)]
    [InlineData(DataType.Double, 6, 48)]
    [InlineData(DataType.Float16, 6, 12)]
    [InlineData(DataType.Bfloat16, 6, 12)]
    [InlineData(DataType.Float8E4M3Fn, 6, 6)]
    [InlineData(DataType.Int8, 6, 6)]
    [InlineData(DataType.Uint8, 6, 6)]
    [InlineData(DataType.Int4, 6, 3)]
    [InlineData(DataType.Int16, 6, 12)]
    [InlineData(DataType.Int32, 0, 0)]
    [InlineData(DataType.Int64, 0, 0)]
    [InlineData(DataType.Uint64, 0, 0)]
    [InlineData(DataType.Bool, 0, 0)]
    [InlineData(DataType.String, 0, 0)]
    internal void TypesOfWeightsCountAndTypesOfIndicesDoNot(DataType type, long count, long bytes) => Assert.Equal(
        new ModelParameters(count, bytes),
        ModelParameters.Of("m", new TensorProto { DataType = (int)type, Dims = { 2, 3 } }));

    [Fact]
    public void NumbersWithoutADimensionAreNotLearned()
    {
        var graph = new GraphProto
        {
            Node = { Constant("epsilon", Models.Floats("", [], 1e-5f)) },
            Initializer = { Models.Floats("exponent", [], 2), Models.Floats("bias", [1], 0.5f) },
        };
        graph.Node.Add(Models.Node("Constant", "", "rate"));
        graph.Node[^1].Attribute.Add(new AttributeProto { Name = "value_float", F = 0.1f });
        graph.Node.Add(Models.Node("Constant", "", "shape"));
        graph.Node[^1].Attribute.Add(new AttributeProto { Name = "value_ints", Ints = { 1, -1, 2 } });
        graph.Node.Add(Models.Node("Constant", "", "mean"));
        graph.Node[^1].Attribute.Add(new AttributeProto { Name = "value_floats", Floats = { 1, 2, 3, 4 } });

        Assert.Equal(1 + 4, ModelParameters.OfModel("m", Models.Wrap(graph)).Count);
        Assert.Equal(
            ["exponent", "bias", "epsilon", "rate", "shape", "mean"],
            Inspect(graph).Measure(e => Assert.Fail(e.ToString())).Select(tensor => tensor.Name));
    }

    [Fact]
    public void BiasesOfQuantizedOperatorsAreIntegersOf32Bits()
    {
        TensorProto bias = Models.Raw("bias", DataType.Int32, [4], new byte[16]);
        var graph = new GraphProto
        {
            Node = { Models.Node("QLinearConv", "", "y", "x", "s", "z", "w", "s", "z", "s", "z", "bias") },
            Initializer =
            {
                Models.Raw("w", DataType.Int8, [4, 1, 1, 1], new byte[4]), bias,
                Models.Raw("axes", DataType.Int32, [2], new byte[8]), Models.Floats("s", [], 0.1f),
                Models.Raw("z", DataType.Int8, [], 0),
            },
        };

        Assert.Equal(4 + 4, ModelParameters.OfModel("m", Models.Wrap(graph)).Count);
    }

    [Fact]
    public void CoefficientsOfClassicalModelsCountAndTranslationsDoNot()
    {
        NodeProto classifier = Ml("LinearClassifier", ("coefficients", 6), ("intercepts", 3));
        classifier.Attribute.Add(new AttributeProto { Name = "classlabels_ints", Ints = { 0, 1, 2 } });
        NodeProto trees = Ml(
            "TreeEnsembleRegressor", ("nodes_values", 5), ("nodes_hitrates", 5), ("target_weights", 3));
        NodeProto encoder = Ml("LabelEncoder", ("keys_floats", 10), ("values_floats", 10));

        Assert.Equal(
            6 + 3 + 5 + 3,
            ModelParameters.OfModel("m", Models.Wrap(new GraphProto { Node = { classifier, trees, encoder } })).Count);
    }

    [Fact]
    public void ThreeWaysToAskGiveOneCount()
    {
        // Two layers share a matrix; one has no bias, one a bias; a standardisation and an embedding are not layers.
        var graph = new GraphProto
        {
            Node =
            {
                Models.Node("Sub", "", "c", "x", "mean"), Models.Node("MatMul", "first", "h", "c", "w"),
                Models.Node("Gemm", "second", "g", "h", "w", "b"), Models.Node("MatMul", "third", "y", "g", "v"),
                Models.Node("Add", "", "z", "y", "one"),
            },
            Input = { Models.Value("x", Models.Tensor(DataType.Float, "N", 3)) },
            Output = { Models.Value("z", Models.Tensor(DataType.Float, "N", 2)) },
            Initializer =
            {
                Models.Floats("mean", [3], 1, 2, 3), Models.Floats("w", [3, 3], new float[9]),
                Models.Floats("b", [3], 1, 2, 3), Models.Floats("v", [3, 2], new float[6]),
                Models.Floats("one", [1], 1),
            },
        };
        string path = _directory.Write("model.onnx", Models.Wrap(graph).ToByteArray());
        var file = OnnxModelFile.Load(path);

        IReadOnlyList<DenseLayerInfo> layers = file.GetDenseLayers();
        SummaryTotal total = OnnxModelInspector.Open(path).CountParameters();

        Assert.Equal([9, 12, 7], layers.Select(layer => layer.Parameters));
        Assert.Equal([null, 3, 2], layers.Select(layer => layer.Biases?.Length));
        Assert.Equal(new SummaryTotal(3 + 9 + 3 + 6 + 1, 22 * sizeof(float), 3), total);
        Assert.Equal(total.Parameters, OnnxModelInspector.Open(path).Info.Parameters);
    }

    private static NodeProto Constant(string name, TensorProto value)
    {
        NodeProto node = Models.Node("Constant", "", name);
        node.Attribute.Add(new AttributeProto { Name = "value", T = Fill(value) });
        return node;
    }

    private static TensorProto Fill(TensorProto tensor)
    {
        for (long missing = tensor.Dims.Aggregate(1L, (a, b) => a * b) - tensor.FloatData.Count; missing > 0; missing--)
        {
            tensor.FloatData.Add(missing);
        }

        return tensor;
    }

    private static AttributeProto Body(string name, GraphProto graph) =>
        new() { Name = name, Type = AttributeProto.Types.AttributeType.Graph, G = graph };

    private static NodeProto Ml(string type, params (string Name, int Count)[] lists)
    {
        NodeProto node = Models.Node(type, "", "y", "x");
        node.Domain = "ai.onnx.ml";
        node.Attribute.AddRange(lists.Select(list =>
            new AttributeProto { Name = list.Name, Floats = { new float[list.Count] } }));
        return node;
    }

    private OnnxModelInspector Inspect(GraphProto graph) =>
        OnnxModelInspector.Open(_directory.Write("model.onnx", Models.Wrap(graph).ToByteArray()));
}
