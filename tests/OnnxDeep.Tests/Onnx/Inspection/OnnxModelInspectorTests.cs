using System.Security.Cryptography;

using Google.Protobuf;
using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Tests.Onnx.Inspection;

public sealed class OnnxModelInspectorTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void SummaryCountsBodiesFunctionsAndAllKindsOfTensors()
    {
        _directory.Write("weights.bin", new byte[12]);
        OnnxModelInfo info = Open(Models.Rich()).Info;

        Assert.Equal(("model", "test", 8L, "rich"), (info.Name, info.Producer, info.IrVersion, info.Graph));
        Assert.Equal(["ai.onnx 17", "local 1"], info.Opsets.Select(set => set.ToString()));
        Assert.Equal(
            ["x: tensor(float) [N, 3]", "flag: tensor(bool) []"], info.Inputs.Select(value => value.ToString()));
        Assert.Equal(["t: tensor(float) [N, ?]"], info.Outputs.Select(value => value.ToString()));
        Assert.Equal(
            ["Add 2", "Gemm 1", "If 1", "Relu 1", "Twice 1"], info.Operators.Select(count => count.ToString()));
        Assert.Equal((6, 8, 716L), (info.Nodes, info.Initializers, info.Parameters));
        Assert.Equal(["local:Twice"], info.Functions);
        Assert.Equal(["weights.bin (12 bytes)"], info.ExternalFiles.Select(file => file.ToString()));
        Assert.Equal(["dense: 3 → 2, ReLU"], info.Layers.Select(layer => layer.ToString()));
        Assert.Equal("Ada", info.Metadata["author"]);
        Assert.Equal(new FileInfo(info.Path).Length, info.Size);
        Assert.Empty(info.Problems);
    }

    [Fact]
    public void NodesTellWhereTheyAreAndWhatTheyHave()
    {
        OnnxNodeInfo[] nodes = [.. Open(Models.Rich()).GetNodes()];

        Assert.Equal(["", "", "", "", "choose/then_branch", "local:Twice"], nodes.Select(node => node.Graph));
        Assert.Equal(["x", "w", "b"], nodes[0].Inputs);
        Assert.Equal("graph 'then' of 1 node", nodes[2].Attributes["then_branch"]);
        Assert.Equal(("local", 3), (nodes[3].Domain, nodes[3].Index));
    }

    [Fact]
    public void AttributesOfAllKindsAreText()
    {
        NodeProto node = Models.Node("Any", "", "y", "x");
        node.Attribute.AddRange(
        [
            new AttributeProto { Name = "f", F = 0.5f },
            new AttributeProto { Name = "i", I = -3 },
            new AttributeProto { Name = "s", S = ByteString.CopyFromUtf8("tä") },
            new AttributeProto { Name = "is", Ints = { Enumerable.Range(0, 20).Select(i => (long)i) } },
            new AttributeProto { Name = "fs", Floats = { 1, 2.5f } },
            new AttributeProto { Name = "ss", Strings = { ByteString.CopyFromUtf8("a") } },
            new AttributeProto { Name = "t", T = Models.Floats("", [2, 1], 1, 2) },
            new AttributeProto
            {
                Name = "tp", Type = AttributeProto.Types.AttributeType.TypeProto, Tp = Models.Tensor(DataType.Int64, 1),
            },
            new AttributeProto { Name = "r", RefAttrName = "outer" },
            new AttributeProto { Name = "none" },
        ]);

        IReadOnlyDictionary<string, string> texts =
            Open(Models.Wrap(new GraphProto { Node = { node } })).GetNodes().Single().Attributes;

        Assert.Equal(
            [
                "0.5", "-3", "\"tä\"", "[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, …]",
                "[1, 2.5]", "[\"a\"]", "float [2, 1]", "tensor(int64)", "@outer", "",
            ],
            texts.Values);
    }

    [Fact]
    public void TensorsAreSummedUpWhereverTheyAre()
    {
        byte[] far = [9, 9, 9, 9, .. BitConverter.GetBytes(-2f), .. BitConverter.GetBytes(float.NaN)];
        _directory.Write("weights.bin", far);

        Dictionary<string, OnnxTensorInfo> tensors = Measure(Models.Rich()).ToDictionary(tensor => tensor.Name);

        Check("w", -6, 5, 1.5, "[3, 2]", [.. new[] { 1f, 2, 3, 4, 5, -6 }.SelectMany(BitConverter.GetBytes)]);
        Check("b", 0, 1, 0.5, "[2]", [0, 0, 0, 0, 0, 0, 128, 63]);
        Check("large", 0.5, 0.5, 0.5, "[7, 100]", [.. Enumerable.Repeat(0.5f, 700).SelectMany(BitConverter.GetBytes)]);
        Check("packed", -1, 2, 2 / 3.0, "[3]", [0x21, 0x0F]);
        Check("far", -2, -2, -2, "[2]", far[4..]);
        Check("texts", null, null, null, "[2]", [.. "a\0bä\0"u8]);
        Check("sparse", 3, 4, 3.5, "[10, 10]", [.. new[] { 3f, 4 }.SelectMany(BitConverter.GetBytes)]);
        Check("one", 1, 1, 1, "[1]", BitConverter.GetBytes(1f));
        Assert.Equal((1L, "weights.bin"), (tensors["far"].NaNs, tensors["far"].ExternalFile));
        Assert.True(tensors["sparse"].IsSparse);
        Assert.Equal("choose/then_branch", tensors["one"].Graph);

        void Check(string name, double? min, double? max, double? mean, string shape, byte[] raw)
        {
            OnnxTensorInfo tensor = tensors[name];
            Assert.Equal((min, max, mean, shape), (tensor.Min, tensor.Max, tensor.Mean, tensor.Shape));
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(raw)), tensor.Sha256);
        }
    }

    [Fact]
    public void TypedAndRawDataOfTheSameNumbersHaveTheSameCheckSum()
    {
        (TensorProto Typed, byte[] Raw)[] cases =
        [
            (new TensorProto { DataType = (int)DataType.Int32, Dims = { 2 }, Int32Data = { -1, 5 } },
                [255, 255, 255, 255, 5, 0, 0, 0]),
            (new TensorProto { DataType = (int)DataType.Int8, Dims = { 2 }, Int32Data = { -1, 5 } }, [255, 5]),
            (new TensorProto { DataType = (int)DataType.Float16, Dims = { 1 }, Int32Data = { 0x3C00 } }, [0, 0x3C]),
            (new TensorProto { DataType = (int)DataType.Int64, Dims = { 1 }, Int64Data = { -2 } },
                BitConverter.GetBytes(-2L)),
            (new TensorProto { DataType = (int)DataType.Uint32, Dims = { 1 }, Uint64Data = { 7 } }, [7, 0, 0, 0]),
            (new TensorProto { DataType = (int)DataType.Double, Dims = { 1 }, DoubleData = { 1.5 } },
                BitConverter.GetBytes(1.5)),
            (new TensorProto { DataType = (int)DataType.Complex64, Dims = { 1 }, FloatData = { 1, 2 } },
                [0, 0, 128, 63, 0, 0, 0, 64]),
            (new TensorProto { DataType = (int)DataType.Uint4, Dims = { 3 }, Int32Data = { 0x21, 3 } }, [0x21, 3]),
        ];
        foreach ((TensorProto typed, byte[] raw) in cases)
        {
            typed.Name = "typed";
            TensorProto other = Models.Raw("raw", (DataType)typed.DataType, [.. typed.Dims], raw);
            OnnxTensorInfo[] both = Measure(Models.Wrap(new GraphProto { Initializer = { typed, other } }));

            Assert.Equal(both[0] with { Name = "raw", Dimensions = both[1].Dimensions }, both[1]);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(raw)), both[0].Sha256);
        }
    }

    [Fact]
    public void OneUnreadableTensorLeavesTheOthers()
    {
        var errors = new List<Exception>();
        OnnxModelInspector model = Open(Models.Rich());

        Assert.Equal(7, model.Measure(errors.Add).Count());
        Assert.Contains(
            "'far'", Assert.IsType<FileFormatException>(Assert.Single(errors)).Message, StringComparison.Ordinal);
        Assert.Contains("weights.bin", Assert.Single(model.Info.Problems), StringComparison.Ordinal);
        Assert.Null(Assert.Single(model.Info.ExternalFiles).Size);
    }

    [Fact]
    public void TreeShowsBodiesAndFunctionsAndNoControlCharacters()
    {
        ModelProto model = Models.Rich();
        model.Graph.Node[0].Name = "de\u001b[2Jnse";

        string[] lines = Open(model).FormatTree(10)!.Split('\n');

        Assert.Equal("model (IR 8, ai.onnx 17, local 1)", lines[0]);
        Assert.Contains("├─ de\uFFFD[2Jnse: Gemm(x, w, b) → z", lines);
        Assert.Contains("│  └─ then_branch", lines);
        Assert.Contains("│     ├─ inner: Add(h, one) → sum", lines);
        Assert.Contains("├─ stored sparse: sparse float [10, 10]", lines);
        Assert.Contains("└─ function local:Twice(a) → b", lines);
        Assert.Equal("   └─ Add#0: Add(a, a) → b", lines[^1]);
        Assert.Null(Open(model).FormatTree(5));
    }

    [Fact]
    public void TwoGigabytesTakeLittleMemory()
    {
        const long Elements = 500_000_000;
        _directory.Write("far.bin", []);
        using (FileStream hole = File.OpenWrite(_directory.File("far.bin")))
        {
            hole.SetLength(Elements * sizeof(float));
        }

        ModelProto model = Models.Wrap(
            new GraphProto { Initializer = { Models.External("far", Elements, "far.bin") } });
        long before = GC.GetAllocatedBytesForCurrentThread();

        Assert.Equal(Elements, Open(model).Info.Parameters);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    private OnnxModelInspector Open(ModelProto model) =>
        OnnxModelInspector.Open(_directory.Write("model.onnx", model.ToByteArray()));

    private OnnxTensorInfo[] Measure(ModelProto model) => [.. Open(model).Measure(e => Assert.Fail(e.ToString()))];
}
