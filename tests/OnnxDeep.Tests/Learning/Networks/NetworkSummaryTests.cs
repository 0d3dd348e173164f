using OnnxDeep.Learning.Networks;

namespace OnnxDeep.Tests.Learning.Networks;

public sealed class NetworkSummaryTests
{
    [Fact]
    public void TableIsKerasOwn()
    {
        var network = Network.Create(300, [new(5, Activation.ReLU), new(1, Activation.Sigmoid)], seed: 1);

        string path = Path.Combine(Repository.Root, "tests", "OnnxDeep.Tests", "Oracles", "keras-summary.txt");
        string expected = File.ReadAllText(path);

        Assert.Equal(expected.ReplaceLineEndings("\n"), NetworkSummary.Format(network));
    }
}
