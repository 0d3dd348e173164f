using CommunityToolkit.HighPerformance;

using OnnxDeep.Inference.Sessions;
using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Numerics;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Words.Export;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.Words;

public sealed class WordModelExporterTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData(Activation.Linear)]
    [InlineData(Activation.Sigmoid)]
    [InlineData(Activation.ReLU)]
    [InlineData(Activation.Tanh)]
    [InlineData(Activation.Softmax)]
    public void NetworksOfAnyDepthAndActivationGiveTheirOwnAnswers(Activation activation)
    {
        for (int depth = 0; depth < 4; depth++)
        {
            foreach (int units in new[] { 1, 4 })
            {
                var network = Network.Create(
                    8,
                    [.. Enumerable.Repeat(new Dense(6, activation), depth), new(units, activation)],
                    seed: 5);

                Assert.InRange(LargestDifference(network), 0, 1e-5f);
            }
        }
    }

    [Fact]
    public void SeveralUnitsNameTheLargest()
    {
        var network = Network.Create(2, [new(3, Activation.Softmax)], seed: 2);
        using WordVectorTable table = CreateTable(["a", "b", "c"], dimensions: 2);
        float[,] expected = network.Forward(Vectors(table));

        (float[] probabilities, string[] labels, bool[] isKnown) = Run(
            Export(network, table, new ModelMetadata { Labels = ["fruit", "fish", "tool"] }), "a", "b", "c", "d");

        string[] names = ["fruit", "fish", "tool"];
        Assert.Equal(
            [
                .. Enumerable.Range(0, 3).Select(row => names[Classes.FromOutputs(expected.GetRowSpan(row))]),
                "unknown",
            ],
            labels);
        Assert.Equal([true, true, true, false], isKnown);
        Assert.All(probabilities[9..], value => Assert.True(float.IsNaN(value)));
    }

    [Fact]
    public void LabelsThatDoNotFitTheOutputsAreNumbers()
    {
        var network = Network.Create(2, [new(3, Activation.Softmax)], seed: 2);
        using WordVectorTable table = CreateTable(["a"], dimensions: 2);

        (_, string[] labels, _) = Run(Export(network, table, new ModelMetadata { Labels = ["yes", "no"] }), "a");

        Assert.Contains(Assert.Single(labels), (string[])["0", "1", "2"]);
    }

    [Theory]
    [InlineData(0f, "1")]
    [InlineData(1f, "0")]
    public void OneUnitIsComparedWithTheModelsThreshold(float threshold, string label)
    {
        var network = Network.Create(2, [new(1, Activation.Sigmoid)], seed: 2);
        using WordVectorTable table = CreateTable(["a"], dimensions: 2);

        (_, string[] labels, _) = Run(Export(network, table, new ModelMetadata { Threshold = threshold }), "a", "b");

        Assert.Equal([label, "unknown"], labels);
    }

    [Fact]
    public void WordAsItIsWrittenGoesBeforeItsLowerCase()
    {
        (float[] own, _, bool[] isKnown) = Ask(["Apple", "apple", "NATO"], "Apple", "apple", "APPLE", "NATO", "nato");

        Assert.Equal([true, true, true, true, false], isKnown);
        Assert.NotEqual(own[0], own[1]);
        Assert.Equal(own[1], own[2]);
    }

    [Fact]
    public void LettersBeyondAsciiAreKnownInCapitalsAndAsTitles()
    {
        (float[] own, _, bool[] isKnown) = Ask(
            ["crème brûlée", "éclair", "борщ"],
            "crème brûlée", "Crème Brûlée", "CRÈME BRÛLÉE", "CRÈME-BRÛLÉE",
            "éclair", "Éclair", "ÉCLAIR", "борщ", "Борщ", "БОРЩ", "ÉCL");

        Assert.Equal([.. Enumerable.Repeat(true, 10), false], isKnown);
        Assert.All(own[1..4], value => Assert.Equal(own[0], value));
        Assert.All(own[5..7], value => Assert.Equal(own[4], value));
        Assert.All(own[8..10], value => Assert.Equal(own[7], value));
    }

    [Fact]
    public void TermsAreKnownWithBlanksHyphensAndUnderscores()
    {
        (float[] own, _, bool[] isKnown) = Ask(
            ["ice cream", "soy_sauce", "e-mail", "hot dog", "hot-dog"],
            "ice cream", "Ice-Cream", "ice_cream", "soy_sauce", "soy sauce", "SOY-SAUCE",
            "e-mail", "e mail", "hot dog", "hot-dog", "hot_dog");

        Assert.Equal([true, true, true, true, true, true, true, false, true, true, true], isKnown);
        Assert.All(own[1..3], value => Assert.Equal(own[0], value));
        Assert.All(own[4..6], value => Assert.Equal(own[3], value));
        Assert.NotEqual(own[8], own[9]);
        Assert.Equal(own[8], own[10]);
    }

    [Fact]
    public void OnlyTheMostCommonKeysAreKept()
    {
        var network = Network.Create(4, [new(1, Activation.Sigmoid)], seed: 2);
        using WordVectorTable table = CreateTable(["one", "two words", "three"], dimensions: 4);
        string path = _directory.File("few.onnx");

        WordModelExport export = WordModelExporter.Write(path, network, table, keys: 2);

        Assert.Equal(new WordModelExport(path, Keys: 2, Spellings: 2, Rows: 2, new FileInfo(path).Length), export);
        (_, _, bool[] isKnown) = Run(path, "one", "two-words", "three");
        Assert.Equal([true, true, false], isKnown);
    }

    [Fact]
    public void EqualInputsGiveEqualBytes()
    {
        var network = Network.Create(4, [new(3, Activation.Tanh), new(1, Activation.Sigmoid)], seed: 2);
        using WordVectorTable table = CreateTable(["one", "two", "three"], dimensions: 4);

        Assert.Equal(File.ReadAllBytes(Export(network, table)), File.ReadAllBytes(Export(network, table)));
    }

    [Fact]
    public void TablesNameAndHashReplaceTheModelsOwn()
    {
        var network = Network.Create(4, [new(1, Activation.Sigmoid)], seed: 2);
        using WordVectorTable table = CreateTable(["one"], dimensions: 4);

        string path = Export(
            network,
            table,
            new ModelMetadata { VectorsName = "other", VectorsSha256 = "aa", VectorsContentSha256 = "bb" });

        var metadata = ModelMetadata.FromProperties(OnnxModelFile.Load(path).Properties);
        Assert.Equal(
            (table.Name, null, table.ContentSha256),
            (metadata.VectorsName, metadata.VectorsSha256, metadata.VectorsContentSha256));
    }

    [Fact]
    public void NetworkOfOtherInputsIsRefused()
    {
        using WordVectorTable table = CreateTable(["one"], dimensions: 4);

        Assert.Throws<ArgumentException>(() => Export(Network.Create(3, [new(1, Activation.Sigmoid)], seed: 1), table));
    }

    [Fact]
    public void FileLargerThanOnnxAllowsIsRefusedBeforeItIsMade()
    {
        string[] keys = [.. Enumerable.Range(0, 60_000).Select(number => $"w{number}")];
        using WordVectorTable table = CreateTable(keys, dimensions: 1);

        OnnxDeepException error = Assert.Throws<OnnxDeepException>(
            () => Export(
                Network.Create(1, [new(10_000, Activation.ReLU), new(1, Activation.Sigmoid)], seed: 1), table));
        Assert.Equal(ErrorIds.WordModelTooLarge, error.ErrorId);
        Assert.Contains("Keep only the most common words", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void TableWithoutWordsIsRefused()
    {
        using WordVectorTable table = CreateTable([], dimensions: 4);

        OnnxDeepException error = Assert.Throws<OnnxDeepException>(
            () => Export(Network.Create(4, [new(1, Activation.Sigmoid)], seed: 1), table));
        Assert.Equal(ErrorIds.VectorsHaveNoKeys, error.ErrorId);
    }

    [Fact]
    public void CancelledTokenLeavesNoFile()
    {
        using WordVectorTable table = CreateTable(["one"], dimensions: 4);

        Assert.Throws<OperationCanceledException>(() => WordModelExporter.Write(
            _directory.File("never.onnx"),
            Network.Create(4, [new(1, Activation.Sigmoid)], seed: 1),
            table,
            cancellationToken: new CancellationToken(true)));
        Assert.False(File.Exists(_directory.File("never.onnx")));
    }

    private static (float[] Probabilities, string[] Labels, bool[] IsKnown) Run(string path, params string[] words)
    {
        using var session = OnnxSession.Open(path);
        using SessionOutputs outputs = session.Run("word", words, ["probability", "label", "is_known"]);
        return (
            outputs.GetFloats("probability").ToArray(),
            outputs.GetStrings("label"),
            outputs.GetBooleans("is_known").ToArray());
    }

    private static float[,] Vectors(WordVectorTable table)
    {
        float[,] vectors = new float[table.KeyCount, table.Dimensions];
        for (int i = 0; i < table.KeyCount; i++)
        {
            table.CopyVector(table.GetKeyRow(i), vectors.GetRowSpan(i));
        }

        return vectors;
    }

    private (float[] Probabilities, string[] Labels, bool[] IsKnown) Ask(string[] keys, params string[] words)
    {
        using WordVectorTable table = CreateTable(keys, dimensions: 4);
        return Run(Export(Network.Create(4, [new(1, Activation.Sigmoid)], seed: 2), table), words);
    }

    private float LargestDifference(Network<float> network)
    {
        string[] keys = [.. Enumerable.Range(0, 50).Select(number => $"w{number}")];
        using WordVectorTable table = CreateTable(keys, network.Inputs);
        float[,] expected = network.Forward(Vectors(table));

        (float[] actual, _, _) = Run(Export(network, table), keys);

        return expected.Cast<float>().Zip(actual, (e, a) => Math.Abs(e - a)).Max();
    }

    private string Export(Network<float> network, WordVectorTable table, ModelMetadata? metadata = null)
    {
        string path = _directory.File($"{Guid.NewGuid():N}.onnx");
        WordModelExporter.Write(path, network, table, metadata);
        return path;
    }

    private WordVectorTable CreateTable(string[] keys, int dimensions)
    {
        var random = new DeterministicRandom(11);
        float[,] rows = new float[keys.Length, dimensions];
        foreach (ref float value in rows.AsSpan())
        {
            value = random.NextSingle(-1, 1);
        }

        string path = _directory.File($"{Guid.NewGuid():N}.safetensors");
        WordVectorTableWriter.Write(
            path,
            keys,
            [.. Enumerable.Range(0, keys.Length)],
            rows,
            VectorElementType.Float32,
            new Dictionary<string, string>());
        return WordVectorTable.Open(path);
    }
}
