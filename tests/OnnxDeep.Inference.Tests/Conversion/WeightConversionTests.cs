using FsCheck;
using FsCheck.Fluent;

using Google.Protobuf;

using OnnxDeep.Inference.Conversion;
using OnnxDeep.Onnx.Conversion;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Tensors;
using OnnxDeep.Tests.Values;

namespace OnnxDeep.Tests.Conversion;

public sealed class WeightConversionTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(WeightFormat.Float16)]
    [InlineData(WeightFormat.Int8Dynamic)]
    public void ErrorsOfAnyGemmKeepWithinThoseOfTheNumberFormat(WeightFormat format)
    {
        Gen<(int Inputs, int Units, bool TransB, int Alpha, int Beta, int Bias, int Seed)> gemms =
            from inputs in Gen.Choose(1, 70)
            from units in Gen.Choose(1, 20)
            from transB in Gen.Elements(true, false)
            from alpha in Gen.Choose(-4, 4)
            from beta in Gen.Choose(-2, 2)
            from bias in Gen.Choose(0, 3)
            from seed in Gen.Choose(1, int.MaxValue)
            select (inputs, units, transB, alpha, beta, bias, seed);
        Prop.ForAll(gemms.ToArbitrary(), gemm =>
        {
            long[]?[] shapes = [null, [], [gemm.Units], [1, gemm.Units]];
            ModelConversion result = Convert(
                DenseModels.Gemm(
                    gemm.Inputs,
                    gemm.Units,
                    gemm.TransB,
                    gemm.Alpha / 2f,
                    gemm.Beta / 2f,
                    shapes[gemm.Bias],
                    (ulong)gemm.Seed),
                format);
            double bound = Math.Abs(gemm.Alpha / 2.0) * gemm.Inputs * LargestTermError(format);
            return result.MaxAbsoluteError <= bound + 1e-5;
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(WeightFormat.Float16, 0.51, 0.53)]
    [InlineData(WeightFormat.Int8Dynamic, 0.26, 0.30)]
    public void WeightsTakeTheBitsOfTheirFormat(WeightFormat format, double least, double most)
    {
        ModelConversion result = Convert(DenseModels.Gemm(300, 40, bias: [40]), format);

        Assert.InRange(result.Ratio, least - 0.01, most);
        Assert.Equal((1, format.ToString()), (result.Layers, Assert.Single(result.Conversions)));
        Assert.Empty(result.Skipped);
        Assert.Equal(["y"], result.Outputs.Select(output => output.Name));
        Assert.Equal("Ada", OnnxModelFile.Load(result.Path).Properties["author"]);
        Assert.Equal(result.SizeAfter, new FileInfo(result.Path).Length);
    }

    [Theory]
    [InlineData(WeightFormat.Float16)]
    [InlineData(WeightFormat.Int8Dynamic)]
    public void MatMulTakesActivationsOfAnyRank(WeightFormat format)
    {
        foreach (long[] shape in new long[][] { [6], [3, 6], [2, 3, 6], [2, 1, 3, 6] })
        {
            ModelConversion result = Convert(
                MatMul(shape, [.. shape.SkipLast(1), 4], DenseModels.Floats("w", [6, 4], DenseModels.Random(24, 1))),
                format);

            Assert.InRange(result.MaxAbsoluteError!.Value, 1e-9, 6 * LargestTermError(format));
        }
    }

    [Theory]
    [InlineData(WeightFormat.Float16)]
    [InlineData(WeightFormat.Int8Dynamic)]
    public void ColumnsOfZerosAndTinyNumbersStayFinite(WeightFormat format)
    {
        TensorProto weights = DenseModels.Floats("w", [2, 3], 0, 1e-44f, 1, 0, -1e-40f, 0.5f);

        ModelConversion result = Convert(MatMul([4, 2], [4, 3], weights), format);

        Assert.InRange(result.MaxAbsoluteError!.Value, 0, 2 * LargestTermError(format));
    }

    [Theory]
    [InlineData(WeightFormat.Float16, float.NaN)]
    [InlineData(WeightFormat.Float16, float.NegativeInfinity)]
    [InlineData(WeightFormat.Float16, 65505f)]
    [InlineData(WeightFormat.Int8Dynamic, float.NaN)]
    [InlineData(WeightFormat.Int8Dynamic, float.PositiveInfinity)]
    public void UnfitWeightsStayAndAreTold(WeightFormat format, float unfit)
    {
        ModelProto model = DenseModels.Gemm(3, 2);
        model.Graph.Node.Add(DenseModels.Node("Gemm", ["x", "bad"], "z"));
        model.Graph.Output.Add(TestModels.Tensor("z", OnnxElementType.Float, -1, 1));
        model.Graph.Initializer.Add(DenseModels.Floats("bad", [3, 1], 1, unfit, 3));

        ModelConversion result = Convert(model, format);

        Assert.Equal(1, result.Layers);
        Assert.StartsWith("bad: ", Assert.Single(result.Skipped), StringComparison.Ordinal);
        Assert.Equal(float.IsNaN(unfit) ? null : 0d, result.Outputs[1].MaxAbsoluteError);
    }

    [Fact]
    public void LargestHalfIsConverted() => Assert.Equal(
        0,
        Convert(MatMul([1, 1], [1, 1], DenseModels.Floats("w", [1, 1], 65504)), WeightFormat.Float16).MaxAbsoluteError);

    [Theory]
    [InlineData(WeightFormat.Float16, 3, 4)]
    [InlineData(WeightFormat.Float16, 8, 8)]
    [InlineData(WeightFormat.Int8Dynamic, 3, 4)]
    [InlineData(WeightFormat.Int8Dynamic, 8, 8)]
    public void WeightsAreInputsNoMore(WeightFormat format, int ir, int expectedIr)
    {
        ModelProto model = DenseModels.Gemm(3, 2, bias: [2]);
        model.IrVersion = ir;
        model.Graph.Input.Add(TestModels.Tensor("w", OnnxElementType.Float, 3, 2));
        model.Graph.Input.Add(TestModels.Tensor("c", OnnxElementType.Float, 2));

        ModelProto converted = Load(Convert(model, format));

        Assert.Equal(expectedIr, converted.IrVersion);
        Assert.Equal(ir < 4 ? ["x"] : ["x", "c"], converted.Graph.Input.Select(input => input.Name));
    }

    [Theory]
    [InlineData(WeightFormat.Float16)]
    [InlineData(WeightFormat.Int8Dynamic)]
    public void ConstantsAreConvertedAndSharedWeightsStayForOthers(WeightFormat format)
    {
        // The weights come from a Constant: transposed for one layer, directly for two and for an output.
        ModelProto model = DenseModels.Model(
            [TestModels.Tensor("x", OnnxElementType.Float, -1, 3)],
            [
                TestModels.Tensor("y", OnnxElementType.Float, -1, 3),
                TestModels.Tensor("more", OnnxElementType.Float, 3, 3),
            ],
            [
                DenseModels.Node("Constant", [], "w", new AttributeProto
                {
                    Name = "value", Type = AttributeProto.Types.AttributeType.Tensor,
                    T = DenseModels.Floats("value", [3, 3], DenseModels.Random(9, 4)),
                }),
                DenseModels.Node("Transpose", ["w"], "t"),
                DenseModels.Node("MatMul", ["x", "w"], "a"),
                DenseModels.Node("MatMul", ["x", "t"], "b"),
                DenseModels.Node("MatMul", ["x", "w"], "c"),
                DenseModels.Node("Sum", ["a", "b", "c"], "y"),
                DenseModels.Node("Neg", ["w"], "more"),
            ],
            []);

        ModelConversion result = Convert(model, format);

        ModelProto converted = Load(result);
        Assert.Equal(1, result.Layers);
        Assert.InRange(result.Outputs[0].MaxAbsoluteError!.Value, 1e-9, 9 * LargestTermError(format));
        Assert.Equal(format == WeightFormat.Int8Dynamic, result.Outputs[1].MaxAbsoluteError == 0);
        if (format == WeightFormat.Int8Dynamic)
        {
            Assert.Single(converted.Graph.Node, node => node.OpType == "DynamicQuantizeLinear");
            Assert.Equal(2, converted.Graph.Initializer.Count(tensor => tensor.DataType == (int)OnnxElementType.Int8));
            Assert.DoesNotContain(converted.Graph.Node, node => node.OpType == "Transpose");
        }
    }

    [Fact]
    public void HalfModelIsReadAsLayersAndBecomesInt8()
    {
        ModelConversion half = Convert(DenseModels.Gemm(8, 3, bias: [3]), WeightFormat.Float16);

        DenseLayerInfo layer = Assert.Single(OnnxModelFile.Load(half.Path).GetDenseLayers());
        string output = _directory.File("int8.onnx");
        ModelConversion whole = ModelConversionRun.Convert(
            half.Path, output, new ConversionSettings { To = WeightFormat.Int8Dynamic });

        Assert.Equal((8, 3), (layer.Inputs, layer.Units));
        Assert.Equal((1, true), (whole.Layers, whole.SizeAfter < half.SizeAfter + 1000));
        Assert.DoesNotContain(Load(whole).Graph.Initializer, tensor => tensor.DataType == (int)OnnxElementType.Float16);
    }

    [Fact]
    public void BiasOfARunIsScaledInTheGraph()
    {
        ModelProto model = DenseModels.Gemm(4, 2, alpha: 2, beta: 3);
        model.Graph.Node[0].Input.Add("c");
        model.Graph.Input.Add(TestModels.Tensor("c", OnnxElementType.Float, 1, 2));

        Assert.InRange(
            Convert(model, WeightFormat.Int8Dynamic).MaxAbsoluteError!.Value,
            1e-9,
            8 * LargestTermError(WeightFormat.Int8Dynamic));
    }

    [Theory]
    [InlineData(10, WeightFormat.Int8Dynamic, ErrorIds.OpsetTooOld)]
    [InlineData(5, WeightFormat.Float16, ErrorIds.OpsetTooOld)]
    public void OldOpsetsAreRefused(int opset, WeightFormat format, string id) =>
        Assert.Equal(
            id,
            Assert.Throws<OnnxDeepException>(() => Convert(DenseModels.Gemm(3, 2, opset: opset), format)).ErrorId);

    [Fact]
    public void ModelWithoutWeightsIsRefused()
    {
        ModelProto relu = TestModels.Model(
            "Relu",
            [TestModels.Tensor("x", OnnxElementType.Float, 2)],
            [TestModels.Tensor("y", OnnxElementType.Float, 2)]);

        var error = Assert.Throws<OnnxDeepException>(() => Convert(relu, WeightFormat.Float16));

        Assert.Equal(ErrorIds.NoConvertibleWeights, error.ErrorId);
        Assert.False(File.Exists(_directory.File("converted.onnx")));
    }

    [Fact]
    public void InputTransposedByTheLayerIsRefusedForInt8()
    {
        ModelProto model = DenseModels.Model(
            [TestModels.Tensor("x", OnnxElementType.Float, 3, 4)],
            [TestModels.Tensor("y", OnnxElementType.Float, 4, 2)],
            [DenseModels.Node("Gemm", ["x", "w"], "y", DenseModels.OnnxAttribute("transA", 1))],
            [DenseModels.Floats("w", [3, 2], DenseModels.Random(6, 1))]);

        Assert.Contains(
            "transA",
            Assert.Throws<OnnxDeepException>(() => Convert(model, WeightFormat.Int8Dynamic)).Message,
            StringComparison.Ordinal);
        Assert.Equal(1, Convert(model, WeightFormat.Float16).Layers);
    }

    [Fact]
    public void WeightsOfABodyAreTheSameByName()
    {
        // Both branches use the weights of the outer graph.
        NodeProto choice = DenseModels.Node("If", ["flag"], "z");
        foreach (string branch in new[] { "then_branch", "else_branch" })
        {
            choice.Attribute.Add(new AttributeProto
            {
                Name = branch,
                Type = AttributeProto.Types.AttributeType.Graph,
                G = new GraphProto
                {
                    Name = branch,
                    Node = { DenseModels.Node("MatMul", ["x", "w"], branch) },
                    Output = { TestModels.Tensor(branch, OnnxElementType.Float, -1, 2) },
                },
            });
        }

        ModelProto model = DenseModels.Gemm(3, 2);
        model.Graph.Node.Add(choice);
        model.Graph.Input.Add(TestModels.Tensor("flag", OnnxElementType.Bool));
        model.Graph.Output.Add(TestModels.Tensor("z", OnnxElementType.Float, -1, 2));

        Assert.InRange(Convert(model, WeightFormat.Float16).Outputs[1].MaxAbsoluteError!.Value, 1e-9, 1e-2);
        Assert.Equal(0, Convert(model, WeightFormat.Int8Dynamic).Outputs[1].MaxAbsoluteError);
    }

    // For one product of a weight and an input, both in [-1, 1]: half a unit in float16's last place; half a step of
    // 1/64, and half a step of 2/255, or of 1/255 and a zero point of half a step, for the input.
    private static double LargestTermError(WeightFormat format) =>
        format == WeightFormat.Float16 ? Math.Pow(2, -12) : (0.5 / 64) + (2.0 / 255);

    private static ModelProto Load(ModelConversion result) =>
        ModelProto.Parser.ParseFrom(File.ReadAllBytes(result.Path));

    private static ModelProto MatMul(long[] input, long[] output, TensorProto weights) => DenseModels.Model(
        [TestModels.Tensor("x", OnnxElementType.Float, input)],
        [TestModels.Tensor("y", OnnxElementType.Float, output)],
        [DenseModels.Node("MatMul", ["x", "w"], "y")],
        [weights]);

    private ModelConversion Convert(ModelProto model, WeightFormat format) => ModelConversionRun.Convert(
        _directory.Write("model.onnx", model.ToByteArray()),
        _directory.File("converted.onnx"),
        new ConversionSettings { To = format });
}
