using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

using OnnxDeep.Inference;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Words;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.EarlierVersions;

/// <summary>
/// Files that v0.3 wrote can still be opened and give the same results. The files in tests/data/v0.3 are never
/// regenerated.
/// </summary>
public sealed class Version03Tests
{
    private const float Tolerance = 1e-6f;

    [Theory]
    [InlineData("food")]
    [InlineData("two-classes")]
    [InlineData("three-classes")]
    [InlineData("own")]
    [InlineData("two-classes-words")]
    [InlineData("own-words")]
    public void WordModelAnswersAsItDid(string name)
    {
        JsonElement said = Version03.Said("models", name);
        using WordClassifier classifier = Open(name, said);
        JsonElement[] answers = [.. said.GetProperty("answers").EnumerateArray()];

        ClassifiedWord[] words = classifier.Classify([.. answers.Select(answer => answer.Text("word"))]);

        Assert.Equal(7, answers.Length);
        foreach ((JsonElement answer, ClassifiedWord word) in answers.Zip(words))
        {
            Assert.Equal(
                (answer.Text("label"), answer.Flag("known"), answer.Flag("subword")),
                (word.Label, word.IsKnown, word.IsSubword));
            float[] expected = answer.GetProperty("scores").Floats();
            OrderedDictionary<string, float> scores = word.Scores ?? [];
            Assert.Equal(expected.Length > 0 ? classifier.Labels : [], scores.Keys);
            Assert.All(expected.Zip(scores.Values), pair => Assert.Equal(pair.First, pair.Second, Tolerance));
        }
    }

    [Fact]
    public void NumberModelAnswersAsItDid()
    {
        float[][] rows =
            [.. Version03.Said("models", "numbers").GetProperty("rows").EnumerateArray().Select(row => row.Floats())];
        using var session = OnnxSession.Open(Version03.Model("numbers"));
        float[] probabilities = new float[rows.Length];

        session.Run("features", rows.SelectMany(row => row[..2]).ToArray(), "probability", probabilities, rows.Length);

        Assert.Equal(6, rows.Length);
        Assert.All(rows.Zip(probabilities), pair => Assert.Equal(pair.First[2], pair.Second, Tolerance));
    }

    [Theory]
    [InlineData("food", 2)]
    [InlineData("two-classes", 2)]
    [InlineData("three-classes", 3)]
    [InlineData("own", 2)]
    [InlineData("numbers", 2)]
    public void WeightsAreWhatTheyWere(string name, int count)
    {
        IReadOnlyList<DenseLayerInfo> layers = OnnxModelFile.Load(Version03.Model(name)).GetDenseLayers();

        Assert.Equal(count, layers.Count);
        Assert.Equal(
            Version03.Said("models", name).GetProperty("weights").EnumerateArray().Select(digest => digest.GetString()),
            layers.Select(layer => Version03.Digest([.. layer.Weights.Cast<float>(), .. layer.Biases!])));
    }

    [Theory]
    [InlineData("food", "not food,food", 42)]
    [InlineData("two-classes", "thing,food", 3)]
    [InlineData("three-classes", "animal,food,thing", 3)]
    [InlineData("own", "thing,food", 3)]
    [InlineData("numbers", "no,yes", 3)]
    [InlineData("two-classes-words", "thing,food", 3)]
    [InlineData("own-words", "thing,food", 3)]
    public void MetadataAreWhatTheyWere(string name, string labels, int seed)
    {
        JsonElement said = Version03.Said("models", name).GetProperty("properties");

        IReadOnlyDictionary<string, string> properties = OnnxModelFile.Load(Version03.Model(name)).Properties;

        Assert.Equal(
            said.EnumerateObject().ToDictionary(property => property.Name, property => property.Value.GetString()!),
            properties);
        var metadata = ModelMetadata.FromProperties(properties);
        Assert.Equal(labels.Split(','), metadata.Labels);
        Assert.Equal((0.5f, (ulong)seed), (metadata.Threshold, metadata.Seed));
        Assert.Equal(said.Text("task"), metadata.Task);
        Assert.Equal("Adam", metadata.Training["optimizer"]);
        Assert.True(metadata.Metrics.ContainsKey("accuracy"));
        Assert.Equal(name == "numbers", metadata.VectorsContentSha256 is null);
        Assert.Equal(name.EndsWith("-words", StringComparison.Ordinal), metadata.Folded.ContainsKey("keys"));
    }

    [Theory]
    [InlineData("small", 2)]
    [InlineData("small-int8", 2)]
    [InlineData("ngrams", 4)]
    [InlineData("ngrams-int8", 4)]
    [InlineData("excerpt", 1)]
    public void TableHasTheWordsAndVectorsThatItHad(string name, int words)
    {
        JsonElement said = Version03.Said("tables", name);

        using var table = WordVectorTable.Open(Version03.Table(name));

        Assert.Equal(name, table.Name);
        Assert.Equal((said.Number("keys"), said.Number("rows")), (table.KeyCount, table.RowCount));
        Assert.Equal((said.Number("dimensions"), said.Number("ngrams")), (table.Dimensions, table.NgramCount));
        Assert.Equal(
            (said.Text("type"), said.Text("source"), said.Text("content")),
            (table.ElementType.ToString(), table.Source, table.ContentSha256));
        string[] keys = [.. Enumerable.Range(0, table.KeyCount).Select(table.GetKey)];
        byte[] keyDigest = SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', keys)));
        Assert.Equal(said.Text("keyDigest"), Convert.ToHexStringLower(keyDigest));
        float[] vectors = [.. keys.SelectMany(key => Vector(table, key, isKey: true))];
        Assert.Equal(said.Text("vectorDigest"), Version03.Digest(vectors));
        JsonProperty[] known = [.. said.GetProperty("words").EnumerateObject()];
        Assert.Equal(words, known.Length);
        Assert.All(known, word => Assert.Equal(
            word.Value.GetProperty("vector").Floats(),
            Vector(table, word.Name, word.Value.Flag("known"))));
    }

    [Fact]
    public void ModelFindsTheTableThatItWasTrainedOnAndRefusesOthers()
    {
        var store = new VectorStore(Repository.Models, () => Version03.Vectors);
        var metadata = ModelMetadata.FromProperties(OnnxModelFile.Load(Version03.Model("own")).Properties);

        Assert.Equal("ngrams", metadata.VectorsName);
        Assert.Equal(Version03.Table("ngrams"), store.Resolve("ngrams"));
        Assert.Equal(Version03.Table("ngrams"), store.FindByContent(metadata.VectorsContentSha256!));
        Assert.Equal(ErrorIds.VectorsMismatch, Assert.Throws<ModelException>(
            () => WordClassifier.Open(Version03.Model("own"), Version03.Table("small"))).ErrorId);
    }

    // The excerpt of the shipped table has a different hash from the complete table.
    private static WordClassifier Open(string name, JsonElement said)
    {
        if (!said.TryGetProperty("vectors", out JsonElement table))
        {
            return WordClassifier.Open(Version03.Model(name));
        }

        string vectors = table.GetString()!;
        return WordClassifier.Open(Version03.Model(name), Version03.Table(vectors), vectors == "excerpt");
    }

    private static float[] Vector(WordVectorTable table, string word, bool isKey)
    {
        float[] vector = new float[table.Dimensions];
        Assert.Equal(isKey, table.TryGetRow(word, out int row));
        if (isKey)
        {
            table.CopyVector(row, vector);
        }
        else
        {
            Assert.True(table.TryGetSubwordVector(word, vector));
        }

        return vector;
    }
}
