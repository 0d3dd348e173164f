using Google.Protobuf;
using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Tests.Onnx.Inspection;

public sealed class BadModelTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void CycleIsRefusedAndShown()
    {
        FileFormatException error = Refuse(new GraphProto
        {
            Node =
            {
                Models.Node("Add", "a", "p", "x", "r"),
                Models.Node("Relu", "b", "q", "p"),
                Models.Node("Relu", "", "r", "q"),
                Models.Node("Relu", "behind", "s", "r"),
            },
        });

        Assert.Equal(ErrorIds.ModelCyclic, error.ErrorId);
        Assert.Contains("'a' → 'b' → 'Relu#2' → 'a'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void CycleThroughABodyIsRefused()
    {
        NodeProto choice = Models.Node("If", "choose", "y", "flag");
        choice.Attribute.Add(new AttributeProto
        {
            Name = "then_branch", G = new GraphProto { Node = { Models.Node("Relu", "", "inner", "z") } },
        });

        Assert.Equal(
            ErrorIds.ModelCyclic,
            Refuse(new GraphProto { Node = { choice, Models.Node("Relu", "", "z", "y") } }).ErrorId);
    }

    [Fact]
    public void NodesOutOfOrderAndNamesOfABodyAreNoCycle()
    {
        NodeProto choice = Models.Node("If", "choose", "z", "flag");
        choice.Attribute.Add(new AttributeProto
        {
            Name = "then_branch", G = new GraphProto { Node = { Models.Node("Relu", "", "z", "y") } },
        });

        Open(
            new GraphProto { Node = { Models.Node("Relu", "", "b", "a"), Models.Node("Relu", "", "a", "x"), choice } });
    }

    [Theory]
    [InlineData(long.MaxValue, 2)]
    [InlineData(-1, 1)]
    [InlineData(1L << 40, 1L << 40)]
    [InlineData(1_000_000_000_000, 1)]
    public void GiganticTensorsAreRefusedBeforeAnythingIsAllocated(long rows, long columns)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        FileFormatException error = Refuse(
            new GraphProto { Initializer = { Models.Raw("w", DataType.Float, [rows, columns], 1, 2, 3, 4) } });

        Assert.Equal(ErrorIds.ModelInvalid, error.ErrorId);
        Assert.Contains("'w'", error.Message, StringComparison.Ordinal);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 1 << 20);
    }

    [Theory]
    [InlineData("../outside.bin")]
    [InlineData("a/../../outside.bin")]
    [InlineData("")]
    [InlineData("a\0b")]
    public void ExternalDataOutsideTheModelsFolderIsRefused(string location)
    {
        FileFormatException error = Refuse(new GraphProto { Initializer = { Models.External("w", 1, location) } });

        Assert.Equal(ErrorIds.ModelInvalid, error.ErrorId);
        Assert.Contains("outside the model's folder", error.Message, StringComparison.Ordinal);
    }

    // Such a model can be described, but not read.
    [Theory]
    [InlineData("/etc/hostname")]
    [InlineData("C:\\models\\w.bin")]
    [InlineData("\\\\server\\share\\w.bin")]
    public void AbsolutePathOfExternalDataIsAProblem(string location)
    {
        var graph = new GraphProto
        {
            Initializer = { Models.External("w", 1, location) },
            Output = { Models.Value("w", Models.Tensor(DataType.Float, 1)) },
        };
        var model = OnnxModelInspector.Open(_directory.Write("m.onnx", Models.Wrap(graph).ToByteArray()));
        List<Exception> errors = [];

        Assert.Empty(model.Measure(errors.Add, TestContext.Current.CancellationToken));

        Assert.Equal(
            $"The file '{location}', which holds 1 of the model's tensors, has an absolute path, which ONNX Runtime "
            + "refuses. Save the model again with the file beside it.",
            Assert.Single(model.Info.Problems));
        Assert.Equal([new OnnxExternalFile(location, null, 1)], model.Info.ExternalFiles);
        var error = Assert.IsType<FileFormatException>(Assert.Single(errors));
        Assert.Contains("outside the model's folder", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("link.bin")]
    [InlineData("folder/data.bin")]
    public void ExternalDataBehindALinkIsRefused(string location)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Creating links requires privileges there.");
        string elsewhere = Directory.CreateDirectory(_directory.File("elsewhere")).FullName;
        File.WriteAllBytes(Path.Combine(elsewhere, "data.bin"), new byte[4]);
        string models = Directory.CreateDirectory(_directory.File("models")).FullName;
        File.CreateSymbolicLink(Path.Combine(models, "link.bin"), Path.Combine(elsewhere, "data.bin"));
        Directory.CreateSymbolicLink(Path.Combine(models, "folder"), elsewhere);
        string path = Path.Combine(models, "m.onnx");
        File.WriteAllBytes(
            path, Models.Wrap(new GraphProto { Initializer = { Models.External("w", 1, location) } }).ToByteArray());

        FileFormatException error = Assert.Throws<FileFormatException>(() => OnnxModelInspector.Open(path));
        Assert.Contains("is a link", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NameThatIsNotUtf8IsRefusedInAllReaders()
    {
        byte[] bytes = Models.Wrap(new GraphProto { Node = { Models.Node("Relu", "qqqq", "y", "x") } }).ToByteArray();
        bytes[bytes.AsSpan().IndexOf("qqqq"u8)] = 0xC3;
        string path = _directory.Write("m.onnx", bytes);

        foreach (Action read in new Action[] { () => OnnxModelInspector.Open(path), () => OnnxModelFile.Load(path) })
        {
            FileFormatException error = Assert.Throws<FileFormatException>(read);
            Assert.Equal(ErrorIds.ModelInvalid, error.ErrorId);
            Assert.Contains("UTF-8", error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void InputsWithoutDimensionsTypesOrElementsAreDescribed()
    {
        OnnxModelInfo info = Open(new GraphProto
        {
            Input =
            {
                Models.Value("scalar", Models.Tensor(DataType.Float)),
                Models.Value("empty", Models.Tensor(DataType.Float, 0, 3)),
                Models.Value("shapeless", new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = 16 } }),
                Models.Value("typeless", null!),
                Models.Value("odd", Models.Tensor((DataType)99, 1)),
                Models.Value("words", new TypeProto
                {
                    SequenceType = new TypeProto.Types.Sequence
                    {
                        ElemType = new TypeProto
                        {
                            MapType = new TypeProto.Types.Map
                            {
                                KeyType = 7, ValueType = Models.Tensor(DataType.Float8E4M3Fn, "K"),
                            },
                        },
                    },
                }),
                Models.Value("maybe", new TypeProto
                {
                    OptionalType = new TypeProto.Types.Optional { ElemType = Models.Tensor(DataType.Uint2, "N") },
                }),
                Models.Value("thin", new TypeProto
                {
                    SparseTensorType = new TypeProto.Types.SparseTensor { ElemType = 11 },
                }),
            },
        });

        Assert.Equal(
            [
                "scalar: tensor(float) []", "empty: tensor(float) [0, 3]", "shapeless: tensor(bfloat16)", "typeless:",
                "odd: tensor(type#99) [1]", "words: seq(map(int64,tensor(float8e4m3fn))) [K]",
                "maybe: optional(tensor(uint2)) [N]",
                "thin: sparse_tensor(double)",
            ],
            info.Inputs.Select(input => input.ToString()));
    }

    [Fact]
    public void UnknownOperatorsAndNewVersionsAreNamedWithTheLimit()
    {
        ModelProto model = Models.Wrap(
            new GraphProto
            {
                Node = { Models.Node("Frobnicate", "", "y", "x"), Models.Node("Relu", "", "z", "y") },
                Output = { Models.Value("z", Models.Tensor(DataType.Float)) },
            },
            opset: 99);
        model.IrVersion = 40;

        OnnxModelInfo info = OnnxModelInspector.Open(_directory.Write("m.onnx", model.ToByteArray())).Info;

        Assert.Equal(3, info.Problems.Count);
        Assert.Contains("version 40; ONNX Runtime 1.31 supports up to 13", info.Problems[0], StringComparison.Ordinal);
        Assert.Contains(
            "opset 99 of ai.onnx; ONNX Runtime 1.31 supports up to 26", info.Problems[1], StringComparison.Ordinal);
        Assert.Contains("'Frobnicate' of ai.onnx", info.Problems[2], StringComparison.Ordinal);
    }

    [Fact]
    public void LayerWithoutInputsHasNoLayersAndNoMemory()
    {
        var graph = new GraphProto
        {
            Node = { Models.Node("MatMul", "m", "y", "x", "w") },
            Initializer = { new TensorProto { Name = "w", DataType = 1, Dims = { 0, 500_000_000 } } },
        };
        string path = _directory.Write("m.onnx", Models.Wrap(graph).ToByteArray());

        Assert.Empty(OnnxModelFile.Load(path).GetDenseLayers());
        Assert.Empty(OnnxModelInspector.Open(path).Info.Layers);
    }

    private FileFormatException Refuse(GraphProto graph) => Assert.Throws<FileFormatException>(() => Open(graph));

    private OnnxModelInfo Open(GraphProto graph) =>
        OnnxModelInspector.Open(_directory.Write("m.onnx", Models.Wrap(graph).ToByteArray())).Info;
}
