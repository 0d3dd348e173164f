using System.Runtime.InteropServices;

using Google.Protobuf;

using OnnxDeep.Inference;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Values;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Tests.Values;

/// <summary>Rows of a model's single input, and a runner's information about its model.</summary>
public sealed class ModelRowsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly List<OnnxSession> _sessions = [];

    public void Dispose()
    {
        _sessions.ForEach(session => session.Dispose());
        _directory.Dispose();
    }

    [Fact]
    public void RowsRunTogetherAndComeOutApart()
    {
        ModelRunner runner = Open(TestModels.Model("Neg", [Floats("x", -1, 2)], [Floats("y", -1, 2)]));

        IReadOnlyList<IReadOnlyList<OnnxValue>> outputs = runner.RunRows("x", [Row(1, 2), Row(3, 4), Row(5, 6)]);

        Assert.Equal(
            [[-1f, -2f], [-3f, -4f], [-5f, -6f]],
            outputs.Select(row => Assert.IsType<float[]>(Assert.Single(row).ToObject())));
    }

    [Fact]
    public void RowsOfAModelThatMixesThemRunOneByOne()
    {
        // The sum over all inputs has one row, whatever their number.
        ModelRunner runner = Open(TestModels.Model("ReduceSum", [Floats("x", -1, 2)], [Floats("y", 1, 1)]));

        IReadOnlyList<IReadOnlyList<OnnxValue>> outputs = runner.RunRows("x", [Row(1, 2), Row(3, 4), Row(5, 6)]);

        Assert.Equal([3f, 7f, 11f], outputs.Select(row => ((TensorArray)Assert.Single(row).ToObject()!)[0, 0]));
    }

    [Fact]
    public void RowsOfAModelWithAnOutputWithoutAxesRunOneByOne()
    {
        ModelProto model = TestModels.Model("ReduceSum", [Floats("x", -1, 2)], [Floats("y")]);
        model.Graph.Node[0].Attribute.Add(
            new AttributeProto { Name = "keepdims", I = 0, Type = AttributeProto.Types.AttributeType.Int });

        IReadOnlyList<IReadOnlyList<OnnxValue>> outputs = Open(model).RunRows("x", [Row(1, 2), Row(3, 4)]);

        Assert.Equal([3f, 7f], outputs.Select(row => Assert.Single(row).ToObject()));
    }

    [Fact]
    public void OneRowOfAModelThatMixesThemIsItsAnswer()
    {
        ModelProto model = TestModels.Model("ReduceSum", [Floats("x", -1, 2)], [Floats("y")]);
        model.Graph.Node[0].Attribute.Add(
            new AttributeProto { Name = "keepdims", I = 0, Type = AttributeProto.Types.AttributeType.Int });

        Assert.Equal(3f, Assert.Single(Assert.Single(Open(model).RunRows("x", [Row(1, 2)]))).ToObject());
    }

    [Fact]
    public void OneOutputWithoutRowsIsEnoughToRunOneByOne()
    {
        ModelProto model = TestModels.Model("Neg", [Floats("x", -1, 2)], [Floats("y", -1, 2)]);
        model.Graph.Node.Add(new NodeProto { OpType = "ReduceSum", Input = { "x" }, Output = { "sum" } });
        model.Graph.Output.Add(Floats("sum", 1, 1));

        IReadOnlyList<IReadOnlyList<OnnxValue>> outputs = Open(model).RunRows("x", [Row(1, 2), Row(3, 4)]);

        Assert.Equal([3f, 7f], outputs.Select(row => ((TensorArray)row[1].ToObject()!)[0, 0]));
    }

    [Fact]
    public void OutputsAreThoseAskedForInTheirOrder()
    {
        ModelProto model = TestModels.Model("Neg", [Floats("x", -1)], [Floats("minus", -1)]);
        model.Graph.Node.Add(new NodeProto { OpType = "Abs", Input = { "x" }, Output = { "size" } });
        model.Graph.Output.Add(Floats("size", -1));

        Assert.Equal(["minus", "size"], Open(model).Outputs);
        ModelRunner turned = Open(model, "size", "minus");
        Assert.Equal(["size", "minus"], turned.Outputs);
        Assert.Equal(["size", "minus"], Open(model, "size", "minus", "size").Outputs);
        Assert.Equal([2f, -2f], Run(turned, 2).Select(value => ((float[])value.ToObject()!)[0]));
        Assert.Equal([2f], Run(Open(model, "size"), 2).Select(value => ((float[])value.ToObject()!)[0]));

        ModelException error = Assert.Throws<ModelException>(() => Open(model, "size", "nosuch", "northis"));
        Assert.Equal(ErrorIds.OutputNameUnknown, error.ErrorId);
        Assert.EndsWith(
            "has no output 'nosuch'. Its outputs are: minus, size.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void InputWithAValueInTheModelNeedNotBeGiven()
    {
        ModelProto model = TestModels.Model("Add", [Floats("x", -1), Floats("more", 1)], [Floats("y", -1)]);
        TensorProto ten = TestModels.Floats([1], 10);
        ten.Name = "more";
        model.Graph.Initializer.Add(ten);
        ModelRunner runner = Open(model);

        Assert.Equal(["x"], runner.Inputs.Select(input => input.Name));
        Assert.Equal(["x", "more"], runner.Signature.Inputs.Select(input => input.Name));
        Assert.Equal([12f], Run(runner, 2).Select(value => ((float[])value.ToObject()!)[0]));
        var both = new Dictionary<string, object?> { ["x"] = new[] { 2f }, ["MORE"] = new[] { 1f } };
        Assert.Equal(3f, ((float[])runner.Run(runner.Bind(both, value => value))[0].ToObject()!)[0]);
    }

    [Fact]
    public void MissingInputsAreNamedAllTogetherBeforeAnyRun()
    {
        ModelRunner runner = Open(TestModels.Model(
            "Sum", [Floats("a", -1), Floats("b", -1), Floats("c", -1, 2)], [Floats("y", -1)]));
        var given = new Dictionary<string, OnnxValue>
        {
            ["b"] = new OnnxTensor(OnnxElementType.Float, [1], new byte[4]),
        };

        ModelException error = Assert.Throws<ModelException>(() => runner.Run(given));

        Assert.Equal(ErrorIds.InputMissing, error.ErrorId);
        Assert.EndsWith(
            "also takes a: float [N]; c: float [N, 2]. Specify a value for each input.",
            error.Message,
            StringComparison.Ordinal);

        // This also precedes the check of the values: this value is not a number.
        error = Assert.Throws<ModelException>(
            () => runner.Bind(new Dictionary<string, object?> { ["b"] = "soup" }, value => value));
        Assert.Equal(ErrorIds.InputMissing, error.ErrorId);
    }

    [Fact]
    public void OptionalInputNeedNotBeGiven()
    {
        ModelRunner runner = Open(TestModels.Model(
            "OptionalHasElement",
            [TestModels.Optional("x", OnnxElementType.Float, -1)],
            [TestModels.Tensor("y", OnnxElementType.Bool)],
            opset: 18));

        Assert.Equal(["x"], runner.Inputs.Select(input => input.Name));
        Assert.Empty(runner.Bind(new Dictionary<string, object?>(), value => value));
    }

    [Fact]
    public void NameInAnotherCaseIsTheInputUnlessOneIsWrittenSo()
    {
        ModelRunner runner = Open(TestModels.Model("Sub", [Floats("x", -1), Floats("X", -1)], [Floats("y", -1)]));
        var values = new Dictionary<string, object?> { ["X"] = new[] { 1f }, ["x"] = new[] { 5f } };

        Assert.Equal(4f, ((float[])runner.Run(runner.Bind(values, value => value))[0].ToObject()!)[0]);
        ModelException error = Assert.Throws<ModelException>(
            () => runner.Bind(new Dictionary<string, object?> { ["z"] = 1 }, value => value));
        Assert.Equal(ErrorIds.InputNameUnknown, error.ErrorId);
        Assert.EndsWith(
            "has no input 'z'. It takes: x: float [N]; X: float [N].", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("takes 'ab' and 'AB', and 'Ab' may be any of them. Specify the names in their own case.", "Ab", "AB")]
    [InlineData("takes 'ab' and 'AB', which differ only in case, and has a value for 'ab' only.", "ab")]
    [InlineData("takes 'AB' and 'ab', which differ only in case, and has a value for 'AB' only.", "AB")]
    public void NameThatMayMeanSeveralInputsIsAnError(string problem, params string[] names)
    {
        ModelRunner runner = Open(TestModels.Model("Sub", [Floats("ab", -1), Floats("AB", -1)], [Floats("y", -1)]));

        ModelException error = Assert.Throws<ModelException>(
            () => runner.Bind(names.ToDictionary(name => name, object? (_) => 5f), value => value));
        Assert.Equal(ErrorIds.InputNameAmbiguous, error.ErrorId);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TwoSpellingsOfOneInputAreAnError()
    {
        ModelRunner runner = Open(TestModels.Model("Neg", [Floats("x", -1)], [Floats("y", -1)]));
        var values = new Dictionary<string, object?> { ["x"] = new[] { 5f }, ["X"] = new[] { 1f } };

        ModelException error = Assert.Throws<ModelException>(() => runner.Bind(values, value => value));
        Assert.Equal(ErrorIds.InputNameAmbiguous, error.ErrorId);
    }

    [Fact]
    public void CancelledRunIsNotTakenForOneThatTookTooLong()
    {
        ModelRunner runner = Open(
            TestModels.Model("Neg", [Floats("x", -1, 2)], [Floats("y", -1, 2)]), TimeSpan.FromHours(1));
        var inputs = new Dictionary<string, OnnxValue> { ["x"] = Row(1, 2) };

        var cancelled = new CancellationToken(canceled: true);
        Assert.Throws<OperationCanceledException>(() => runner.Run(inputs, cancelled));
        Assert.Throws<OperationCanceledException>(() => runner.RunRows("x", [Row(1, 2)], cancelled));
        Assert.Equal([[-1f, -2f]], runner.RunRows("x", [Row(1, 2)]).Select(row => (float[])row[0].ToObject()!));
    }

    [Fact]
    public void TheProcessorTakesABatchOf256Rows() => Assert.Equal(
        256, Open(TestModels.Model("Neg", [Floats("x", -1, 2)], [Floats("y", -1, 2)])).GetBatchRows(Row(1, 2)));

    private ModelRunner Open(ModelProto model, params string[] outputs) => new(OpenSession(model), outputs);

    private ModelRunner Open(ModelProto model, TimeSpan timeout) => new(OpenSession(model), [], timeout);

    private OnnxSession OpenSession(ModelProto model)
    {
        var session = OnnxSession.Open(_directory.Write("model.onnx", model.ToByteArray()));
        _sessions.Add(session);
        return session;
    }

    private static IReadOnlyList<OnnxValue> Run(ModelRunner runner, float value) => runner.Run(
        runner.Bind(new Dictionary<string, object?> { ["x"] = new[] { value } }, item => item));

    private static ValueInfoProto Floats(string name, params long[] shape) =>
        TestModels.Tensor(name, OnnxElementType.Float, shape);

    private static OnnxTensor Row(params float[] values) => new(
        OnnxElementType.Float, [1, values.Length], MemoryMarshal.AsBytes<float>(values).ToArray());
}
