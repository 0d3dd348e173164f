using OnnxDeep.Learning.Networks;
using OnnxDeep.Tests.Oracles;

namespace OnnxDeep.Tests.Learning.Networks;

public sealed class ForwardTraceTests
{
    [Fact]
    public void NotebooksCellPrintsTheSameNumbers() => Assert.All(
        OracleFile.Read("numpy.jsonl").Where(c => c.Find("seed") is not null), c =>
        {
            (Network<double> network, double[] inputs) = NotebookNetwork.Draw(c.GetProperty("seed").GetUInt32());
            var trace = ForwardTrace.Run(network, inputs);
            string text = TraceText.Format(trace);

            Assert.Equal(c.GetProperty("z")[0].GetDouble(), trace.Steps[1].Z[0], 1e-13);
            Assert.Equal(c.GetProperty("output")[0].GetDouble(), trace.Outputs[0], 1e-14);
            Assert.Equal(c.GetProperty("class").GetInt32(), trace.Class);
            int place = 0;
            foreach (string array in c.GetProperty("text").Strings())
            {
                int found = text.IndexOf("\n\n " + array + "\n\n", place, StringComparison.Ordinal);
                Assert.True(found >= 0, $"{array} is not in {text[place..]}");
                place = found + array.Length;
            }

            Assert.EndsWith($"The predicted class is {trace.Class}\n", text, StringComparison.Ordinal);
            Assert.All(text.Split('\n'), line => Assert.InRange(line.Length, 0, 79));
        });

    [Theory]
    [InlineData(Activation.Linear)]
    [InlineData(Activation.Sigmoid)]
    [InlineData(Activation.ReLU)]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Softmax)]
    public void TraceIsTheForwardPassOfTheNetworkThatTrains(Activation activation)
    {
        var network = Network.Create(13, [new(11, activation), new(9, Activation.Tanh), new(4, activation)], seed: 8);
        float[,] row = new float[1, 13];
        double[] inputs = new double[13];
        for (int i = 0; i < inputs.Length; i++)
        {
            inputs[i] = row[0, i] = (i % 5) - 1.5f;
        }

        float[,] expected = network.Forward(row);
        var trace = ForwardTrace.Run(network.Widen(), inputs);

        Assert.All(trace.Outputs.Index(), output => Assert.Equal(expected[0, output.Index], output.Item, 2e-6));
        ForwardStep first = trace.Steps[0];
        for (int u = 0; u < 11; u++)
        {
            double sum = first.Layer.Biases[u];
            for (int i = 0; i < 13; i++)
            {
                sum += first.WeightedInputs[i, u];
            }

            Assert.Equal(sum, first.Z[u], 1e-14);
        }
    }

    [Fact]
    public void OtherShapesAreToldLayerByLayerAndLongArraysShortened()
    {
        var network = Network.Create(150, [new(2, Activation.ReLU), new(3, Activation.Softmax)], seed: 1);
        var trace = ForwardTrace.Run(network.Widen(), new double[150]);

        string text = TraceText.Format(trace, "cat");

        Assert.Contains("layer 'dense_1'", text, StringComparison.Ordinal);
        Assert.Contains("(Softmax)", text, StringComparison.Ordinal);
        Assert.Contains("...", text, StringComparison.Ordinal);
        Assert.EndsWith("The predicted class is cat\n", text, StringComparison.Ordinal);
    }

    [Fact]
    public void LayersAndInputsMustFit()
    {
        var first = new DenseLayer<double>("a", new double[2, 3], new double[3], Activation.Tanh);
        var second = new DenseLayer<double>("b", new double[2, 1], new double[1], Activation.Tanh);

        Assert.Throws<ArgumentException>(() => new Network<double>([first, second]));
        Assert.Throws<ArgumentException>(() => new Network<double>([]));
        Assert.Throws<ArgumentException>(
            () => new DenseLayer<double>("a", new double[2, 3], new double[2], Activation.Tanh));
        Assert.Throws<ArgumentException>(() => ForwardTrace.Run(new Network<double>([first]), [1]));
    }
}
