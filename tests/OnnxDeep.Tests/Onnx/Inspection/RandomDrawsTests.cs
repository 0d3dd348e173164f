using Google.Protobuf;

using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Tests.Onnx.Inspection;

public sealed class RandomDrawsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("RandomNormal", true)]
    [InlineData("RandomNormalLike", true)]
    [InlineData("RandomUniform", true)]
    [InlineData("RandomUniformLike", true)]
    [InlineData("Multinomial", true)]
    [InlineData("Bernoulli", true)]
    [InlineData("Relu", false)]
    [InlineData("Dropout", false)]
    public void OperatorsThatDrawAreKnown(string type, bool draws)
    {
        RandomDraws found = Read(new GraphProto { Node = { Models.Node(type, "", "y", "x") } });

        Assert.Equal(draws ? [type] : [], found.Operators);
        Assert.Equal(draws, found.Affect("y"));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, false)]
    [InlineData(null, true)]
    public void DropoutDrawsInTrainingOnly(int? mode, bool draws)
    {
        var graph = new GraphProto { Node = { Models.Node("Dropout", "", "y", "x", "", "mode") } };
        if (mode is int value)
        {
            graph.Initializer.Add(Models.Raw("mode", DataType.Bool, [], (byte)value));
        }

        Assert.Equal(draws, Read(graph).Affect("y"));
    }

    [Fact]
    public void BodiesAndFunctionsAreLookedInto()
    {
        NodeProto choice = Models.Node("If", "", "chosen", "flag");
        choice.Attribute.Add(new AttributeProto
        {
            Name = "then_branch",
            Type = AttributeProto.Types.AttributeType.Graph,
            G = new GraphProto { Node = { Models.Node("RandomUniform", "", "r") } },
        });
        NodeProto call = Models.Node("Noisy", "", "called", "x");
        call.Domain = "local";
        ModelProto model = Models.Wrap(new GraphProto
        {
            Node = { choice, call, Models.Node("Relu", "", "quiet", "x") },
        });
        NodeProto inner = Models.Node("Deeper", "", "b", "a");
        inner.Domain = "local";
        model.Functions.Add(new FunctionProto { Name = "Noisy", Domain = "local", Node = { inner } });
        model.Functions.Add(new FunctionProto
        {
            Name = "Deeper", Domain = "local", Node = { Models.Node("Bernoulli", "", "d", "c"), inner },
        });

        RandomDraws found = Read(model);

        Assert.Equal(["Bernoulli", "RandomUniform"], found.Operators);
        Assert.Equal(
            (true, true, false), (found.Affect("chosen"), found.Affect("called"), found.Affect("quiet")));
    }

    [Fact]
    public void ValuesThatDependOnRandomNumbersAreFollowedInAnyOrder()
    {
        RandomDraws found = Read(new GraphProto
        {
            Node =
            {
                Models.Node("Add", "", "sum", "noise", "x"), Models.Node("Shape", "", "shape", "sum"),
                Models.Node("RandomNormal", "", "noise"), Models.Node("Neg", "", "plain", "x"),
            },
        });

        Assert.True(found.Affect("noise") && found.Affect("sum"));
        Assert.False(found.Affect("shape") || found.Affect("plain"));
    }

    private RandomDraws Read(GraphProto graph) => Read(Models.Wrap(graph));

    private RandomDraws Read(ModelProto model) =>
        RandomDraws.Read(_directory.Write("model.onnx", model.ToByteArray()));
}
