using Google.Protobuf;

using OnnxDeep.Learning.Networks;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Tests.Onnx.Networks;

public sealed class OnnxModelFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void ModelCutShortAtAnyLengthIsATypedError()
    {
        ModelProto model = ModelProto.Parser.ParseFrom(
            OnnxExporter.Export(Network.Create(3, [new(2, Activation.Tanh), new(1, Activation.Sigmoid)], 1)));
        model.MetadataProps.Clear();
        byte[] whole = model.ToByteArray();

        // Cut exactly before the operator sets, a file is like one that was written without them.
        int graphEnd = whole.Length - 2 - ModelProto.Parser.ParseFrom(whole).OpsetImport[0].CalculateSize();
        var cut = OnnxModelFile.Load(_directory.Write("cut.onnx", whole[..graphEnd]));
        Assert.Equal(2, cut.GetDenseLayers().Count);
        Assert.Equal(ErrorIds.ModelInvalid, Assert.Throws<FileFormatException>(cut.GetNetwork).ErrorId);
        foreach (int length in Enumerable.Range(2, whole.Length - 2).Where(length => length != graphEnd))
        {
            string path = _directory.Write("cut.onnx", whole[..length]);

            FileFormatException error = Assert.Throws<FileFormatException>(() => OnnxModelFile.Load(path));
            Assert.Equal(ErrorIds.ModelTruncated, error.ErrorId);
            Assert.Contains(path, error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello, I am a text file\n")]
    [InlineData("\u0089PNG\r\n")]
    public void OtherFilesAreNotOnnx(string text)
    {
        string path = _directory.Write("other.onnx", text);

        FileFormatException error = Assert.Throws<FileFormatException>(() => OnnxModelFile.Load(path));
        Assert.Equal(ErrorIds.ModelNotOnnx, error.ErrorId);
    }

    [Fact]
    public void MutatedModelsGiveTypedErrorsOnly()
    {
        byte[] whole = OnnxExporter.Export(Network.Create(3, [new(2, Activation.Tanh), new(1, Activation.Sigmoid)], 1));
        var random = new Random(1);
        for (int i = 0; i < 3_000; i++)
        {
            byte[] mutant = [.. whole];
            for (int n = random.Next(1, 5); n > 0; n--)
            {
                mutant[random.Next(mutant.Length)] = (byte)random.Next(256);
            }

            try
            {
                OnnxModelFile file = OnnxModelFile.Load(_directory.Write("mutant.onnx", mutant));
                file.GetDenseLayers();
                file.GetNetwork();
            }
            catch (FileFormatException)
            {
                // The only error that is allowed.
            }
        }
    }

    [Fact]
    public void GemmWithTransposedWeightsAndScalesIsReadAsItComputes()
    {
        var graph = new GraphProto
        {
            Node = { Node("Gemm", "layer", "y", "x", "w", "b"), Node("LeakyRelu", "", "z", "y") },
            Initializer = { Floats("w", [2, 3], 1, 2, 3, 4, 5, 6), Floats("b", [2], 10, 20) },
        };
        graph.Node[0].Attribute.Add(new AttributeProto { Name = "transB", I = 1 });
        graph.Node[0].Attribute.Add(new AttributeProto { Name = "alpha", F = 2 });
        graph.Node[0].Attribute.Add(new AttributeProto { Name = "beta", F = 0.5f });

        DenseLayerInfo layer = Layers(graph).Single();

        Assert.Equal(("layer", "LeakyRelu"), (layer.Name, layer.Activation));
        Assert.Equal(new float[,] { { 2, 8 }, { 4, 10 }, { 6, 12 } }, layer.Weights);
        Assert.Equal([5, 10], layer.Biases!);
    }

    [Fact]
    public void MatMulWithAddIsADenseLayer()
    {
        var graph = new GraphProto
        {
            Node = { Node("MatMul", "", "h", "x", "w"), Node("Add", "", "y", "b", "h"), Node("Relu", "", "z", "y") },
            Initializer = { Floats("w", [3, 2], 1, 2, 3, 4, 5, 6), Floats("b", [1, 2], 7, 8) },
        };

        DenseLayerInfo layer = Layers(graph).Single();

        Assert.Equal(("w", "ReLU"), (layer.Name, layer.Activation));
        Assert.Equal(new float[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } }, layer.Weights);
        Assert.Equal([7, 8], layer.Biases!);
    }

    [Fact]
    public void WeightsOnTheLeftBehindConstantTransposeAndCastAreFound()
    {
        NodeProto constant = Node("Constant", "", "c");
        constant.Attribute.Add(new AttributeProto { Name = "value", T = Floats("", [3, 2], 1, 2, 3, 4, 5, 6) });
        var graph = new GraphProto
        {
            Node =
            {
                constant, Node("Cast", "", "d", "c"), Node("Transpose", "", "w", "d"),
                Node("MatMul", "left", "y", "w", "x"),
            },
        };

        DenseLayerInfo layer = Layers(graph).Single();

        Assert.Equal(("left", "Linear", 3, 2), (layer.Name, layer.Activation, layer.Inputs, layer.Units));
        Assert.Equal(new float[,] { { 1, 2 }, { 3, 4 }, { 5, 6 } }, layer.Weights);
        Assert.Null(layer.Biases);
        Assert.Equal(6, layer.Parameters);
    }

    [Fact]
    public void OtherFloatTypesAreWidened()
    {
        byte[] halves = [.. new[] { 1.5f, -2 }.SelectMany(x => BitConverter.GetBytes((Half)x))];
        byte[] brains = [.. new[] { 1.5f, -2 }.SelectMany(x => BitConverter.GetBytes(x).Skip(2))];
        byte[] doubles = [.. new[] { 1.5, -2 }.SelectMany(BitConverter.GetBytes)];
        foreach ((int type, byte[] raw) in new[] { (10, halves), (16, brains), (11, doubles) })
        {
            var tensor = new TensorProto
            {
                Name = "w", DataType = type, Dims = { 2, 1 }, RawData = ByteString.CopyFrom(raw),
            };
            var graph = new GraphProto { Node = { Node("MatMul", "m", "y", "x", "w") }, Initializer = { tensor } };

            Assert.Equal(new[,] { { 1.5f }, { -2f } }, Layers(graph).Single().Weights);
        }
    }

    [Theory]
    [InlineData(5)]
    [InlineData(-1)]
    [InlineData(long.MaxValue)]
    public void TensorThatContradictsItsShapeIsATypedError(long rows)
    {
        var tensor = new TensorProto
        {
            Name = "w", DataType = 1, Dims = { rows, 2 }, RawData = ByteString.CopyFrom(new byte[16]),
        };
        var graph = new GraphProto { Node = { Node("MatMul", "m", "y", "x", "w") }, Initializer = { tensor } };

        FileFormatException error = Assert.Throws<FileFormatException>(() => Layers(graph));
        Assert.Equal(ErrorIds.ModelInvalid, error.ErrorId);
        Assert.Contains("'w'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void EmptyTensorOfGiganticWidthIsATypedError()
    {
        var tensor = new TensorProto { Name = "w", DataType = 1, Dims = { 0, 3_000_000_000 } };
        var graph = new GraphProto { Node = { Node("MatMul", "m", "y", "x", "w") }, Initializer = { tensor } };

        Assert.Equal(ErrorIds.ModelInvalid, Assert.Throws<FileFormatException>(() => Layers(graph)).ErrorId);
    }

    [Fact]
    public void ExternalWeightsAreReadFromTheModelsFolder()
    {
        _directory.Write("weights.bin", [0, 0, 0, 0, .. BitConverter.GetBytes(3f), .. BitConverter.GetBytes(4f)]);

        Assert.Equal(new[,] { { 3f }, { 4f } }, Layers(External("weights.bin", offset: "4")).Single().Weights);
    }

    [Theory]
    [InlineData("../outside.bin", "0")]
    [InlineData("/etc/hostname", "0")]
    [InlineData("missing.bin", "0")]
    [InlineData("weights.bin", "8")]
    [InlineData("weights.bin", "x")]
    [InlineData("", "0")]
    [InlineData("a\0b", "0")]
    public void ExternalWeightsElsewhereAreRefused(string location, string offset)
    {
        _directory.Write("weights.bin", new byte[12]);

        FileFormatException error = Assert.Throws<FileFormatException>(() => Layers(External(location, offset)));
        Assert.Equal(ErrorIds.ModelInvalid, error.ErrorId);
    }

    [Fact]
    public void EndlessChainOfIdentitiesEnds() => Assert.Empty(Layers(new GraphProto
    {
        Node = { Node("Identity", "", "w", "v"), Node("Identity", "", "v", "w"), Node("MatMul", "", "y", "x", "w") },
    }));

    [Fact]
    public void ForeignModelWithoutDenseLayersHasNone() =>
        Assert.Empty(OnnxModelFile.Load(TestData.Find("onnx", "test_sign_model", "model.onnx")).GetDenseLayers());

    [Fact]
    public void UnknownFieldsRideAlong()
    {
        // Field 100 of ModelProto is not in any specification.
        byte[] model =
        [
            .. OnnxExporter.Export(Network.Create(2, [new(1, Activation.Linear)], 1)), 0xA2, 0x06, 0x02, 0x0A, 0x00,
        ];

        Assert.Equal(model, ModelProto.Parser.ParseFrom(model).ToByteArray());
    }

    private static GraphProto External(string location, string offset) => new()
    {
        Node = { Node("MatMul", "m", "y", "x", "w") },
        Initializer =
        {
            new TensorProto
            {
                Name = "w", DataType = 1, Dims = { 2, 1 }, DataLocation = TensorProto.Types.DataLocation.External,
                ExternalData =
                {
                    new StringStringEntryProto { Key = "location", Value = location },
                    new StringStringEntryProto { Key = "offset", Value = offset },
                },
            },
        },
    };

    private static NodeProto Node(string type, string name, string output, params string[] inputs) =>
        new() { OpType = type, Name = name, Output = { output }, Input = { inputs } };

    private static TensorProto Floats(string name, long[] dims, params float[] values) =>
        new() { Name = name, DataType = 1, Dims = { dims }, FloatData = { values } };

    private IReadOnlyList<DenseLayerInfo> Layers(GraphProto graph)
    {
        var model = new ModelProto
        {
            IrVersion = 8, Graph = graph, OpsetImport = { new OperatorSetIdProto { Version = 17 } },
        };
        return OnnxModelFile.Load(_directory.Write("model.onnx", model.ToByteArray())).GetDenseLayers();
    }
}
