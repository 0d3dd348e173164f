using Google.Protobuf;

using OnnxDeep.Inference;
using OnnxDeep.Inference.Comparison;
using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Tensors;

using static OnnxDeep.Onnx.Protos.AttributeProto.Types;

namespace OnnxDeep.Tests.Comparison;

public sealed class ModelComparerTests : IDisposable
{
    private static readonly ComparisonSettings s_settings = new() { Intermediate = true };

    private readonly TemporaryDirectory _directory = new();
    private int _models;

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void OneModelAgreesWithItselfAtEveryLevelOfOptimisation()
    {
        string path = Write(GraphBuilder.Dense());
        foreach (GraphOptimization optimization in Enum.GetValues<GraphOptimization>())
        {
            ModelComparison comparison = ModelComparer.Compare(
                Side(path, GraphOptimization.None), Side(path, optimization), s_settings with { Count = 3 });

            Assert.True(comparison.Passed, comparison.Outputs[0].FirstDifference);
            Assert.Empty(comparison.Structure);
            Assert.Equal(
                (null, 0, string.Empty), (comparison.FirstDifferingTensor, comparison.Intermediates, comparison.Note));
            Assert.Equal(
                ("CPU", optimization, 3),
                (comparison.DifferenceProvider, comparison.DifferenceOptimization, comparison.Count));
            Assert.Equal("float [1, 2]", Assert.Single(comparison.Outputs).Reference);
        }
    }

    [Fact]
    public void AnotherWeightIsFoundInItsLayerAndInTheStructure()
    {
        ModelComparison comparison = Compare(
            GraphBuilder.Dense(), GraphBuilder.Dense(0.75f), s_settings with { Count = 2 });

        Assert.False(comparison.Passed);
        Assert.Equal(comparison.Outputs[0].MaxAbsoluteError, comparison.MaxAbsoluteError);
        Assert.StartsWith(
            "seed 42, 'y'[0, 0]: expected ", comparison.Outputs[0].FirstDifference, StringComparison.Ordinal);
        DifferingTensor tensor = comparison.FirstDifferingTensor!;
        Assert.Equal(
            ("h3", "make h3", "MatMul", "float [1, 2]"), (tensor.Name, tensor.Node, tensor.Operator, tensor.Reference));
        Assert.StartsWith("'h3'[0, 0]: expected ", tensor.FirstDifference, StringComparison.Ordinal);
        Assert.InRange(comparison.Intermediates, 2, 3);
        StructureDifference structure = Assert.Single(comparison.Structure);
        Assert.Equal((StructureDifferenceKind.Initializer, "w2"), (structure.Kind, structure.Name));
        Assert.NotEqual(structure.Reference, structure.Difference);
    }

    [Fact]
    public void WithoutTheSwitchNothingInsideIsLookedAt()
    {
        ModelComparison comparison = Compare(
            GraphBuilder.Dense(), GraphBuilder.Dense(0.75f), s_settings with { Intermediate = false });

        Assert.Equal((false, null, 0), (comparison.Passed, comparison.FirstDifferingTensor, comparison.Intermediates));
    }

    [Fact]
    public void WhatIsWithinTheTolerancesPasses()
    {
        var wide = new ComparisonSettings { AbsoluteTolerance = 0.1 };

        ModelComparison comparison = Compare(GraphBuilder.Dense(), GraphBuilder.Dense(0.501f), wide);

        Assert.True(comparison.Passed);
        Assert.InRange(comparison.MaxAbsoluteError!.Value, 1e-7, 0.1);
    }

    [Theory]
    [InlineData("left", "l2")]
    [InlineData("right", "r2")]
    public void TheBranchThatDiffersIsFound(string branch, string expected)
    {
        // Nodes are listed by branch, so matching values of one branch follow differing values of the other.
        GraphBuilder Branches(string changed) => new GraphBuilder()
            .Input("x", OnnxElementType.Float, -1, 3)
            .Node("Tanh", "r1", "x")
            .Node(changed == "right" ? "Neg" : "Abs", "r2", "r1")
            .Node("Sigmoid", "r3", "r2")
            .Node("Exp", "l1", "x")
            .Node(changed == "left" ? "Abs" : "Neg", "l2", "l1")
            .Node("Sigmoid", "l3", "l2")
            .Node("Add", "y", "r3", "l3")
            .Output("y", OnnxElementType.Float, -1, 3);

        ModelComparison comparison = Compare(Branches("none"), Branches(branch));

        Assert.Equal(expected, comparison.FirstDifferingTensor!.Name);
        Assert.Empty(comparison.Note);
        Assert.Equal(
            [StructureDifferenceKind.Operator, StructureDifferenceKind.Operator, StructureDifferenceKind.Node],
            comparison.Structure.Select(difference => difference.Kind));
    }

    [Fact]
    public void DifferenceThatComesOfFusionNamesNoTensor()
    {
        // MatMul and Add are fused into a Gemm, which rounds in another order; when examined, they stay separate.
        const int Width = 301;
        string path = Write(new GraphBuilder()
            .Input("x", OnnxElementType.Float, 8, Width)
            .Store("w", [Width, Width], [.. Enumerable.Range(0, Width * Width).Select(i => MathF.Sin(i))])
            .Store("b", [Width], [.. Enumerable.Range(0, Width).Select(i => MathF.Cos(i))])
            .Node("MatMul", "product", "x", "w")
            .Node("Add", "y", "product", "b")
            .Output("y", OnnxElementType.Float, 8, Width));

        ModelComparison comparison = ModelComparer.Compare(
            Side(path, GraphOptimization.None),
            Side(path),
            s_settings with { AbsoluteTolerance = 0, RelativeTolerance = 0 });

        Assert.False(comparison.Passed);
        Assert.InRange(comparison.MaxAbsoluteError!.Value, 1e-9, 1e-3);
        Assert.Null(comparison.FirstDifferingTensor);
        Assert.Contains("'product'", comparison.Note, StringComparison.Ordinal);
        Assert.Contains("disappears", comparison.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void FusedChainIsLookedIntoAllTheSame()
    {
        GraphBuilder Conv(float weight) => new GraphBuilder()
            .Input("x", OnnxElementType.Float, 1, 1, 4, 4)
            .Store("w", [1, 1, 2, 2], 1, 2, 3, weight)
            .Store("b", [1], 0.5f)
            .Node("Conv", "c", "x", "w", "b")
            .Node("Relu", "r", "c")
            .Node("GlobalAveragePool", "y", "r")
            .Output("y", OnnxElementType.Float, 1, 1, 1, 1);

        Assert.Equal("c", Compare(Conv(4), Conv(-4)).FirstDifferingTensor!.Name);
    }

    [Fact]
    public void Float16IsComparedAsNumbers()
    {
        float[] weights = [0.5f, -1.25f, 2];
        var single = new GraphBuilder().Input("x", OnnxElementType.Float, -1, 3).Store("w", [3], weights)
            .Node("Mul", "y", "x", "w").Output("y", OnnxElementType.Float, -1, 3);
        var half = new GraphBuilder().Input("x", OnnxElementType.Float16, -1, 3).StoreHalves("w", [3], weights)
            .Node("Mul", "y", "x", "w").Output("y", OnnxElementType.Float16, -1, 3);

        ModelComparison comparison = Compare(single, half, new ComparisonSettings { RelativeTolerance = 0.01 });

        Assert.True(comparison.Passed, comparison.Outputs[0].FirstDifference);
        Assert.InRange(comparison.MaxRelativeError!.Value, 1e-8, 1e-3);
        Assert.StartsWith(
            "y: float [1, 3] → float16 [1, 3] agrees, max. error ",
            comparison.Outputs[0].ToString(),
            StringComparison.Ordinal);
        Assert.Equal(
            [
                "Input x: tensor(float) [N, 3] → tensor(float16) [N, 3]",
                "Output y: tensor(float) [N, 3] → tensor(float16) [N, 3]",
            ],
            comparison.Structure.Take(2).Select(difference => difference.ToString()));
        Assert.Equal("w", comparison.Structure[2].Name);
    }

    [Fact]
    public void ExternalDataStaysExternalWhereValuesInsideAreLookedAt()
    {
        string Outside(string data, float last)
        {
            var weights = new TensorProto
            {
                Name = "w", DataType = (int)OnnxElementType.Float, Dims = { 3 },
                DataLocation = TensorProto.Types.DataLocation.External,
                ExternalData = { new StringStringEntryProto { Key = "location", Value = data } },
            };
            _directory.Write(
                data, [.. BitConverter.GetBytes(1f), .. BitConverter.GetBytes(2f), .. BitConverter.GetBytes(last)]);
            return Write(new GraphBuilder().Input("x", OnnxElementType.Float, -1, 3).Store(weights)
                .Node("Tanh", "t", "x").Node("Mul", "m", "t", "w").Node("Tanh", "y", "m")
                .Output("y", OnnxElementType.Float, -1, 3));
        }

        ModelComparison comparison = ModelComparer.Compare(
            Side(Outside("a.bin", 3)), Side(Outside("b.bin", -3)), s_settings);

        Assert.Equal("m", comparison.FirstDifferingTensor!.Name);
        Assert.Equal("w", Assert.Single(comparison.Structure).Name);
    }

    [Fact]
    public void TextsAreLookedAtToo()
    {
        // The operator requests the locale en_US, which minimal machines lack: the workaround must add outputs, too.
        GraphBuilder Normalize(string change) => new GraphBuilder().Input("x", OnnxElementType.String, -1)
            .Node(
                "StringNormalizer",
                "n",
                ["x"],
                [
                    new AttributeProto
                    {
                        Name = "case_change_action", S = ByteString.CopyFromUtf8(change), Type = AttributeType.String,
                    },
                ])
            .Node("Identity", "y", "n")
            .Output("y", OnnxElementType.String, -1);

        ModelComparison comparison = Compare(Normalize("LOWER"), Normalize("UPPER"));

        Assert.Equal(("n", 0d), (comparison.FirstDifferingTensor!.Name, comparison.MaxAbsoluteError));
        Assert.Equal("string [1]", comparison.Outputs[0].Reference);
    }

    [Fact]
    public void OutputOfOneModelAloneIsADifferenceOfStructure()
    {
        GraphBuilder more = GraphBuilder.Dense().Output("h1", OnnxElementType.Float, -1, 4);

        ModelComparison comparison = Compare(more, GraphBuilder.Dense());

        Assert.True(comparison.Passed);
        Assert.Equal(["y"], comparison.Outputs.Select(output => output.Name));
        Assert.Equal("Output h1: tensor(float) [N, 4] → (none)", Assert.Single(comparison.Structure).ToString());
    }

    [Fact]
    public void ValueThatOneModelGivesAnywayIsLookedAtToo()
    {
        GraphBuilder more = GraphBuilder.Dense().Output("h3", OnnxElementType.Float, -1, 2);

        Assert.Equal("h3", Compare(more, GraphBuilder.Dense(0.75f)).FirstDifferingTensor!.Name);
        Assert.Equal("h3", Compare(GraphBuilder.Dense(0.75f), more).FirstDifferingTensor!.Name);
    }

    [Fact]
    public void OutputsAndInputsOfOtherNamesBelongTogetherByPlace()
    {
        GraphBuilder renamed = new GraphBuilder().Input("a", OnnxElementType.Double, -1, 3)
            .Node("Neg", "b", "a").Node("Abs", "c", "b").Output("c", OnnxElementType.Double, -1, 3);

        ModelComparison comparison = Compare(GraphBuilder.Chain("Neg", "Tanh"), renamed);

        Assert.Equal("y → c", Assert.Single(comparison.Outputs).Name);
        Assert.Equal("y", comparison.FirstDifferingTensor!.Name);
        Assert.Contains("no 'v0'", comparison.Note, StringComparison.Ordinal);
    }

    [Fact]
    public void OtherShapesDifferWithoutErrorsOfNumbers()
    {
        GraphBuilder Reduce(long keep) => new GraphBuilder().Input("x", OnnxElementType.Float, -1, 3)
            .Node(
                "ReduceMax",
                "y",
                ["x"],
                [new AttributeProto { Name = "keepdims", I = keep, Type = AttributeType.Int }])
            .Output("y", OnnxElementType.Float);

        ModelComparison comparison = Compare(Reduce(0), Reduce(1));

        Assert.Equal(
            (false, null, null), (comparison.Passed, comparison.MaxAbsoluteError, comparison.MaxRelativeError));
        Assert.Equal("'y': expected float [], got float [1, 1]", comparison.Outputs[0].FirstDifference);
        Assert.Equal(
            "Node y: ReduceMax(x) keepdims=0 → ReduceMax(x) keepdims=1",
            Assert.Single(comparison.Structure).ToString());
        Assert.Equal(
            ("y", null), (comparison.FirstDifferingTensor!.Name, comparison.FirstDifferingTensor.MaxAbsoluteError));
    }

    [Fact]
    public void OtherOpsetIsADifferenceOfStructure()
    {
        GraphBuilder old = new GraphBuilder { Opset = 13 }.Input("x", OnnxElementType.Float, -1, 3)
            .Node("Tanh", "y", "x").Output("y", OnnxElementType.Float, -1, 3);

        ModelComparison comparison = Compare(GraphBuilder.Chain("Tanh"), old);

        Assert.True(comparison.Passed);
        Assert.Equal("Opset ai.onnx: 17 → 13", Assert.Single(comparison.Structure).ToString());
    }

    [Fact]
    public void NothingInCommonIsAnError()
    {
        GraphBuilder two = new GraphBuilder().Input("x", OnnxElementType.Float, -1, 3)
            .Node("Neg", "a", "x").Node("Abs", "b", "x")
            .Output("a", OnnxElementType.Float, -1, 3).Output("b", OnnxElementType.Float, -1, 3);

        Assert.Equal(ErrorIds.ModelOutputMismatch, Error(GraphBuilder.Chain("Neg"), two).ErrorId);
    }

    [Fact]
    public void InputsThatDoNotFitAreErrors()
    {
        GraphBuilder two = new GraphBuilder()
            .Input("x", OnnxElementType.Float, -1, 3).Input("z", OnnxElementType.Float, -1, 3)
            .Node("Add", "y", "x", "z").Output("y", OnnxElementType.Float, -1, 3);
        GraphBuilder wider = new GraphBuilder().Input("x", OnnxElementType.Float, -1, 4)
            .Node("Neg", "y", "x").Output("y", OnnxElementType.Float, -1, 4);
        GraphBuilder whole = new GraphBuilder().Input("x", OnnxElementType.Int32, -1, 3)
            .Node("Neg", "y", "x").Output("y", OnnxElementType.Int32, -1, 3);

        Assert.Equal(ErrorIds.ModelInputMismatch, Error(GraphBuilder.Chain("Neg"), two).ErrorId);
        Assert.Equal(ErrorIds.InputShapeMismatch, Error(GraphBuilder.Chain("Neg"), wider).ErrorId);
        Assert.Equal(ErrorIds.InputTypeMismatch, Error(GraphBuilder.Chain("Neg"), whole).ErrorId);

        // The other model has a value for all inputs in the opposite direction.
        Assert.False(Compare(two, GraphBuilder.Chain("Neg")).Passed);
    }

    [Fact]
    public void FileThatRunsTwiceInOneWayIsSaidToProveNothing()
    {
        string path = Write(GraphBuilder.Dense());
        string copy = Write(GraphBuilder.Dense());

        Assert.Contains("the same file", Remark(Side(path), Side(path)), StringComparison.Ordinal);
        Assert.Contains("the same content", Remark(Side(path), Side(copy)), StringComparison.Ordinal);
        Assert.Empty(ModelComparer.Compare(Side(path, GraphOptimization.None), Side(copy), s_settings).Remarks);
        Assert.Empty(Compare(GraphBuilder.Dense(), GraphBuilder.Dense(0.75f)).Remarks);
        Assert.Contains(
            "the same file, so they could not differ",
            Remark(Side(path, GraphOptimization.None), Side(path), s_settings with { StructureOnly = true }),
            StringComparison.Ordinal);
    }

    [Fact]
    public void LinkToTheReferenceIsTheSameFile()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Creating links requires privileges there.");
        string path = Write(GraphBuilder.Dense());
        string link = _directory.File("link.onnx");
        File.CreateSymbolicLink(link, path);

        Assert.Contains("the same file", Remark(Side(link), Side(path)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("RandomNormalLike", OnnxElementType.Float)]
    [InlineData("RandomUniformLike", OnnxElementType.Float)]
    [InlineData("Bernoulli", OnnxElementType.Float)]
    public void RandomNumbersAreNamedWithTheOutputsThatDependOnThem(string operation, OnnxElementType type)
    {
        string path = Write(new GraphBuilder().Input("x", type, -1, 300)
            .Node("Sigmoid", "p", "x").Node(operation, "noise", "p").Node("Add", "y", "p", "noise")
            .Output("y", type, -1, 300).Output("p", type, -1, 300));

        ModelComparison comparison = ModelComparer.Compare(
            Side(path, GraphOptimization.None), Side(path), new ComparisonSettings());

        Assert.Equal([operation], comparison.RandomOperators);
        string remark = Assert.Single(comparison.Remarks);
        Assert.Contains($"draws random numbers ({operation})", remark, StringComparison.Ordinal);
        Assert.Contains("'y'", remark, StringComparison.Ordinal);
        Assert.DoesNotContain("'p'", remark, StringComparison.Ordinal);
    }

    [Fact]
    public void DropoutInTrainingIsNamed()
    {
        ModelComparison comparison = ModelComparer.Compare(
            Side(Fixtures.Find("field/onnx/bias_dropout_fusion1.onnx"), GraphOptimization.None),
            Side(Fixtures.Find("field/onnx/bias_dropout_fusion1.onnx")),
            new ComparisonSettings());

        Assert.False(comparison.Passed);
        Assert.Equal(["Dropout"], comparison.RandomOperators);
    }

    [Fact]
    public void AgreementThatShowsNothingIsExplained()
    {
        var one = new GraphBuilder().Input("x", OnnxElementType.Float, -1, 3)
            .Node("Sqrt", "root", "x").Node("NonZero", "places", "zero").Node("Mul", "small", "x", "tiny")
            .Node("Mul", "zero", "x", "none").Node("Abs", "sure", "x")
            .Store("tiny", [1], 1e-9f).Store("none", [1], 0)
            .Output("root", OnnxElementType.Float, -1, 3).Output("places", OnnxElementType.Int64, 2, -1)
            .Output("small", OnnxElementType.Float, -1, 3).Output("sure", OnnxElementType.Float, -1, 3);
        string path = Write(one);
        var given = new OnnxTensor(
            OnnxElementType.Float, [1, 3], new float[] { -1, -2, 4 }.SelectMany(BitConverter.GetBytes).ToArray());

        ModelComparison comparison = ModelComparer.Compare(
            Side(path, GraphOptimization.None),
            Side(path),
            new ComparisonSettings { Given = new Dictionary<string, OnnxValue> { ["x"] = given }, Count = 2 });

        Assert.True(comparison.Passed, string.Join(' ', comparison.Outputs.Select(output => output.FirstDifference)));
        Assert.Equal(
            [
                "4 of 6 numbers of the output 'root' are NaN on both sides.",
                "The output 'places' is empty, so nothing was compared.",
                "The tolerances exceed the numbers of the output 'small', 4E-09 at most: any would pass.",
                "No values are generated, so all 2 sets are the same.",
            ],
            comparison.Remarks);
        Assert.Null(comparison.Outputs.Single(output => output.Name == "places").MaxAbsoluteError);
    }

    [Fact]
    public void WhatOnlyOneModelHasIsSaidToBeLeftOut()
    {
        GraphBuilder more = GraphBuilder.Dense(0.75f).Output("h1", OnnxElementType.Float, -1, 4);
        GraphBuilder two = new GraphBuilder()
            .Input("x", OnnxElementType.Float, -1, 3).Input("z", OnnxElementType.Float, -1, 3)
            .Node("Add", "y", "x", "z").Output("y", OnnxElementType.Float, -1, 3);

        Assert.Contains("'h1'", Assert.Single(Compare(more, GraphBuilder.Dense()).Remarks), StringComparison.Ordinal);
        Assert.Contains("'h1'", Assert.Single(Compare(GraphBuilder.Dense(), more).Remarks), StringComparison.Ordinal);
        Assert.Contains(
            "the input 'z'", Assert.Single(Compare(two, GraphBuilder.Chain("Neg")).Remarks), StringComparison.Ordinal);
    }

    [Fact]
    public void CancelledComparisonStops()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        string path = Write(GraphBuilder.Dense());

        Assert.Throws<OperationCanceledException>(
            () => ModelComparer.Compare(Side(path), Side(path), s_settings, null, source.Token));
    }

    private static ComparedModel Side(string path, GraphOptimization optimization = GraphOptimization.All) =>
        new(path, ExecutionProvider.Cpu, new SessionSettings { Optimization = optimization });

    private static string Remark(ComparedModel one, ComparedModel other, ComparisonSettings? settings = null)
    {
        ModelComparison comparison = ModelComparer.Compare(one, other, settings ?? s_settings);
        Assert.True(comparison.Passed);
        return Assert.Single(comparison.Remarks);
    }

    private ModelException Error(GraphBuilder reference, GraphBuilder difference) =>
        Assert.Throws<ModelException>(() => Compare(reference, difference));

    private ModelComparison Compare(
        GraphBuilder reference, GraphBuilder difference, ComparisonSettings? settings = null) =>
        ModelComparer.Compare(Side(Write(reference)), Side(Write(difference)), settings ?? s_settings);

    private string Write(GraphBuilder builder) => builder.Write(_directory.File($"{_models++}.onnx"));
}
