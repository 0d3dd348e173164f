using OnnxDeep.Learning.Networks;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Tests.Onnx.Networks;

public sealed class OnnxExporterTests
{
    private static readonly Network<float> s_network =
        Network.Create(300, [new(5, Activation.ReLU), new(1, Activation.Sigmoid)], seed: 1);

    [Fact]
    public void GraphIsWhatOldRuntimesRead()
    {
        var model = ModelProto.Parser.ParseFrom(OnnxExporter.Export(s_network));

        Assert.Equal(8, model.IrVersion);
        Assert.Equal((string.Empty, 17), (model.OpsetImport.Single().Domain, model.OpsetImport.Single().Version));
        Assert.Equal(["Gemm", "Relu", "Gemm", "Sigmoid"], model.Graph.Node.Select(node => node.OpType));
        Assert.Equal(
            ["dense/kernel", "dense/bias", "dense_1/kernel", "dense_1/bias"],
            model.Graph.Initializer.Select(tensor => tensor.Name));
        AssertMatrix(model.Graph.Input.Single(), "features", 300);
        AssertMatrix(model.Graph.Output.Single(), "probability", 1);
    }

    [Fact]
    public void EqualNetworksGiveEqualBytes()
    {
        var again = Network.Create(300, [new(5, Activation.ReLU), new(1, Activation.Sigmoid)], seed: 1);

        Assert.Equal(OnnxExporter.Export(s_network, Metadata()), OnnxExporter.Export(again, Metadata()));
    }

    [Fact]
    public void MetadataComeBackAsTheyWereGiven()
    {
        using var directory = new TemporaryDirectory();
        OnnxExporter.Write(directory.File("m.onnx"), s_network, Metadata());

        var read = ModelMetadata.FromProperties(OnnxModelFile.Load(directory.File("m.onnx")).Properties);

        Assert.Equal(Metadata().ToProperties(), read.ToProperties());
        Assert.Equal(["not food", "food, \"really\""], read.Labels);
        Assert.Equal(0.25f, read.Threshold);
        Assert.Equal(42UL, read.Seed);
        Assert.Equal("10", read.Training["epochs"]);
        Assert.Equal("abc", read.VectorsSha256);
    }

    [Theory]
    [InlineData("labels", "not json")]
    [InlineData("threshold", "half")]
    [InlineData("threshold", "0,5")]
    [InlineData("threshold", "7")]
    [InlineData("threshold", "NaN")]
    [InlineData("labels", "[1]")]
    [InlineData("seed", "-1")]
    [InlineData("training", "[1]")]
    public void MetadataOfAnotherProgramStayAtTheDefaults(string key, string value)
    {
        var metadata = ModelMetadata.FromProperties(
            new Dictionary<string, string> { [key] = value, ["vectors_content_sha256"] = "abc" });

        Assert.Equal(new ModelMetadata { VectorsContentSha256 = "abc" }.ToProperties(), metadata.ToProperties());
    }

    [Fact]
    public void WeightsComeBackInKerasOrientation()
    {
        using var directory = new TemporaryDirectory();
        OnnxExporter.Write(directory.File("m.onnx"), s_network);

        IReadOnlyList<DenseLayerInfo> layers = OnnxModelFile.Load(directory.File("m.onnx")).GetDenseLayers();

        Assert.Equal([("dense", "ReLU", 300, 5), ("dense_1", "Sigmoid", 5, 1)], layers.Select(
            layer => (layer.Name, layer.Activation, layer.Inputs, layer.Units)));
        Assert.Equal(s_network.Layers[0].Weights.ToArray(), layers[0].Weights);
        Assert.Equal(s_network.Layers[1].Biases.ToArray(), layers[1].Biases);
    }

    [Fact]
    public void FailedWriteLeavesTheOldFile()
    {
        using var directory = new TemporaryDirectory();
        string path = directory.Write("m.onnx", "old");

        Assert.Throws<InvalidOperationException>(() => OnnxDeep.IO.AtomicFile.Write(path, stream =>
        {
            stream.WriteByte(1);
            throw new InvalidOperationException();
        }));

        Assert.Equal("old", File.ReadAllText(path));
        Assert.Single(Directory.GetFiles(directory.Path));
    }

    private static ModelMetadata Metadata() => new()
    {
        Task = ModelMetadata.WordClassification,
        Labels = ["not food", "food, \"really\""],
        Threshold = 0.25f,
        Seed = 42,
        Training = new Dictionary<string, string> { ["epochs"] = "10" },
        Metrics = new Dictionary<string, string> { ["loss"] = "0.1" },
        VectorsName = "wordnet-300d",
        VectorsSha256 = "abc",
        VectorsContentSha256 = "def",
    };

    private static void AssertMatrix(ValueInfoProto info, string name, int columns)
    {
        Assert.Equal(name, info.Name);
        Assert.Equal((int)TensorProto.Types.DataType.Float, info.Type.TensorType.ElemType);
        Assert.Equal("N", info.Type.TensorType.Shape.Dim[0].DimParam);
        Assert.Equal(columns, info.Type.TensorType.Shape.Dim[1].DimValue);
    }
}
