using CommunityToolkit.HighPerformance;

using Google.Protobuf;

using OnnxDeep.Learning.Networks;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Tests.Onnx.Networks;

public sealed class NetworkReaderTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void ExportedNetworkIsReadBackAsItWas()
    {
        foreach (Activation activation in Enum.GetValues<Activation>())
        {
            var network = Network.Create(
                4, [new(5, activation), new(3, Activation.Linear), new(2, activation)], seed: 7);

            Network<float> read = Read(OnnxExporter.Export(network));

            Assert.Equal(network.Layers.Select(layer => layer.Name), read.Layers.Select(layer => layer.Name));
            Assert.Equal(
                network.Layers.Select(layer => layer.Activation), read.Layers.Select(layer => layer.Activation));
            foreach ((DenseLayer<float> expected, DenseLayer<float> actual) in network.Layers.Zip(read.Layers))
            {
                Assert.Equal(expected.Weights.ToArray(), actual.Weights.ToArray());
                Assert.Equal(expected.Biases.ToArray(), actual.Biases.ToArray());
            }
        }
    }

    [Fact]
    public void MatMulAndAddAreALayer()
    {
        Network<float> read = Read(Change(graph =>
        {
            NodeProto gemm = graph.Node[0];
            gemm.OpType = "MatMul";
            string biases = gemm.Input[2];
            gemm.Input.RemoveAt(2);
            string sum = gemm.Output[0];
            gemm.Output[0] = "product";
            graph.Node.Insert(1, new NodeProto { OpType = "Add", Input = { biases, "product" }, Output = { sum } });
        }));

        Assert.Equal(s_network.Layers[0].Biases.ToArray(), read.Layers[0].Biases.ToArray());
        Assert.Equal(Activation.ReLU, read.Layers[0].Activation);
        Assert.Equal(2, read.Layers.Count);
    }

    [Fact]
    public void LayerWithoutBiasesHasNoneAndKeepsItSo()
    {
        Network<float> read = Read(Change(graph => graph.Node[0].Input.RemoveAt(2)));

        Assert.Equal([false, true], read.Layers.Select(layer => layer.HasBiases));
        Assert.Equal(new float[read.Layers[0].Units], read.Layers[0].Biases.ToArray());
        Assert.Equal(read.Layers[0].Weights.Length, read.Layers[0].ParameterCount);
        Network<float> again = Read(OnnxExporter.Export(read));
        Assert.Equal([false, true], again.Layers.Select(layer => layer.HasBiases));
        Assert.Equal(read.ParameterCount, again.Widen().ParameterCount);
    }

    [Fact]
    public void IdentityAndDropoutChangeNothing()
    {
        Network<float> read = Read(Change(graph =>
        {
            graph.Node[0].Input[0] = "same";
            graph.Node.Add(new NodeProto { OpType = "Identity", Input = { "features" }, Output = { "dropped" } });
            graph.Node.Add(new NodeProto { OpType = "Dropout", Input = { "dropped" }, Output = { "same", "mask" } });
        }));

        Assert.Equal(2, read.Layers.Count);
    }

    [Fact]
    public void LayersThatShareWeightsGetNamesOfTheirOwn()
    {
        var square = Network.Create(2, [new(2, Activation.Tanh), new(2, Activation.Tanh)], seed: 1);
        var model = ModelProto.Parser.ParseFrom(OnnxExporter.Export(square));
        NodeProto[] gemms = [.. model.Graph.Node.Where(node => node.OpType == "Gemm")];
        foreach (NodeProto gemm in gemms)
        {
            gemm.ClearName();
            gemm.Input[1] = gemms[0].Input[1];
        }

        Network<float> read = Read(model.ToByteArray());

        Assert.Equal(2, read.Layers.Select(layer => layer.Name).Distinct().Count());
        Assert.Equal(read.Layers[0].Weights.ToArray(), read.Layers[1].Weights.ToArray());
    }

    [Theory]
    [InlineData("LeakyRelu", "LeakyRelu")]
    [InlineData("second input", "2 inputs")]
    [InlineData("second output", "2 outputs")]
    [InlineData("branch", "several nodes")]
    [InlineData("dead end", "nothing takes")]
    [InlineData("softmax over rows", "Softmax")]
    [InlineData("transposed input", "Gemm")]
    [InlineData("computed biases", "biases")]
    [InlineData("added input", "Add")]
    [InlineData("no layers", "no layers")]
    [InlineData("cycle", "cycle")]
    [InlineData("layers that do not fit", "takes 4 inputs")]
    public void WhatANetworkCannotComputeIsRefused(string what, string part)
    {
        byte[] bytes = Change(graph =>
        {
            NodeProto relu = graph.Node[1];
            switch (what)
            {
                case "second input": graph.Input.Add(new ValueInfoProto { Name = "other" }); break;
                case "second output": graph.Output.Add(new ValueInfoProto { Name = relu.Output[0] }); break;
                case "branch":
                    graph.Node.Add(
                        new NodeProto { OpType = "Neg", Input = { relu.Output[0] }, Output = { "minus" } });
                    break;
                case "dead end": graph.Output[0].Name = "nowhere"; break;
                case "softmax over rows":
                    relu.OpType = "Softmax";
                    relu.Attribute.Add(new AttributeProto { Name = "axis", I = 0 });
                    break;
                case "transposed input":
                    graph.Node[0].Attribute.Add(new AttributeProto { Name = "transA", I = 1 });
                    break;
                case "computed biases": graph.Node[0].Input[2] = "computed"; break;
                case "added input":
                    graph.Node[0].OpType = "MatMul";
                    graph.Node[0].Input.RemoveAt(2);
                    relu.OpType = "Add";
                    relu.Input.Add("computed");
                    break;
                case "no layers":
                    graph.Node.Clear();
                    graph.Node.Add(
                        new NodeProto { OpType = "Identity", Input = { "features" }, Output = { "probability" } });
                    break;
                case "cycle":
                    graph.Node[0] = new NodeProto
                    {
                        OpType = "Identity", Input = { "features" }, Output = { relu.Input[0] },
                    };
                    relu.OpType = "Identity";
                    relu.Output[0] = "features";
                    break;
                case "layers that do not fit":
                    graph.Node[2].Input[1] = graph.Node[0].Input[1];
                    graph.Node[2].Input[2] = graph.Node[0].Input[2];
                    break;
                default: relu.OpType = what; break;
            }
        });

        FileFormatException error = Assert.Throws<FileFormatException>(() => Read(bytes));
        Assert.Equal(ErrorIds.ModelNotDense, error.ErrorId);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
        Assert.Contains("network.onnx", error.Message, StringComparison.Ordinal);
    }

    private static readonly Network<float> s_network = Network.Create(
        4, [new(3, Activation.ReLU), new(1, Activation.Sigmoid)], seed: 3);

    private static byte[] Change(Action<GraphProto> change)
    {
        var model = ModelProto.Parser.ParseFrom(OnnxExporter.Export(s_network));
        change(model.Graph);
        return model.ToByteArray();
    }

    private Network<float> Read(byte[] bytes) =>
        OnnxModelFile.Load(_directory.Write("network.onnx", bytes)).GetNetwork();
}
