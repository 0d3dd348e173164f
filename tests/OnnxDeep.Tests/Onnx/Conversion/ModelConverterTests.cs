using Google.Protobuf;

using OnnxDeep.Onnx.Conversion;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Tests.Onnx.Inspection;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Tests.Onnx.Conversion;

public sealed class ModelConverterTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(WeightFormat.Float16)]
    [InlineData(WeightFormat.Int8Dynamic)]
    public void UnknownFieldsMetadataAndTypesRideAlong(WeightFormat format)
    {
        ModelProto model = Dense();
        model.MetadataProps.Add(new StringStringEntryProto { Key = "a", Value = "b" });

        // Field 30000 of the model, a number, which does not exist in any version of ONNX.
        byte[] unknown = [0x80, 0xD3, 0x0E, 42];
        string path = _directory.Write("m.onnx", [.. model.ToByteArray(), .. unknown]);

        ModelProto converted = Convert(path, format);

        Assert.Equal(unknown, converted.ToByteArray()[^4..]);
        Assert.Equal(model.MetadataProps, converted.MetadataProps.SkipLast(1));
        Assert.Equal(model.Graph.Input, converted.Graph.Input);
        Assert.Equal(model.Graph.Output, converted.Graph.Output);
    }

    [Theory]
    [InlineData(WeightFormat.Float16, "w/float16")]
    [InlineData(WeightFormat.Int8Dynamic, "w/int8")]
    public void NewNamesAreNobodyElses(WeightFormat format, string taken)
    {
        ModelProto model = Dense();
        model.Graph.Node.Add(Models.Node("Relu", "", taken, "x"));

        ModelProto converted = Convert(_directory.Write("m.onnx", model.ToByteArray()), format);

        Assert.Contains(converted.Graph.Initializer, tensor => tensor.Name == taken + "_1");
    }

    [Fact]
    public void HalfWeightsKeepTheirNameBehindACast()
    {
        ModelProto converted = Convert(_directory.Write("m.onnx", Dense().ToByteArray()), WeightFormat.Float16);

        Assert.Equal(["Cast", "Gemm"], converted.Graph.Node.Select(node => node.OpType));
        Assert.Equal("w", converted.Graph.Node[0].Output[0]);
        TensorProto weights = converted.Graph.Initializer.Single(tensor => tensor.Name == "w/float16");
        Assert.Equal(
            ((int)DataType.Float16, 12, 0), (weights.DataType, weights.RawData.Length, weights.FloatData.Count));
    }

    [Fact]
    public void QuantizedLayerIsOfStandardOperatorsAndLeavesNoFloats()
    {
        ModelProto converted = Convert(_directory.Write("m.onnx", Dense().ToByteArray()), WeightFormat.Int8Dynamic);

        Assert.Equal(
            ["DynamicQuantizeLinear", "MatMulInteger", "Cast", "Mul", "Mul", "Add"],
            converted.Graph.Node.Select(node => node.OpType));
        Assert.DoesNotContain(converted.Graph.Initializer, tensor => tensor.Name == "w");
        Assert.All(converted.OpsetImport, set => Assert.Equal(string.Empty, set.Domain));
    }

    [Fact]
    public void GemmOfAnotherDomainStays()
    {
        ModelProto model = Dense();
        model.Graph.Node[0].Domain = "com.example";
        string path = _directory.Write("m.onnx", model.ToByteArray());

        var error = Assert.Throws<OnnxDeepException>(() => Convert(path, WeightFormat.Float16));

        Assert.Equal(ErrorIds.NoConvertibleWeights, error.ErrorId);
    }

    [Fact]
    public void ReasonsAreInTheErrorWhereNothingCanBeConverted()
    {
        ModelProto model = Dense();
        model.Graph.Initializer[0].FloatData[0] = 1e6f;
        string path = _directory.Write("m.onnx", model.ToByteArray());

        var error = Assert.Throws<OnnxDeepException>(() => Convert(path, WeightFormat.Float16));

        Assert.Contains("w: it contains 1000000", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TransposeThatChangesNothingIsNone()
    {
        NodeProto transpose = Models.Node("Transpose", "", "t", "w");
        transpose.Attribute.Add(
            new AttributeProto { Name = "perm", Type = AttributeProto.Types.AttributeType.Ints, Ints = { 0, 1 } });
        var graph = new GraphProto
        {
            Name = "g",
            Node = { transpose, Models.Node("MatMul", "layer", "y", "x", "t") },
            Initializer = { Models.Floats("w", [3, 2], 1, 2, 3, 4, 5, 6) },
            Input = { Models.Value("x", Models.Tensor(DataType.Float, "N", 3)) },
            Output = { Models.Value("y", Models.Tensor(DataType.Float, "N", 2)) },
        };
        string path = _directory.Write("m.onnx", Models.Wrap(graph).ToByteArray());

        Assert.Equal(
            (3, 2), OnnxModelFile.Load(path).GetDenseLayers().Select(layer => (layer.Inputs, layer.Units)).Single());
    }

    private static ModelProto Dense() => Models.Wrap(new GraphProto
    {
        Name = "g",
        Node = { Models.Node("Gemm", "layer", "y", "x", "w", "b") },
        Initializer = { Models.Floats("w", [3, 2], 1, 2, 3, 4, 5, 6), Models.Floats("b", [2], 1, 2) },
        Input = { Models.Value("x", Models.Tensor(DataType.Float, "N", 3)) },
        Output = { Models.Value("y", Models.Tensor(DataType.Float, "N", 2)) },
    });

    private ModelProto Convert(string path, WeightFormat format)
    {
        var converter = ModelConverter.Open(path);
        converter.Convert(format, TestContext.Current.CancellationToken);
        string output = _directory.File("out.onnx");
        converter.Write(output, TestContext.Current.CancellationToken);
        return ModelProto.Parser.ParseFrom(File.ReadAllBytes(output));
    }
}
