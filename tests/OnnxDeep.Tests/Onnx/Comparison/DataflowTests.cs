using Google.Protobuf;

using OnnxDeep.Onnx.Comparison;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Tests.Onnx.Inspection;

namespace OnnxDeep.Tests.Onnx.Comparison;

public sealed class DataflowTests
{
    [Fact]
    public void ValuesComeBehindWhatTheyAreMadeOfAndBodiesCount()
    {
        ModelProto model = Models.Rich();

        // The specification does not allow this order, but it occurs in files.
        (model.Graph.Node[0], model.Graph.Node[3]) = (model.Graph.Node[3], model.Graph.Node[0]);
        using var directory = new TemporaryDirectory();

        var flow = Dataflow.Read(directory.Write("a.onnx", model.ToByteArray()));

        Assert.Equal(["z", "h", "y", "t"], flow.Values);
        Assert.Equal(["z", "h", "y"], flow.GetAncestors("t").OrderBy(flow.Values.ToList().IndexOf));
        Assert.Equal(["y"], flow.GetAncestors("t", _ => true));
        Assert.Empty(flow.GetAncestors("x"));
        Assert.True(flow.TryGetProducer("y", out Dataflow.Node? choice));
        Assert.Equal(("choose", "If"), (choice.Name, choice.Operator));
        Assert.Equal(["flag", "h"], choice.Inputs);
        Assert.False(flow.TryGetProducer("w", out _));
    }
}
