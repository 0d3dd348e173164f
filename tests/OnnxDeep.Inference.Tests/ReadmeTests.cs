using System.Runtime.CompilerServices;

using OnnxDeep.Inference.Words;
using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Learning.Training;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests;

/// <summary>The C# of the README: it compiles, it runs, and it is the same text.</summary>
public sealed class ReadmeTests
{
    [Fact]
    public void ExampleRuns()
    {
        using var directory = new TemporaryDirectory();
        WordPrediction salad = Run(Repository.DefaultVectors, directory.File("food.onnx"));

        Assert.True(salad.IsFood);
    }

    [Fact]
    public void ExampleIsTheReadmesOwn()
    {
        string readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md")).ReplaceLineEndings("\n");
        string example = readme.Split("```csharp\n")[1].Split("```")[0];
        IEnumerable<string> lines = File.ReadAllLines(SourceFile())
            .SkipWhile(line => line.Trim() != "// README starts")
            .Skip(1)
            .TakeWhile(line => line.Trim() != "// README ends")
            .Select(line => line.Length > 8 ? line[8..] : string.Empty);
        string code = string.Join('\n', lines)
            .Replace("Open(vectors)", "Open(\"models/wordnet-300d.safetensors\")", StringComparison.Ordinal)
            .Replace("(model,", "(\"food.onnx\",", StringComparison.Ordinal);

        Assert.Equal(example.TrimEnd(), code.TrimEnd());
    }

    private static string SourceFile([CallerFilePath] string file = "") => file;

    private static WordPrediction Run(string vectors, string model)
    {
        // README starts
        using var table = WordVectorTable.Open(vectors);
        var vectorizer = new TermVectorizer(table);
        Dataset data = FoodWords.CreateDataset(
            table.Dimensions, (word, vector) => vectorizer.TryGetVector(word, vector.Span));
        DatasetSplit split = data.Split(testFraction: 0.3, seed: 42);

        var start = Network.Create(data.Inputs, [new(5, Activation.ReLU), new(1, Activation.Sigmoid)], seed: 42);
        TrainingResult result = Trainer.Fit(start, split.Train, new TrainingOptions { Epochs = 10, BatchSize = 5 });
        OnnxExporter.Write(model, result.Network);

        using var classifier = WordClassifier.Open(model, table.Path);
        WordPrediction salad = classifier.Classify(["salad"])[0];

        // README ends
        return salad;
    }
}
