using Google.Protobuf;

using OnnxDeep.Inference;
using OnnxDeep.Inference.Conversion;
using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Onnx.Content;
using OnnxDeep.Onnx.Conversion;
using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Tensors;
using OnnxDeep.Tests.Values;
using OnnxDeep.Tests.Words;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Tests.Conversion;

public sealed class ModelConversionTests : IDisposable
{
    private static readonly TensorProto s_ten =
        new() { Name = "ten", DataType = (int)OnnxElementType.Int64, Int64Data = { 10 } };

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void ShapesThatBeginWithTheBatchFollowIt(int batch)
    {
        // Reshape with and without -1, Expand and ConstantOfShape, all with the fixed batch size.
        ModelProto model = DenseModels.Model(
            [TestModels.Tensor("x", OnnxElementType.Float, batch, 6)],
            [TestModels.Tensor("y", OnnxElementType.Float, batch, 6)],
            [
                DenseModels.Node("Reshape", ["x", "s1"], "a"),
                DenseModels.Node("Reshape", ["a", "s2"], "b"),
                DenseModels.Node("Expand", ["row", "s3"], "c"),
                DenseModels.Node("ConstantOfShape", ["s3"], "d"),
                DenseModels.Node("Sum", ["b", "c", "d"], "y"),
            ],
            [
                DenseModels.Whole("s1", batch, 2, 3),
                DenseModels.Whole("s2", batch, -1),
                DenseModels.Whole("s3", batch, 6),
                DenseModels.Floats("row", [6], 1, 2, 3, 4, 5, 6),
            ]);
        model.Graph.ValueInfo.Add(TestModels.Tensor("a", OnnxElementType.Float, batch, 2, 3));

        ModelConversion result = Convert(model, new ConversionSettings { OpensBatch = true });

        Assert.Equal(["DynamicBatch"], result.Conversions);
        Assert.Equal(0, result.MaxAbsoluteError);
        var signature = OnnxSignature.Read(result.Path);
        Assert.Equal(
            ("x: float [N, 6]", "y: float [N, 6]"), (signature.Inputs[0].ToString(), signature.Outputs[0].ToString()));
    }

    [Fact]
    public void InputsOfOtherExtentsStayAndMultiplesOfTheBatchAreOpen()
    {
        ModelProto model = DenseModels.Model(
            [
                TestModels.Tensor("x", OnnxElementType.Float, 2, 3),
                TestModels.Tensor("table", OnnxElementType.Float, 3, 2),
            ],
            [TestModels.Tensor("y", OnnxElementType.Float, 2, 2), TestModels.Tensor("all", OnnxElementType.Float, 4)],
            [DenseModels.Node("MatMul", ["x", "table"], "y"), DenseModels.Node("Reshape", ["y", "shape"], "all")],
            [DenseModels.Whole("shape", -1)]);

        ModelConversion result = Convert(model, new ConversionSettings { OpensBatch = true });

        var signature = OnnxSignature.Read(result.Path);
        Assert.Equal(["x: float [N, 3]", "table: float [3, 2]"], signature.Inputs.Select(input => input.ToString()));
        Assert.Equal(["y: float [N, 2]", "all: float [?]"], signature.Outputs.Select(output => output.ToString()));
    }

    [Fact]
    public void SymbolOfAnotherAxisIsNotTaken()
    {
        ModelProto model = TestModels.Model(
            "Relu",
            [TestModels.Tensor("x", OnnxElementType.Float, 1, -1)],
            [TestModels.Tensor("y", OnnxElementType.Float, 1, -1)]);

        ModelConversion result = Convert(model, new ConversionSettings { OpensBatch = true });

        Assert.Equal("x: float [batch, N]", OnnxSignature.Read(result.Path).Inputs[0].ToString());
    }

    [Theory]
    [InlineData("Softmax", 0)]
    [InlineData("ReduceSum", 0)]
    public void ModelWhoseRowsDependOnEachOtherIsRefused(string op, int axis)
    {
        NodeProto node = op == "Softmax"
            ? DenseModels.Node(op, ["x"], "y", DenseModels.OnnxAttribute("axis", axis))
            : DenseModels.Node(op, ["x", "axes"], "y");
        ModelProto model = DenseModels.Model(
            [TestModels.Tensor("x", OnnxElementType.Float, 2, 3)],
            [TestModels.Tensor("y", OnnxElementType.Float, op == "Softmax" ? 2 : 1, 3)],
            [node],
            op == "Softmax" ? [] : [DenseModels.Whole("axes", axis)]);

        var error = Assert.Throws<OnnxDeepException>(
            () => Convert(model, new ConversionSettings { OpensBatch = true }));

        Assert.Equal(ErrorIds.BatchNotOpened, error.ErrorId);
        Assert.Contains("output 'y'", error.Message, StringComparison.Ordinal);
        Assert.False(File.Exists(_directory.File("converted.onnx")));
    }

    [Fact]
    public void OperatorThatHoldsToItsBatchIsNamed()
    {
        ModelProto model = DenseModels.Model(
            [TestModels.Tensor("x", OnnxElementType.Float, 2, 3)],
            [TestModels.Tensor("y", OnnxElementType.Float, 2, 3)],
            [DenseModels.Node("Add", ["x", "c"], "y")],
            [DenseModels.Floats("c", [2, 3], DenseModels.Random(6, 1))]);

        var error = Assert.Throws<OnnxDeepException>(
            () => Convert(model, new ConversionSettings { OpensBatch = true }));

        Assert.Equal(ErrorIds.BatchNotOpened, error.ErrorId);
        Assert.Contains("y_Add", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void BatchThatCannotBeCheckedIsNotOpened()
    {
        ModelProto model = DenseModels.Model(
            [TestModels.Tensor("i", OnnxElementType.Int64, 4)],
            [TestModels.Tensor("y", OnnxElementType.Float, 4, 3)],
            [
                DenseModels.Node("Mul", ["i", "i"], "j"),
                DenseModels.Node("Sub", ["j", "ten"], "k"),
                DenseModels.Node("Gather", ["table", "k"], "y"),
            ],
            [DenseModels.Floats("table", [9, 3], DenseModels.Random(27, 1)), s_ten]);
        byte[] fours = [.. Enumerable.Repeat(4L, 4).SelectMany(BitConverter.GetBytes)];
        var given = new Dictionary<string, OnnxValue> { ["i"] = new OnnxTensor(OnnxElementType.Int64, [4], fours) };

        var error = Assert.Throws<ModelException>(() => Convert(model, new ConversionSettings { OpensBatch = true }));

        Assert.Equal(ErrorIds.ModelInvalid, error.ErrorId);
        Assert.Contains("specify them", error.Message, StringComparison.Ordinal);
        Assert.Equal(
            ["DynamicBatch"], Convert(model, new ConversionSettings { OpensBatch = true, Given = given }).Conversions);
    }

    [Fact]
    public void OpenBatchStaysAsItIs()
    {
        ModelProto model = DenseModels.Gemm(3, 2);
        ModelDigest.Store(model);
        ModelConversion result = Convert(model, new ConversionSettings { OpensBatch = true });

        Assert.Empty(result.Conversions);
        Assert.Equal((0.0, 1.0), (result.MaxAbsoluteError, result.Ratio));
    }

    [Fact]
    public void SourceThatIsReplacedMeanwhileIsAnErrorAndNothingIsWritten()
    {
        bool isReplaced = false;
        var provider = new ExecutionProvider("CPU", "A test.", "CPU", _ =>
        {
            if (!isReplaced)
            {
                isReplaced = true;
                string other = _directory.Write("other.onnx", DenseModels.Gemm(3, 2).ToByteArray());
                File.Move(other, _directory.File("model.onnx"), overwrite: true);
            }
        });

        var error = Assert.Throws<OnnxDeepException>(() => Convert(
            DenseModels.Gemm(3, 2), new ConversionSettings { To = WeightFormat.Float16, Provider = provider }));

        Assert.Equal(ErrorIds.FileChanged, error.ErrorId);
        Assert.False(File.Exists(_directory.File("converted.onnx")));
    }

    [Theory]
    [InlineData(GraphOptimization.None)]
    [InlineData(GraphOptimization.Basic)]
    [InlineData(GraphOptimization.Extended)]
    [InlineData(GraphOptimization.All)]
    public void OptimisedGraphGivesTheSameAndKeepsItsMetadata(GraphOptimization level)
    {
        ModelProto model = DenseModels.Gemm(3, 2);
        model.Graph.Node[0].Output[0] = "z";
        model.Graph.Node.Add(DenseModels.Node("Relu", ["z"], "y"));

        ModelConversion result = Convert(model, new ConversionSettings { Optimization = level });

        Assert.Equal(["Optimize"], result.Conversions);
        Assert.InRange(result.MaxAbsoluteError!.Value, 0, 1e-6);
        Assert.Equal("Ada", OnnxModelFile.Load(result.Path).Properties["author"]);
        Assert.Equal(
            level >= GraphOptimization.Extended,
            OnnxModelInspector.Open(result.Path).GetNodes().Any(node => node.Operator == "FusedGemm"));
    }

    [Theory]
    [InlineData(GraphOptimization.Basic)]
    [InlineData(GraphOptimization.Extended)]
    [InlineData(GraphOptimization.All)]
    public void AllStepsWorkTogetherAndHalvesStayHalves(GraphOptimization level)
    {
        ModelProto model = DenseModels.Gemm(300, 40, bias: [40]);
        model.Graph.Input[0] = TestModels.Tensor("x", OnnxElementType.Float, 1, 300);
        model.Graph.Output[0] = TestModels.Tensor("y", OnnxElementType.Float, 1, 40);

        ModelConversion half = Convert(
            model, new ConversionSettings { OpensBatch = true, To = WeightFormat.Float16, Optimization = level });

        Assert.Equal(["DynamicBatch", "Float16", "Optimize"], half.Conversions);
        Assert.InRange(half.Ratio, 0.4, 0.55);
        ModelConversion whole = Convert(
            model, new ConversionSettings { OpensBatch = true, To = WeightFormat.Int8Dynamic, Optimization = level });
        Assert.InRange(whole.Ratio, 0.2, 0.32);
        Assert.InRange(whole.MaxAbsoluteError!.Value, 1e-6, 1);
    }

    [Fact]
    public void OptimisedGraphIsComparedWithTheGraphAsWritten()
    {
        // MatMul and Add are fused into a Gemm, which rounds in another order; optimised twice, nothing would differ.
        const int Width = 301;
        ModelProto model = DenseModels.Model(
            [TestModels.Tensor("x", OnnxElementType.Float, 8, Width)],
            [TestModels.Tensor("y", OnnxElementType.Float, 8, Width)],
            [DenseModels.Node("MatMul", ["x", "w"], "product"), DenseModels.Node("Add", ["product", "b"], "y")],
            [
                DenseModels.Floats("w", [Width, Width], DenseModels.Random(Width * Width, 1)),
                DenseModels.Floats("b", [Width], DenseModels.Random(Width, 2)),
            ]);

        ModelConversion result = Convert(model, new ConversionSettings { Optimization = GraphOptimization.All });

        Assert.InRange(result.MaxAbsoluteError!.Value, 1e-9, 1e-3);
        Assert.Empty(result.Remarks);
    }

    [Fact]
    public void RandomNumbersDoNotBlockADynamicBatchAndAreNamed()
    {
        ModelProto model = DenseModels.Model(
            [TestModels.Tensor("x", OnnxElementType.Float, 2, 3)],
            [TestModels.Tensor("y", OnnxElementType.Float, 2, 3), TestModels.Tensor("z", OnnxElementType.Float, 2, 3)],
            [DenseModels.Node("RandomNormalLike", ["x"], "y"), DenseModels.Node("Neg", ["x"], "z")],
            []);

        ModelConversion result = Convert(model, new ConversionSettings { OpensBatch = true });

        Assert.Equal(["DynamicBatch"], result.Conversions);
        Assert.Contains("(RandomNormalLike)", Assert.Single(result.Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void OutputWithoutNumbersHasNoErrorAndIsNamed()
    {
        ModelProto model = DenseModels.Model(
            [TestModels.Tensor("x", OnnxElementType.Float, 2, 3)],
            [
                TestModels.Tensor("none", OnnxElementType.Float, 0, 3),
                TestModels.Tensor("y", OnnxElementType.Float, 2, 3),
            ],
            [
                DenseModels.Node("Slice", ["x", "zero", "zero", "zero"], "none"),
                DenseModels.Node("Log", ["negative"], "y"), DenseModels.Node("Mul", ["x", "x"], "square"),
                DenseModels.Node("Sub", ["bound", "square"], "negative"),
            ],
            [DenseModels.Whole("zero", 0), DenseModels.Floats("bound", [1], -1)]);

        ModelConversion result = Convert(model, new ConversionSettings { Optimization = GraphOptimization.Basic });

        Assert.Equal([null, null], result.Outputs.Select(output => output.MaxAbsoluteError));
        Assert.Equal(
            [
                "The output 'none' is empty, so nothing was compared.",
                "6 of 6 numbers of the output 'y' are NaN on both sides.",
            ],
            result.Remarks);
    }

    [Fact]
    public void OptimisedGraphKeepsItsLocale()
    {
        ModelProto model = TestModels.Model(
            "StringNormalizer",
            [TestModels.Tensor("x", OnnxElementType.String, 3)],
            [TestModels.Tensor("y", OnnxElementType.String, 3)]);
        model.Graph.Node[0].Attribute.Add(new AttributeProto
        {
            Name = "case_change_action", Type = AttributeProto.Types.AttributeType.String,
            S = ByteString.CopyFromUtf8("LOWER"),
        });

        ModelConversion result = Convert(model, new ConversionSettings { Optimization = GraphOptimization.Basic });

        Assert.DoesNotContain("locale", OnnxModelInspector.Open(result.Path).GetNodes().Single().Attributes.Keys);
        Assert.Null(result.MaxAbsoluteError);
        Assert.Empty(result.Reason);
    }

    [Fact]
    public void CastIsFoldedWhenTheModelIsLoaded()
    {
        ModelConversion half = Convert(DenseModels.Gemm(30, 4), new ConversionSettings { To = WeightFormat.Float16 });
        string loaded = _directory.File("loaded.onnx");
        var basic = new SessionSettings { Optimization = GraphOptimization.Basic, OptimizedModelPath = loaded };

        OnnxSession.Open(half.Path, null, basic).Dispose();

        Assert.Equal(["Gemm"], OnnxModelInspector.Open(loaded).GetNodes().Select(node => node.Operator));
    }

    [Fact]
    public void ExternalDataBecomePartOfTheFileAndCount()
    {
        ModelProto model = DenseModels.Gemm(64, 16, bias: [16]);
        foreach (TensorProto tensor in model.Graph.Initializer)
        {
            _directory.Write(tensor.Name + ".bin", tensor.RawData.ToByteArray());
            tensor.ClearRawData();
            tensor.DataLocation = DataLocation.External;
            tensor.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = tensor.Name + ".bin" });
        }

        ModelConversion result = Convert(model, new ConversionSettings { To = WeightFormat.Float16 });
        ModelConversion optimised = Convert(model, new ConversionSettings { Optimization = GraphOptimization.Basic });

        Assert.Equal(model.CalculateSize() + (64 * 16 * 4) + (16 * 4), result.SizeBefore);
        Assert.Empty(OnnxModelInspector.Open(result.Path).Info.ExternalFiles);
        Assert.InRange(result.MaxAbsoluteError!.Value, 1e-9, 1e-2);
        Assert.Equal(0, optimised.MaxAbsoluteError);
    }

    [Fact]
    public void ModelBeyondTwoGigabytesIsRefusedBeforeItIsRead()
    {
        ModelProto model = DenseModels.Gemm(1, 1, bias: [1]);
        TensorProto bias = model.Graph.Initializer[1];
        bias.ClearRawData();
        bias.Dims[0] = 1 << 30;
        bias.DataLocation = DataLocation.External;
        bias.ExternalData.Add(new StringStringEntryProto { Key = "location", Value = "none.bin" });

        var error = Assert.Throws<OnnxDeepException>(
            () => Convert(model, new ConversionSettings { To = WeightFormat.Float16 }));

        Assert.Equal(ErrorIds.ModelTooLarge, error.ErrorId);
    }

    [Fact]
    public void ModelThatMadeUpInputsDoNotFitIsConvertedAndSaidToBe()
    {
        // 0 or 1, minus ten, are not indices of the table.
        ModelProto model = DenseModels.Model(
            [TestModels.Tensor("i", OnnxElementType.Int64, -1)],
            [TestModels.Tensor("y", OnnxElementType.Float, -1, 2)],
            [
                DenseModels.Node("Sub", ["i", "ten"], "k"),
                DenseModels.Node("Gather", ["table", "k"], "x"),
                DenseModels.Node("MatMul", ["x", "w"], "y"),
            ],
            [
                DenseModels.Floats("table", [2, 3], DenseModels.Random(6, 1)),
                DenseModels.Floats("w", [3, 2], DenseModels.Random(6, 2)),
                s_ten,
            ]);
        var settings = new ConversionSettings { To = WeightFormat.Int8Dynamic };

        ModelConversion result = Convert(model, settings);

        Assert.Null(result.MaxAbsoluteError);
        Assert.Contains("Gather", result.Reason, StringComparison.Ordinal);
        ModelConversion given = Convert(model, settings with
        {
            Given = new Dictionary<string, OnnxValue>
            {
                ["i"] = new OnnxTensor(OnnxElementType.Int64, [1], BitConverter.GetBytes(11L)),
            },
        });
        Assert.NotNull(given.MaxAbsoluteError);
    }

    [Fact]
    public void ResultThatDoesNotRunIsNotWritten()
    {
        // The converted model has no input for its weights, unlike this one.
        ModelProto model = DenseModels.Gemm(3, 2);
        model.Graph.Input.Add(TestModels.Tensor("w", OnnxElementType.Float, 3, 2));
        var weights = new Dictionary<string, OnnxValue>
        {
            ["w"] = new OnnxTensor(OnnxElementType.Float, [3, 2], new byte[24]),
        };

        var error = Assert.Throws<OnnxDeepException>(
            () => Convert(model, new ConversionSettings { To = WeightFormat.Float16, Given = weights }));

        Assert.Equal(ErrorIds.ConversionUnusable, error.ErrorId);
        Assert.False(File.Exists(_directory.File("converted.onnx")));
    }

    [Fact]
    public void InputsBesideAnOpenBatchStayFixed()
    {
        ModelProto model = DenseModels.Model(
            [TestModels.Tensor("x", OnnxElementType.Float, -1, 3), TestModels.Tensor("t", OnnxElementType.Float, 3, 4)],
            [TestModels.Tensor("y", OnnxElementType.Float, -1, 4)],
            [DenseModels.Node("MatMul", ["x", "t"], "y")],
            []);

        Assert.Empty(Convert(model, new ConversionSettings { OpensBatch = true }).Conversions);
    }

    [Theory]
    [InlineData(1e-9f, true)]
    [InlineData(1e-5f, true)]
    [InlineData(1e-3f, false)]
    public void WeightsTooSmallForFloat16StayAsTheyAre(float size, bool stay)
    {
        ModelProto model = DenseModels.Model(
            [TestModels.Tensor("x", OnnxElementType.Float, -1, 3)],
            [TestModels.Tensor("y", OnnxElementType.Float, -1, 2)],
            [DenseModels.Node("MatMul", ["x", "v"], "a"), DenseModels.Node("MatMul", ["a", "w"], "y")],
            [
                DenseModels.Floats("v", [3, 2], [.. DenseModels.Random(6, 1).Select(value => value * size)]),
                DenseModels.Floats("w", [2, 2], DenseModels.Random(4, 2)),
            ]);

        ModelConversion result = Convert(model, new ConversionSettings { To = WeightFormat.Float16 });

        Assert.Equal((stay ? 1 : 2, stay ? 1 : 0), (result.Layers, result.Skipped.Count));
        Assert.True(result.MaxRelativeError < 0.01);
    }

    [Fact]
    public void LayersInBodiesAreToldToStay()
    {
        var body = new GraphProto { Name = "then", Output = { TestModels.Tensor("b", OnnxElementType.Float, -1, 2) } };
        body.Node.Add(DenseModels.Node("MatMul", ["x", "v"], "b"));
        NodeProto choice = DenseModels.Node("If", ["yes"], "z");
        foreach (string branch in (string[])["then_branch", "else_branch"])
        {
            choice.Attribute.Add(new AttributeProto
            {
                Name = branch, Type = AttributeProto.Types.AttributeType.Graph, G = body.Clone(),
            });
        }

        ModelProto model = DenseModels.Model(
            [TestModels.Tensor("x", OnnxElementType.Float, -1, 3), TestModels.Tensor("yes", OnnxElementType.Bool)],
            [TestModels.Tensor("y", OnnxElementType.Float, -1, 2)],
            [choice, DenseModels.Node("MatMul", ["z", "w"], "y")],
            [
                DenseModels.Floats("v", [3, 2], DenseModels.Random(6, 1)),
                DenseModels.Floats("w", [2, 2], DenseModels.Random(4, 2)),
            ]);

        ModelConversion result = Convert(model, new ConversionSettings { To = WeightFormat.Int8Dynamic });

        Assert.Equal(1, result.Layers);
        Assert.StartsWith("v: its layer is in", Assert.Single(result.Skipped), StringComparison.Ordinal);
    }

    [Fact]
    public void OutputsWithoutADistanceAreTold()
    {
        float[] weights = [1, 2, float.NaN, 4, 5, 6];
        ModelProto model = DenseModels.Model(
            [TestModels.Tensor("x", OnnxElementType.Float, -1, 3)],
            [
                TestModels.Tensor("a", OnnxElementType.Float, -1, 2),
                TestModels.Tensor("y", OnnxElementType.Float, -1, 2),
            ],
            [DenseModels.Node("MatMul", ["x", "v"], "a"), DenseModels.Node("MatMul", ["a", "w"], "y")],
            [DenseModels.Floats("v", [3, 2], weights), DenseModels.Floats("w", [2, 2], DenseModels.Random(4, 2))]);

        ModelConversion result = Convert(model, new ConversionSettings { To = WeightFormat.Int8Dynamic });

        Assert.Equal(double.PositiveInfinity, result.MaxAbsoluteError);
        Assert.Contains("NaN", result.Outputs[1].FirstDifference, StringComparison.Ordinal);
    }

    [Fact]
    public void FileMayBeReplacedByItself()
    {
        string path = _directory.Write("model.onnx", DenseModels.Gemm(30, 4).ToByteArray());

        ModelConversion result = ModelConversionRun.Convert(
            path, path, new ConversionSettings { To = WeightFormat.Float16 });

        Assert.Equal((path, path, "CPU"), (result.Source, result.Path, result.Provider));
        Assert.Equal([path], Directory.GetFiles(_directory.Path));
    }

    [Fact]
    public void CancelledConversionLeavesTheFileAsItIs()
    {
        string path = _directory.Write("model.onnx", DenseModels.Gemm(30, 4).ToByteArray());
        byte[] before = File.ReadAllBytes(path);

        Assert.ThrowsAny<OperationCanceledException>(() => ModelConversionRun.Convert(
            path,
            path,
            new ConversionSettings { To = WeightFormat.Float16 },
            null,
            new CancellationToken(canceled: true)));

        Assert.Equal(before, File.ReadAllBytes(path));
    }

    [Fact]
    public void OnnxsOwnCheckerAcceptsTheResults()
    {
        const string Script =
            """
            import onnx, sys
            for path in sys.argv[1:]:
                onnx.checker.check_model(onnx.load(path), full_check=True)
            """;
        ModelProto model = DenseModels.Gemm(6, 4, transB: true, alpha: 2, beta: 0.5f, bias: [4]);
        model.Graph.Input[0] = TestModels.Tensor("x", OnnxElementType.Float, 1, 6);
        model.Graph.Output[0] = TestModels.Tensor("y", OnnxElementType.Float, 1, 4);
        string[] files =
        [
            .. new[] { WeightFormat.Float16, WeightFormat.Int8Dynamic }.Select(format =>
            {
                string converted = Convert(model, new ConversionSettings { To = format, OpensBatch = true }).Path;
                return _directory.Write($"{format}.onnx", File.ReadAllBytes(converted));
            }),
        ];

        Assert.Equal((0, string.Empty), Programs.Python("onnx.checker", Script, files));
    }

    private ModelConversion Convert(ModelProto model, ConversionSettings settings) => ModelConversionRun.Convert(
        _directory.Write("model.onnx", model.ToByteArray()), _directory.File("converted.onnx"), settings);
}
