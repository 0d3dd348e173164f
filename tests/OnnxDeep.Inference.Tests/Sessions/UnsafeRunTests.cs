using System.Runtime.InteropServices;

using Google.Protobuf;

using OnnxDeep.Inference;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Values;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Tensors;
using OnnxDeep.Tests.Values;

namespace OnnxDeep.Tests.Sessions;

/// <summary>Without the check, each of these ends the process of the tests.</summary>
public sealed class UnsafeRunTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("Div", 0)]
    [InlineData("Mod", 0)]
    [InlineData("Div", -1)]
    [InlineData("Mod", -1)]
    public void DivisionThatEndsTheProcessIsAnErrorThatNamesNodeAndValue(string operation, int divisor)
    {
        ValueInfoProto[] inputs =
        [
            TestModels.Tensor("a", OnnxElementType.Int32, 1), TestModels.Tensor("b", OnnxElementType.Int32, 1),
        ];
        ModelProto model = TestModels.Model(operation, inputs, [TestModels.Tensor("c", OnnxElementType.Int32, 1)]);
        using OnnxSession session = Open(model);
        var runner = new ModelRunner(session, []);

        ModelException error = Assert.Throws<ModelException>(() => Run(int.MinValue, divisor));

        Assert.Equal(ErrorIds.RunUnsafe, error.ErrorId);
        Assert.Contains($"'{operation}#0' ({operation})", error.Message, StringComparison.Ordinal);
        Assert.Contains($"'b' contains {divisor}", error.Message, StringComparison.Ordinal);
        Assert.Equal(operation == "Div" ? 3 : 1, ((OnnxTensor)Run(7, 2)[0]).GetElement(0));

        IReadOnlyList<OnnxValue> Run(int a, int b) => runner.Run(
            new Dictionary<string, OnnxValue> { ["a"] = Int32(a), ["b"] = Int32(b) },
            TestContext.Current.CancellationToken);
    }

    [Fact]
    public void ConstantsThatEndTheProcessAreFoundBeforeTheRuntimeLoadsThem()
    {
        var model = TestModels.Model(
            "Div",
            [TestModels.Tensor("a", OnnxElementType.Int32, 1), TestModels.Tensor("b", OnnxElementType.Int32, 1)],
            [TestModels.Tensor("c", OnnxElementType.Int32, 1)]);
        model.Graph.Input.Clear();
        foreach ((string name, int number) in new[] { ("a", int.MinValue), ("b", -1) })
        {
            model.Graph.Initializer.Add(new TensorProto
            {
                Name = name, DataType = (int)OnnxElementType.Int32, Dims = { 1 }, Int32Data = { number },
            });
        }

        Assert.Equal(ErrorIds.RunUnsafe, Assert.Throws<ModelException>(() => Open(model)).ErrorId);
    }

    [Fact]
    public void RecurrentLayerWithoutRowsIsAnError()
    {
        ValueInfoProto[] inputs =
        [
            TestModels.Tensor("x", OnnxElementType.Float, 1, 0, 1),
            TestModels.Tensor("w", OnnxElementType.Float, 1, 3, 1),
            TestModels.Tensor("r", OnnxElementType.Float, 1, 3, 1),
        ];
        ModelProto model = TestModels.Model("GRU", inputs, [TestModels.Tensor("y", OnnxElementType.Float, 1, 1, 0, 1)]);
        model.Graph.Node[0].Attribute.Add(new AttributeProto
        {
            Name = "hidden_size", I = 1, Type = AttributeProto.Types.AttributeType.Int,
        });
        using OnnxSession session = Open(model);
        var weights = new OnnxTensor(OnnxElementType.Float, [1, 3, 1], new byte[12]);
        var values = new Dictionary<string, OnnxValue>
        {
            ["x"] = new OnnxTensor(OnnxElementType.Float, [1, 0, 1], Array.Empty<byte>()),
            ["w"] = weights,
            ["r"] = weights,
        };

        ModelException error = Assert.Throws<ModelException>(() => new ModelRunner(session, []).Run(values));

        Assert.Equal(ErrorIds.RunUnsafe, error.ErrorId);
        Assert.Contains("'x' is [1, 0, 1]", error.Message, StringComparison.Ordinal);
    }

    private static OnnxTensor Int32(int number) => new(
        OnnxElementType.Int32, [1], MemoryMarshal.AsBytes<int>([number]).ToArray());

    private OnnxSession Open(ModelProto model) =>
        OnnxSession.Open(_directory.Write("model.onnx", model.ToByteArray()));
}
