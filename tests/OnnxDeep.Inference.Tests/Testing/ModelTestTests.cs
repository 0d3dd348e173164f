using Google.Protobuf;

using OnnxDeep.Inference;
using OnnxDeep.Inference.Testing;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Tensors;
using OnnxDeep.Tests.Values;

namespace OnnxDeep.Tests.Testing;

public sealed class ModelTestTests
{
    private static readonly ValueComparer s_comparer = new(1e-7, 1e-3);

    [Fact]
    public void TestsOfOnnxPassOrNeedTraining()
    {
        string folder = TestData.Find("onnx");

        ModelTestResult[] results = [.. ModelTestFolder.Find(folder).Select(test => ModelTest.Run(test, s_comparer))];

        Assert.Equal(22, results.Length);
        ModelTestResult[] skipped = [.. results.Where(result => result.Skipped)];
        Assert.Equal(["test_gradient_of_add", "test_gradient_of_add_and_mul"], skipped.Select(result => result.Name));
        Assert.All(skipped, result => Assert.Contains("Gradient", result.Reason, StringComparison.Ordinal));
        Assert.All(
            results.Except(skipped),
            result => Assert.True(result.Passed, $"{result.Name}: {result.Reason} {result.FirstDifference}"));
    }

    [Fact]
    public void ErrorsAreMeasuredAndTheFirstDifferenceNamed()
    {
        ModelTestResult result = RunAbs([-1, 2, -4], [1, 2, 5]);

        Assert.False(result.Passed);
        Assert.False(result.Skipped);
        Assert.Equal(1, result.MaxAbsoluteError);
        Assert.Equal(0.2, result.MaxRelativeError!.Value, 6);
        Assert.Equal("output 'y'[2]: expected 5, got 4", result.FirstDifference);
    }

    [Fact]
    public void WithinTheTolerancesIsPassed()
    {
        ModelTestResult result = RunAbs(
            [-1, 2, float.NaN, float.NegativeInfinity], [1.0005f, 2, float.NaN, float.PositiveInfinity]);

        Assert.True(result.Passed, result.FirstDifference);
        Assert.Equal("CPU", result.Provider);
        Assert.Empty(result.Reason);
        Assert.Equal(0.0005, result.MaxAbsoluteError!.Value, 5);
    }

    [Fact]
    public void OtherShapeOrTypeFails()
    {
        Assert.Contains(
            "expected float [2, 1], got float [2]",
            RunAbs([1, 2], TestModels.Floats([2, 1], 1, 2)).FirstDifference!,
            StringComparison.Ordinal);
        var doubles = new TensorProto { DataType = (int)OnnxElementType.Double, Dims = { 2 }, DoubleData = { 1, 2 } };
        Assert.Contains(
            "expected double [2], got float [2]", RunAbs([1, 2], doubles).FirstDifference!, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingOperatorIsSkippedByName()
    {
        using var directory = new TemporaryDirectory();
        string folder = TestModels.Write(
            directory,
            "missing",
            TestModels.Model(
                "Frobnicate",
                [TestModels.Tensor("x", OnnxElementType.Float, -1)],
                [TestModels.Tensor("y", OnnxElementType.Float, -1)],
                "my.domain"),
            [TestModels.Floats([1], 1)],
            [TestModels.Floats([1], 1)]);

        ModelTestResult result = Assert.Single(
            ModelTestFolder.Find(folder).Select(test => ModelTest.Run(test, s_comparer)));

        Assert.True(result.Skipped);
        Assert.False(result.Passed);
        Assert.Contains("Frobnicate", result.Reason, StringComparison.Ordinal);
        Assert.Null(result.MaxAbsoluteError);
    }

    [Fact]
    public void EmptySequencesAndMissingOptionalsGoIn()
    {
        using var directory = new TemporaryDirectory();
        var length = new TensorProto { DataType = (int)OnnxElementType.Int64, Int64Data = { 0 } };
        TestModels.Write(
            directory,
            "a",
            TestModels.Model(
                "SequenceLength",
                [TestModels.Sequence("s", OnnxElementType.Int32)],
                [TestModels.Tensor("n", OnnxElementType.Int64)]),
            [new SequenceProto { ElemType = 1 }],
            [length]);
        var no = new TensorProto { DataType = (int)OnnxElementType.Bool, Int32Data = { 0 } };
        TestModels.Write(
            directory,
            "b",
            TestModels.Model(
                "OptionalHasElement",
                [TestModels.Optional("o", OnnxElementType.Float, 2)],
                [TestModels.Tensor("b", OnnxElementType.Bool)]),
            [new OptionalProto()],
            [no]);

        Assert.All(
            ModelTestFolder.Find(directory.Path).Select(test => ModelTest.Run(test, s_comparer)),
            result => Assert.True(result.Passed, $"{result.Reason} {result.FirstDifference}"));
    }

    [Fact]
    public void DamagedDataFailTheirOwnTestAlone()
    {
        using var directory = new TemporaryDirectory();
        string folder = WriteAbs(directory, "a", [1, 2], TestModels.Floats([2], 1, 2));
        WriteAbs(directory, "b", [1, 2], TestModels.Floats([2], 1, 2));
        string input = Path.Combine(folder, "test_data_set_0", "input_0.pb");
        File.WriteAllBytes(input, File.ReadAllBytes(input)[..^1]);

        ModelTestResult[] results =
        [
            .. ModelTestFolder.Find(directory.Path).Select(test => ModelTest.Run(test, s_comparer)),
        ];

        Assert.Equal([false, true], results.Select(result => result.Passed));
        Assert.Contains("ends too early", results[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void AgreementThatShowsNothingIsExplained()
    {
        using var directory = new TemporaryDirectory();
        ModelProto model = TestModels.Model(
            "Sqrt",
            [TestModels.Tensor("x", OnnxElementType.Float, -1)],
            [TestModels.Tensor("y", OnnxElementType.Float, -1)]);
        string empty = TestModels.Write(
            directory, "empty", model, [TestModels.Floats([0])], [TestModels.Floats([0])]);
        string nan = TestModels.Write(
            directory, "nan", model, [TestModels.Floats([2], -1, 4)], [TestModels.Floats([2], float.NaN, 2)]);

        ModelTestResult nothing = RunFolder(empty);
        ModelTestResult half = RunFolder(nan);

        Assert.Equal((true, null, null), (nothing.Passed, nothing.MaxAbsoluteError, nothing.MaxRelativeError));
        Assert.Equal("The output 'y' is empty, so nothing was compared.", Assert.Single(nothing.Remarks));
        Assert.Equal((true, 0d), (half.Passed, half.MaxAbsoluteError));
        Assert.Equal("1 of 2 numbers of the output 'y' are NaN on both sides.", Assert.Single(half.Remarks));
    }

    [Fact]
    public void OutputWithoutAnExpectedValueFails()
    {
        using var directory = new TemporaryDirectory();
        ModelProto model = TestModels.Model(
            "TopK",
            [TestModels.Tensor("x", OnnxElementType.Float, 3), TestModels.Tensor("k", OnnxElementType.Int64, 1)],
            [TestModels.Tensor("values", OnnxElementType.Float, 1), TestModels.Tensor("at", OnnxElementType.Int64, 1)]);
        var k = new TensorProto { DataType = (int)OnnxElementType.Int64, Dims = { 1 }, Int64Data = { 1 } };
        string folder = TestModels.Write(
            directory, "half", model, [TestModels.Floats([3], 1, 3, 2), k], [TestModels.Floats([1], 3)]);

        ModelTestResult result = RunFolder(folder);

        Assert.False(result.Passed);
        Assert.Contains("has 2 outputs, but", result.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void RandomNumbersInABodyAreNamed()
    {
        using var directory = new TemporaryDirectory();
        var body = new GraphProto
        {
            Name = "body",
            Node = { new NodeProto { OpType = "RandomUniformLike", Input = { "x" }, Output = { "r" } } },
            Output = { TestModels.Tensor("r", OnnxElementType.Float, 2) },
        };
        ModelProto model = TestModels.Model(
            "If",
            [TestModels.Tensor("flag", OnnxElementType.Bool), TestModels.Tensor("x", OnnxElementType.Float, 2)],
            [TestModels.Tensor("y", OnnxElementType.Float, 2)]);
        model.Graph.Node[0].Input.RemoveAt(1);
        foreach (string branch in new[] { "then_branch", "else_branch" })
        {
            model.Graph.Node[0].Attribute.Add(new AttributeProto
            {
                Name = branch, G = body, Type = AttributeProto.Types.AttributeType.Graph,
            });
        }

        var flag = new TensorProto { DataType = (int)OnnxElementType.Bool, Int32Data = { 1 } };
        string folder = TestModels.Write(
            directory, "random", model, [flag, TestModels.Floats([2], 1, 2)], [TestModels.Floats([2], 9, 9)]);

        Assert.EndsWith(
            "draws random numbers (RandomUniformLike).", RunFolder(folder).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void FolderWithoutAModelIsAnError()
    {
        using var directory = new TemporaryDirectory();

        Assert.Equal(
            ErrorIds.ModelTestsNotFound,
            Assert.Throws<ModelException>(() => ModelTestFolder.Find(directory.Path)).ErrorId);
        Assert.Equal(
            ErrorIds.ModelTestsNotFound,
            Assert.Throws<ModelException>(() => ModelTestFolder.Find(directory.File("none"))).ErrorId);
    }

    private static ModelTestResult RunFolder(string folder) =>
        ModelTest.Run(ModelTestFolder.Find(folder).Single(), s_comparer);

    private static ModelTestResult RunAbs(float[] input, float[] output) =>
        RunAbs(input, TestModels.Floats([output.Length], output));

    private static ModelTestResult RunAbs(float[] input, IMessage output)
    {
        using var directory = new TemporaryDirectory();
        return ModelTest.Run(ModelTestFolder.Find(WriteAbs(directory, "abs", input, output))[0], s_comparer);
    }

    private static string WriteAbs(TemporaryDirectory directory, string name, float[] input, IMessage output) =>
        TestModels.Write(
            directory,
            name,
            TestModels.Model(
                "Abs",
                [TestModels.Tensor("x", OnnxElementType.Float, -1)],
                [TestModels.Tensor("y", OnnxElementType.Float, -1)]),
            [TestModels.Floats([input.Length], input)],
            [output]);
}
