using System.Globalization;

using OnnxDeep.IO;
using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Learning.Training;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Words.Export;

using Spectre.Console;

namespace OnnxDeep.Trainer;

/// <summary>Trains, exports and checks the networks that the command line specifies.</summary>
internal sealed class TrainCommand(IAnsiConsole console, TextWriter output)
{
    /// <summary>Trains the shipped models: the noise network and the food network.</summary>
    /// <param name="directory">The folder to write them to.</param>
    /// <param name="vectorsName">A vector table file; null for the one that the program includes.</param>
    /// <param name="module">The module that also receives the models; null for none.</param>
    public void TrainShipped(string directory, string? vectorsName, StagedModule? module)
    {
        // Reports all foreseeable errors before anything is trained or written.
        AtomicFile.CheckFolder(directory);
        using var vectors = VectorSource.Open(vectorsName);
        TrainingExamples words = TrainingExamples.Of(vectors.CreateFoodDataset());
        Train(Recipes.Noise, TrainingExamples.Of(NoiseData.Create(Recipes.Noise.Seed)), directory, null);
        TrainedClassifier food = Train(Recipes.Food, words, directory, vectors);
        WordModelExport file = WriteWordModel(food, directory, vectors);
        ModelReport.WriteCheck(output, food, file, vectors.Table);
        if (module is not null)
        {
            string[] names = [Recipes.Noise.Name, Recipes.Food.Name];
            module.Take([.. names.Select(name => Path.Combine(directory, name + ".onnx")), file.Path]);
            output.WriteLine();
            module.WriteNextCommand(output, Environment.CurrentDirectory);
        }
    }

    /// <summary>Trains the food network with the notebook's recipe.</summary>
    public void TrainNotebook(string directory, string? vectorsName)
    {
        AtomicFile.CheckFolder(directory);
        using var vectors = VectorSource.Open(vectorsName);
        Train(
            Recipes.NotebookFood, TrainingExamples.Of(vectors.CreateFoodDataset()), directory, vectors);
    }

    /// <summary>
    /// Measures the test accuracy of a food recipe over many seeds, and its accuracy on a list of words; writes no
    /// files.
    /// </summary>
    public void MeasureSeeds(ClassifierRecipe recipe, int seeds, string? vectorsName, string? wordsPath)
    {
        using var vectors = VectorSource.Open(vectorsName);
        TrainingExamples data = TrainingExamples.Of(vectors.CreateFoodDataset());
        TestWords? words = wordsPath is null ? null : TestWords.Read(wordsPath, vectors.Table);
        TrainedClassifier[] models =
        [
            .. Enumerable.Range(1, seeds).Select(seed => TrainedClassifier.Train(recipe.WithSeed((ulong)seed), data)),
        ];
        output.WriteLine($"Recipe {recipe.Name}, {seeds} seeds:");
        WriteSpread("test accuracy", [.. models.Select(model => model.Test.Accuracy)]);
        if (words is not null)
        {
            WriteSpread(
                $"accuracy on {Path.GetFileName(wordsPath)}",
                [.. models.Select(model => words.Measure(model.Network))]);
        }
    }

    private void WriteSpread(string name, double[] accuracies)
    {
        double mean = accuracies.Average();
        double deviation = Math.Sqrt(accuracies.Sum(a => (a - mean) * (a - mean)) / accuracies.Length);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  mean {name} {mean:F4}, standard deviation {deviation:F4}, "
            + $"from {accuracies.Min():F4} to {accuracies.Max():F4}."));
    }

    private TrainedClassifier Train(
        ClassifierRecipe recipe, TrainingExamples data, string directory, VectorSource? vectors)
    {
        int inputs = data.Source.Fit(data.AllRows).Width;
        output.WriteLine(NetworkSummary.Format(Network.Create(inputs, recipe.Layers, recipe.Seed), recipe.Name));
        TrainedClassifier model = EpochProgress.Run(
            console, recipe.Training.Epochs, progress => TrainedClassifier.Train(recipe, data, progress));
        ModelReport.WriteResults(output, model);
        string path = WriteModel(model, directory, vectors);
        ModelReport.WriteCheck(output, model, data, path);
        if (vectors is not null)
        {
            output.WriteLine("A few words, through ONNX Runtime:");
            ModelReport.WriteWords(output, path, vectors.Table.Path);
        }

        output.WriteLine();
        return model;
    }

    // Writes name.onnx to the folder.
    private static string WriteModel(TrainedClassifier model, string directory, VectorSource? vectors)
    {
        string path = Path.Combine(Path.GetFullPath(directory), model.Recipe.Name + ".onnx");
        OnnxExporter.Write(
            path,
            model.Network,
            Describe(model, vectors),
            model.Recipe.Name);
        return path;
    }

    // Writes name-words.onnx, which takes the words themselves, to the folder.
    private static WordModelExport WriteWordModel(TrainedClassifier model, string directory, VectorSource vectors)
    {
        string name = model.Recipe.Name + "-words";
        return WordModelExporter.Write(
            Path.Combine(directory, name + ".onnx"),
            model.Network,
            vectors.Table,
            Describe(model, vectors),
            graphName: name);
    }

    private static ModelMetadata Describe(TrainedClassifier model, VectorSource? vectors)
    {
        ModelMetadata metadata = ClassifierMetadata.Describe(model);
        return vectors?.Table.AddTo(metadata, vectors.Sha256) ?? metadata;
    }
}
