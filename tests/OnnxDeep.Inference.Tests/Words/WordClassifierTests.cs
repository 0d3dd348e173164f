using Google.Protobuf;

using OnnxDeep.Inference;
using OnnxDeep.Inference.Words;
using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Rows;
using OnnxDeep.Words.Export;
using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.Words;

public sealed class WordClassifierTests
{
    [Fact]
    public void EverydayWordsItNeverSawAreClassifiedRightly()
    {
        (string Word, string Label)[] truth = ReadEverydayWords();
        Assert.Equal(150, truth.Count(row => row.Label == "food"));
        Assert.Equal(300, truth.Select(row => row.Word).Distinct().Count());
        Assert.Empty(truth.Select(row => row.Word).Intersect(FoodWords.All));
        using var classifier = WordClassifier.Open(Repository.FoodModel, Repository.DefaultVectors);

        ClassifiedWord[] predictions = classifier.Classify([.. truth.Select(row => row.Word)]);

        string[] wrong =
        [
            .. truth.Zip(predictions)
                .Where(pair => pair.First.Label != pair.Second.Label)
                .Select(pair => pair.First.Word),
        ];
        Assert.True(wrong.Length <= 15, $"{wrong.Length} of 300 wrong: {string.Join(", ", wrong)}");
    }

    [Fact]
    public void BatchGivesWhatSingleWordsGive()
    {
        string[] words = [.. FoodWords.All];
        using var classifier = WordClassifier.Open(Repository.FoodModel, Repository.DefaultVectors);

        ClassifiedWord[] batch = classifier.Classify(words);

        foreach ((string word, ClassifiedWord prediction) in words.Zip(batch))
        {
            ClassifiedWord single = Assert.Single(classifier.Classify([word]));
            Assert.Equal(single.Probability!.Value, prediction.Probability!.Value, 1e-6f);
            Assert.Equal(single.Label, prediction.Label);
        }
    }

    [Fact]
    public void WordHasTheSameAnswerBesideAnyOthers()
    {
        // The scale of dynamically quantized vectors depends on all vectors of a run.
        ModelProto model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Repository.FoodModel));
        NodeProto first = model.Graph.Node[0];
        model.Graph.Node.Insert(0, new NodeProto
        {
            OpType = "DynamicQuantizeLinear", Input = { first.Input[0] }, Output = { "values", "scale", "zero" },
        });
        model.Graph.Node.Insert(1, new NodeProto
        {
            OpType = "DequantizeLinear", Input = { "values", "scale", "zero" }, Output = { "rounded" },
        });
        first.Input[0] = "rounded";
        using var directory = new TemporaryDirectory();
        string path = directory.Write("dynamic.onnx", model.ToByteArray());
        using var classifier = WordClassifier.Open(path, Repository.DefaultVectors);
        string[] words = [.. FoodWords.All.Take(20)];

        Assert.Equal(
            words.Select(word => classifier.Classify([word])[0].Probability),
            classifier.Classify(words).Select(word => word.Probability));
    }

    [Theory]
    [InlineData("food", "probability")]
    [InlineData("noise", "probability")]
    [InlineData("food-words", "probability")]
    [InlineData("food-words", "label")]
    [InlineData("food-words", "is_known")]
    public void ModelsOfTheModuleTakeAllWordsTogether(string model, string output)
    {
        string path = Path.Combine(Path.GetDirectoryName(Repository.FoodModel)!, model + ".onnx");

        Assert.Equal(RowKind.Rows, RowFlow.Read(path).Get(output).Kind);
    }

    [Theory]
    [InlineData("salad", "Salad")]
    [InlineData("salad", "  SALAD\t")]
    [InlineData("salad", "«salad»,")]
    [InlineData("ice cream", "ice-cream")]
    [InlineData("ice cream", "Ice  Cream!")]
    [InlineData("ice cream", "icecream")]
    [InlineData("café", "cafe\u0301")]
    public void SpellingsOfATermAreOneTerm(string term, string spelling)
    {
        using var classifier = WordClassifier.Open(Repository.FoodModel, Repository.DefaultVectors);

        ClassifiedWord[] predictions = classifier.Classify([term, spelling]);

        Assert.Equal(predictions[0].Probability, predictions[1].Probability);
        Assert.Equal(spelling, predictions[1].Word);
    }

    [Fact]
    public void UnknownTermHasNoProbability()
    {
        using var classifier = WordClassifier.Open(Repository.FoodModel, Repository.DefaultVectors);

        Assert.Equal(
            new ClassifiedWord("qwxzv zzqqj") { Model = "food" },
            Assert.Single(classifier.Classify(["qwxzv zzqqj"])));
    }

    [Fact]
    public void UnknownWordInATermCountsAsZeros()
    {
        using var table = WordVectorTable.Open(Repository.DefaultVectors);
        var vectorizer = new TermVectorizer(table);
        float[] salad = new float[table.Dimensions];
        float[] mixed = new float[table.Dimensions];

        Assert.True(vectorizer.TryGetVector("salad", salad));
        Assert.True(vectorizer.TryGetVector("salad qwxzv", mixed));

        Assert.Equal(salad.Select(value => value / 2), mixed);
    }

    [Fact]
    public void OtherVectorsThanTheTrainedOnesAreRefused()
    {
        using var directory = new TemporaryDirectory();
        string path = directory.File("other.safetensors");
        WordVectorTableWriter.Write(
            path,
            ["salad"],
            [0],
            new float[1, 300],
            VectorElementType.Float32,
            new Dictionary<string, string> { ["name"] = "other" });

        ModelException error = Assert.Throws<ModelException>(() => WordClassifier.Open(Repository.FoodModel, path));
        Assert.Equal(ErrorIds.VectorsMismatch, error.ErrorId);
        Assert.Contains("wordnet-300d", error.Message, StringComparison.Ordinal);
        Assert.Contains("other.safetensors", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ModelWithOtherInputsIsRefused()
    {
        ModelException error = Assert.Throws<ModelException>(
            () => WordClassifier.Open(Repository.NoiseModel, Repository.DefaultVectors));
        Assert.Equal(ErrorIds.ModelInputMismatch, error.ErrorId);
        Assert.Contains("[N, 3]", error.Message, StringComparison.Ordinal);
        Assert.Contains("[N, 300]", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(1.5f)]
    [InlineData(float.NaN)]
    public void ThresholdThatIsNoProbabilityIsRefused(float threshold)
    {
        using var classifier = WordClassifier.Open(Repository.FoodModel, Repository.DefaultVectors);

        Assert.Throws<ArgumentOutOfRangeException>(() => classifier.Classify(["salad"], threshold));
    }

    [Fact]
    public void ModelOfAFixedBatchIsRefused()
    {
        using var directory = new TemporaryDirectory();
        var model = ModelProto.Parser.ParseFrom(File.ReadAllBytes(Repository.FoodModel));
        model.Graph.Input[0].Type.TensorType.Shape.Dim[0].DimValue = 1;
        string path = directory.Write("fixed.onnx", model.ToByteArray());

        ModelException error = Assert.Throws<ModelException>(
            () => WordClassifier.Open(path, Repository.DefaultVectors));
        Assert.Equal(ErrorIds.ModelInputMismatch, error.ErrorId);
        Assert.Contains("[1, 300]", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ModelOfManyClassesHasAScoreForEachAndIsNoYesOrNo()
    {
        using var directory = new TemporaryDirectory();
        string path = directory.File("classes.onnx");
        OnnxExporter.Write(
            path,
            Network.Create(300, [new(4, Activation.Softmax)], seed: 1),
            new ModelMetadata { Labels = ["a", "b", "c", "d"] });
        using var classifier = WordClassifier.Open(path, Repository.DefaultVectors);
        ClassifiedWord[] words = classifier.Classify(["salad", "qwxzv"]);

        Assert.Equal(["a", "b", "c", "d"], words[0].Scores!.Keys);
        Assert.Equal(1, words[0].Scores!.Values.Sum(), 1e-5f);
        Assert.Equal(words[0].Scores!.MaxBy(pair => pair.Value).Key, words[0].Label);
        Assert.Equal((ClassifiedWord.UnknownLabel, null, false), (words[1].Label, words[1].Scores, words[1].IsKnown));
    }

    [Theory]
    [InlineData("salad", null, "food")]
    [InlineData("laptop", null, "not food")]
    [InlineData("salad", 1f, "not food")]
    [InlineData("laptop", 0f, "food")]
    public void ProbabilityIsThatOfTheLabel(string text, float? threshold, string label)
    {
        using var classifier = WordClassifier.Open(Repository.FoodModel, Repository.DefaultVectors);
        ClassifiedWord word = classifier.Classify([text], threshold)[0];

        Assert.Equal(label, word.Label);
        Assert.Equal(word.Scores![label], word.Probability);
        Assert.Equal(word.Scores["food"], word.SecondProbability);
        Assert.Equal(1 - word.Scores["food"], word.Scores["not food"]);
        Assert.Equal(text == "salad", word.SecondProbability > 0.5);
    }

    [Fact]
    public void TextOfScoresIsJsonThatRepeatsEachNumber()
    {
        using var classifier = WordClassifier.Open(Repository.FoodModel, Repository.DefaultVectors);
        OrderedDictionary<string, float> scores = classifier.Classify(["lemon"])[0].Scores!;

        using var json = System.Text.Json.JsonDocument.Parse(scores.ToString()!);

        Assert.Equal(
            scores.Select(pair => (pair.Key, pair.Value)),
            json.RootElement.EnumerateObject().Select(pair => (pair.Name, pair.Value.GetSingle())));
    }

    [Fact]
    public void ScoresOfTwoClassesAreTheProbabilityAndItsRest()
    {
        using var classifier = WordClassifier.Open(Repository.FoodModel, Repository.DefaultVectors);
        ClassifiedWord word = classifier.Classify(["salad"])[0];

        Assert.Equal(word.Probability, word.Scores!["food"]);
        Assert.Equal(1 - word.Probability!.Value, word.Scores["not food"]);
    }

    [Fact]
    public void ModelOfVectorsIsNoModelOfWords()
    {
        ModelException error = Assert.Throws<ModelException>(() => WordClassifier.Open(Repository.FoodModel));
        Assert.Equal(ErrorIds.ModelInputMismatch, error.ErrorId);
        Assert.Contains("export it as a model that takes words", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ModelOfWordsLeavesTheVectorsAlone()
    {
        using var alone = WordClassifier.Open(Repository.FoodWordsModel);
        using var beside = WordClassifier.Open(Repository.FoodWordsModel, Repository.DefaultVectors);

        Assert.True(alone.TakesWords && beside.TakesWords);
        Assert.Equal(alone.Classify(FoodWords.All), beside.Classify(FoodWords.All));
    }

    [Fact]
    public void ModelOfWordsMayHaveManyClasses()
    {
        using var directory = new TemporaryDirectory();
        using var table = WordVectorTable.Open(Repository.DefaultVectors);
        var network = Network.Create(300, [new(4, Activation.Softmax)], seed: 1);
        string byWords = directory.File("words.onnx");
        string byVectors = directory.File("vectors.onnx");
        WordModelExporter.Write(byWords, network, table, keys: 1000);
        OnnxExporter.Write(byVectors, network);
        string[] words = [.. Enumerable.Range(0, 1000).Select(table.GetKey)];
        using var one = WordClassifier.Open(byWords);
        using var other = WordClassifier.Open(byVectors, Repository.DefaultVectors);

        Assert.All(
            one.Classify(words).Zip(other.Classify(words)),
            pair => Assert.All(
                pair.First.Scores!.Values.Zip(pair.Second.Scores!.Values),
                scores => Assert.Equal(scores.First, scores.Second, 1e-5f)));
    }

    [Fact]
    public async Task OneClassifierServesManyThreads()
    {
        using var classifier = WordClassifier.Open(Repository.FoodModel, Repository.DefaultVectors);
        ClassifiedWord[] expected = classifier.Classify(FoodWords.All);

        await Parallel.ForAsync(0, 100, (_, token) =>
        {
            Assert.Equal(expected, classifier.Classify(FoodWords.All, null, token));
            return ValueTask.CompletedTask;
        });
    }

    [Fact]
    public void NoWordsGiveNoPredictions()
    {
        using var classifier = WordClassifier.Open(Repository.FoodModel, Repository.DefaultVectors);

        Assert.Empty(classifier.Classify([]));
    }

    private static (string Word, string Label)[] ReadEverydayWords() =>
    [
        .. File.ReadLines(Path.Combine(Repository.Root, "tests", "data", "everyday-words.csv"))
            .Skip(1)
            .Select(line => line.Split(',') is [var word, var label] ? (word, label) : throw new FormatException(line)),
    ];
}
