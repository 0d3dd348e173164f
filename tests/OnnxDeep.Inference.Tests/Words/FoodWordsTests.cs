using System.Globalization;
using Google.Protobuf;

using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Words;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.Words;

/// <summary>Compares the shipped file with the model that it was built from, over the whole vocabulary.</summary>
public sealed class FoodWordsTests
{
    private const int BatchSize = 8192;
    private const float Tolerance = 1e-5f;

    [Fact]
    public void EveryKeyGetsTheAnswerOfTheModel() => AssertSameAnswers(Keys());

    [Fact]
    public void EveryKeyInCapitalsGetsTheAnswerOfTheModel() =>
        AssertSameAnswers(Keys().Select(key => key.ToUpperInvariant()));

    [Fact]
    public void EveryKeyAsATitleGetsTheAnswerOfTheModel() =>
        AssertSameAnswers(Keys().Select(CultureInfo.InvariantCulture.TextInfo.ToTitleCase));

    [Theory]
    [InlineData('-')]
    [InlineData('_')]
    public void EveryTermWithoutItsBlanksGetsTheAnswerOfTheModel(char separator)
    {
        // For a term with hyphens of its own, the file does not contain every mixture.
        string[] spellings =
        [
            .. Keys().Where(key => key.Contains(' ') && !key.Contains('-')).Select(key => key.Replace(' ', separator)),
        ];

        Assert.InRange(spellings.Length, 20_000, 30_000);
        AssertSameAnswers(spellings);
    }

    [Theory]
    [InlineData("«salad»,")]
    [InlineData("  Ice   Cream! ")]
    [InlineData("Ice-cream/")]
    [InlineData("qwxzv zzqqj")]
    [InlineData("the")]
    public void WhatTheGraphCannotDoToASpellingTheClassifierDoes(string word)
    {
        using var folded = WordClassifier.Open(Repository.FoodWordsModel);
        using var whole = WordClassifier.Open(Repository.FoodModel, Repository.DefaultVectors);

        ClassifiedWord expected = Assert.Single(whole.Classify([word]));
        ClassifiedWord actual = Assert.Single(folded.Classify([word]));

        Assert.Equal(expected with { Model = "food-words", Probability = actual.Probability }, actual);
        Assert.Equal(expected.Probability ?? -1, actual.Probability ?? -1, Tolerance);
    }

    [Fact]
    public void TermOfWordsThatIsNoKeyIsTheirMeanAsWithVectors()
    {
        using var food = WordClassifier.Open(Repository.FoodModel, Repository.DefaultVectors);
        using var classifier = WordClassifier.Open(Repository.FoodWordsModel);

        ClassifiedWord[] predictions =
            classifier.Classify(["lentil violin soup", "salad", "qwxzv zzqqj", "salad qwxzv"]);

        ClassifiedWord[] expected = food.Classify([.. predictions.Select(prediction => prediction.Word)]);
        Assert.Equal([true, true, false, true], predictions.Select(prediction => prediction.IsKnown));
        Assert.Equal(expected.Select(word => word.Label), predictions.Select(prediction => prediction.Label));
        Assert.All(predictions.Zip(expected), pair => Assert.Equal(
            pair.Second.Probability ?? double.NaN, pair.First.Probability ?? double.NaN, Tolerance));
    }

    [Fact]
    public void TermIsUnknownToAModelWithoutRowsOfItsWords()
    {
        using var directory = new TemporaryDirectory();
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Repository.FoodWordsModel));
        NodeProto rows = model.Graph.Node.First(node => node.OpType == "Gather");
        model.Graph.Node.Insert(0, new NodeProto
        {
            OpType = "Identity", Input = { rows.Input[0] }, Output = { "copy" },
        });
        rows.Input[0] = "copy";
        using var classifier = WordClassifier.Open(directory.Write("other.onnx", model.ToByteArray()));

        Assert.Equal(
            [true, false],
            classifier.Classify(["salad", "lentil violin soup"]).Select(prediction => prediction.IsKnown));
    }

    [Fact]
    public void FileIsSmallAndSaysWhatItIs()
    {
        Assert.InRange(new FileInfo(Repository.FoodWordsModel).Length, 1, 4_000_000);
        using var session = OnnxSession.Open(Repository.FoodWordsModel);

        Assert.Equal(["word: String [N]"], session.Inputs.Select(input => input.ToString()));
        Assert.Equal(
            ["probability: Single [N, 1]", "label: String [N]", "is_known: Boolean [N]"],
            session.Outputs.Select(output => output.ToString()));
        var metadata = ModelMetadata.FromProperties(session.GetProperties());
        var food = ModelMetadata.FromProperties(OnnxModelFile.Load(Repository.FoodModel).Properties);
        Assert.Equal(food.Labels, metadata.Labels);
        Assert.Equal(food.Training, metadata.Training);
        Assert.Equal((food.Task, food.Threshold, food.Seed), (metadata.Task, metadata.Threshold, metadata.Seed));
        Assert.Equal(food.VectorsContentSha256, metadata.VectorsContentSha256);
        Assert.Equal("99539", metadata.Folded["keys"]);
        Assert.Contains("Princeton", metadata.Folded["license"], StringComparison.Ordinal);
        Assert.Empty(food.Folded);
    }

    // Any other locale may be missing from a machine, and then the session cannot be created.
    [Fact]
    public void OnlyTheLocaleThatEveryMachineHasIsAskedFor()
    {
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Repository.FoodWordsModel));

        NodeProto normalizer = Assert.Single(model.Graph.Node, node => node.OpType == "StringNormalizer");
        Assert.Equal(
            "C", Assert.Single(normalizer.Attribute, attribute => attribute.Name == "locale").S.ToStringUtf8());
    }

    private static IEnumerable<string> Keys()
    {
        using var table = WordVectorTable.Open(Repository.DefaultVectors);
        return [.. Enumerable.Range(0, table.KeyCount).Select(table.GetKey)];
    }

    // The file's own outputs, without the classifier's spelling changes.
    private static void AssertSameAnswers(IEnumerable<string> words)
    {
        using var session = OnnxSession.Open(Repository.FoodWordsModel);
        using var whole = WordClassifier.Open(Repository.FoodModel, Repository.DefaultVectors);
        float largest = 0;
        foreach (string[] batch in words.Chunk(BatchSize))
        {
            using SessionOutputs outputs = session.Run(OnnxNames.Word, batch, ["probability", "label", "is_known"]);
            ReadOnlySpan<float> probabilities = outputs.GetFloats("probability");
            Assert.Equal(-1, outputs.GetBooleans("is_known").IndexOf(false));
            ClassifiedWord[] expected = whole.Classify(batch);
            Assert.Equal(expected.Select(prediction => prediction.Label), outputs.GetStrings("label"));
            for (int i = 0; i < batch.Length; i++)
            {
                float difference = Math.Abs(probabilities[i] - expected[i].SecondProbability!.Value);
                largest = difference <= largest ? largest : difference;
            }
        }

        Assert.InRange(largest, 0, Tolerance);
    }
}
