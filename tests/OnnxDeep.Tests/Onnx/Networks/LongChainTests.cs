using Google.Protobuf;

using OnnxDeep.Learning.Networks;
using OnnxDeep.Onnx.Conversion;
using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Rows;
using OnnxDeep.Onnx.Tensors;
using OnnxDeep.Tests.Onnx.Inspection;

namespace OnnxDeep.Tests.Onnx.Networks;

/// <summary>
/// What follows a graph takes time in proportion to its nodes: less than a second for each of these, where a quadratic
/// walk takes minutes, and one that follows every way through a graph never ends.
/// </summary>
[Trait("Culture", "Any")]
public sealed class LongChainTests : IDisposable
{
    private const int Layers = 50_000;

    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(60);

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task NetworkIsReadByTheNamesOfItsValues()
    {
        string path = Write(Models.Wrap(Dense("layer")));

        Network<float> network = await Limit(() => OnnxModelFile.Load(path).GetNetwork());

        Assert.Equal(Layers, network.Layers.Count);
        Assert.Equal(["layer", "layer#1", "layer#2"], network.Layers.Take(3).Select(layer => layer.Name));
    }

    [Theory]
    [InlineData(WeightFormat.Float16)]
    [InlineData(WeightFormat.Int8Dynamic)]
    public async Task WeightsInNodesAreConverted(WeightFormat format)
    {
        GraphProto graph = Dense("layer");
        TensorProto[] weights = [.. graph.Initializer];
        graph.Initializer.Clear();
        graph.Node.AddRange(weights.Select(tensor => new NodeProto
        {
            OpType = "Constant",
            Output = { tensor.Name },
            Attribute = { new AttributeProto { Name = "value", T = tensor } },
        }));
        ModelProto model = Models.Wrap(graph);
        model.IrVersion = 3;
        graph.Input.AddRange(weights.Select(tensor => Value(tensor.Name, 1, 1)));
        model.Functions.AddRange(weights.Select(tensor => new FunctionProto { Name = tensor.Name }));
        string path = Write(model);

        var converter = ModelConverter.Open(path);
        await Limit(() =>
        {
            converter.Convert(format);
            return true;
        });

        Assert.Equal(Layers, converter.Layers);
    }

    [Fact]
    public async Task ReshapesOfOneNameAreOpened()
    {
        var graph = new GraphProto
        {
            Input = { Value("x", 2, 3) },
            Output = { Value("v0", 2, 3) },
            Initializer = { new TensorProto { Name = "shape", DataType = 7, Dims = { 2 }, Int64Data = { 2, -1 } } },
        };
        graph.Node.AddRange(Enumerable.Range(0, Layers).Select(i =>
            Models.Node("Reshape", "same", $"v{i}", i == 0 ? "x" : $"v{i - 1}", "shape")));

        Assert.True(await Limit(() => new BatchOpener(Models.Wrap(graph)).Open()));
        Assert.Equal(Layers, graph.Node.Count(node => node.OpType == "Concat"));
        Assert.Contains(graph.Node, node => node.Output[0] == $"same/open_shape_{Layers - 1}");
    }

    [Fact]
    public async Task RowsOfAModelWithManyOperatorSetsAreFollowed()
    {
        ModelProto model = Models.Wrap(Dense("layer"));
        model.OpsetImport.Insert(0, new OperatorSetIdProto { Domain = "first", Version = 1 });
        model.OpsetImport.AddRange(Enumerable.Range(0, Layers).Select(i =>
            new OperatorSetIdProto { Domain = $"domain{i}", Version = 1 }));
        model.OpsetImport.RemoveAt(1);
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = "ai.onnx", Version = 17 });

        RowFlow flow = await Limit(() => new RowFlow(model, name => name == "x"));

        Assert.Equal(RowKind.Rows, flow.Get("y").Kind);
    }

    [Fact]
    public async Task FunctionThatCallsAnotherTwiceIsFollowedOnce()
    {
        ModelProto model = Models.Wrap(new GraphProto { Node = { Models.Node("F0", "", "y", "x") } });
        model.Functions.AddRange(Enumerable.Range(0, 60).Select(i => new FunctionProto
        {
            Name = $"F{i}",
            Node =
            {
                Models.Node(i == 59 ? "RandomNormal" : $"F{i + 1}", "", "a", "x"),
                Models.Node(i == 59 ? "Relu" : $"F{i + 1}", "", "b", "a"),
            },
        }));
        string path = Write(model);

        RandomDraws draws = await Limit(() => RandomDraws.Read(path));

        Assert.Equal(["RandomNormal"], draws.Operators);
        Assert.True(draws.Affect("y"));
    }

    [Fact]
    public async Task ManyFunctionsAreListed()
    {
        ModelProto model = Models.Wrap(new GraphProto { Node = { Models.Node("Relu", "", "y", "x") } });
        model.Functions.AddRange(Enumerable.Range(0, Layers).Select(i => new FunctionProto
        {
            Name = $"F{i}", Node = { Models.Node("Relu", "", "b", "a") },
        }));
        string path = Write(model);

        OnnxModelInspector inspector = await Limit(() => OnnxModelInspector.Open(path));

        Assert.Equal(Layers + 1, inspector.Info.Nodes);
    }

    [Fact]
    public async Task DemandsOfManyNodesAtTheEndOfALongChainAreFound()
    {
        var graph = new GraphProto
        {
            Input = { Value("v0", 2, 3) },
            Output = { Value("y", 2, 3) },
            Initializer = { Models.Floats("w", [3, 1], 1, 2, 3) },
        };
        graph.Node.AddRange(Enumerable.Range(0, Layers).Select(i => Models.Node("Relu", "", $"v{i + 1}", $"v{i}")));
        graph.Node.AddRange(Enumerable.Range(0, Layers).Select(i =>
            Models.Node("MatMul", "", $"z{i}", $"v{Layers}", "w")));
        string path = Write(Models.Wrap(graph));

        ExtentHints hints = await Limit(() => ExtentHints.Read(path));

        Assert.Equal(3, hints.Demand("v0", 1, 2));
    }

    // A limit that only a walk of another order exceeds.
    private static Task<T> Limit<T>(Func<T> work) => Task.Run(work).WaitAsync(s_longest);

    private static GraphProto Dense(string name)
    {
        var graph = new GraphProto { Input = { Value("x", 0, 1) }, Output = { Value("y", 0, 1) } };
        for (int i = 0; i < Layers; i++)
        {
            graph.Node.Add(Models.Node("Gemm", name, $"z{i}", i == 0 ? "x" : $"a{i}", $"w{i}"));
            graph.Node.Add(Models.Node("Sigmoid", name, i == Layers - 1 ? "y" : $"a{i + 1}", $"z{i}"));
            graph.Initializer.Add(Models.Floats($"w{i}", [1, 1], 0.5f));
        }

        return graph;
    }

    // The extent 0 stands for a dynamic axis.
    private static ValueInfoProto Value(string name, params long[] shape)
    {
        var dims = new TensorShapeProto();
        dims.Dim.AddRange(shape.Select(extent => extent == 0
            ? new TensorShapeProto.Types.Dimension { DimParam = "N" }
            : new TensorShapeProto.Types.Dimension { DimValue = extent }));
        return Models.Value(name, new TypeProto
        {
            TensorType = new TypeProto.Types.Tensor { ElemType = 1, Shape = dims },
        });
    }

    private string Write(ModelProto model) => _directory.Write("m.onnx", model.ToByteArray());
}
