using System.Diagnostics;
using System.Globalization;

using CommunityToolkit.HighPerformance;

using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Learning.Tables;
using OnnxDeep.Learning.Training;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Tests;
using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Benchmarks.Defaults;

/// <summary>
/// Trains the default on the sets of sets.py, on their folds, and writes the accuracies and the processor time to
/// ours.csv of the same folder; also writes the vectors of words, which scikit-learn gets.
/// </summary>
internal static class DefaultTraining
{
    /// <summary>Trains on each table of a folder.</summary>
    public static void Run(string folder)
    {
        using var output = new StreamWriter(Path.Combine(folder, "ours.csv"));
        output.NewLine = "\n";
        output.WriteLine("set,seed,fold,accuracy,seconds,chosen");
        foreach (string path in Directory.GetFiles(folder, "*.csv").Order(StringComparer.Ordinal))
        {
            string name = Path.GetFileNameWithoutExtension(path);
            if (name is not ("ours" or "sklearn") && !name.EndsWith(".vectors", StringComparison.Ordinal))
            {
                Measure(name, File.ReadAllLines(path), folder, output);
                output.Flush();
            }
        }
    }

    private static void Measure(string name, string[] lines, string folder, StreamWriter output)
    {
        string[] header = lines[0].Split(',');
        string[][] rows = [.. lines.Skip(1).Select(line => line.Split(','))];
        int label = Array.IndexOf(header, "label");
        using WordVectorTable vectors = WordVectorTable.Open(Repository.DefaultVectors);
        LabelledExamples examples = name.StartsWith("words-", StringComparison.Ordinal)
            ? ReadWords(rows, vectors, Path.Combine(folder, name + ".vectors.csv"))
            : ReadTable(header, rows, label, vectors);
        double all = 0;
        double seconds = 0;
        var chosen = new List<string>();
        for (int column = label + 1; column < header.Length; column++)
        {
            for (int fold = 0; fold < 5; fold++)
            {
                string text = fold.ToString(CultureInfo.InvariantCulture);
                int[] test = [.. Enumerable.Range(0, rows.Length).Where(row => rows[row][column] == text)];
                int[] train = [.. Enumerable.Range(0, rows.Length).Except(test)];
                int seed = column - label - 1;
                ClassifierRecipe recipe = Recipe(examples.Labels, (ulong)seed);
                TimeSpan start = Process.GetCurrentProcess().TotalProcessorTime;
                TrainedNetwork network = TrainedNetwork.TrainAndTest(
                    recipe, examples.Data, new RowSplit(train, test), null, null, default);
                double time = (Process.GetCurrentProcess().TotalProcessorTime - start).TotalSeconds;
                double accuracy = TrainedClassifier.Measure(network, recipe, examples.Data).Test.Accuracy;
                string best = network.Candidates.First(result => result.IsChosen).Candidate.Name;
                output.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name},{seed},{fold},{accuracy},{time:F4},\"{best}\""));
                all += accuracy;
                seconds += time;
                chosen.Add(best);
            }
        }

        IEnumerable<string> counts = chosen.CountBy(item => item)
            .OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => $"{pair.Key}: {pair.Value}");
        Console.WriteLine(FormattableString.Invariant(
            $"{name,-18} accuracy {all / chosen.Count:P1}, {seconds / chosen.Count:F2} s; ")
            + string.Join("; ", counts));
    }

    private static ClassifierRecipe Recipe(IReadOnlyList<string> labels, ulong seed) => new()
    {
        Name = "default",
        Task = ModelMetadata.Classification,
        Labels = labels,
        Layers =
        [
            labels.Count == 2 ? new Dense(1, Activation.Sigmoid) : new Dense(labels.Count, Activation.Softmax),
        ],
        Candidates = TrainingCandidate.Default,
        Training = new TrainingOptions
        {
            Seed = seed,
            Loss = labels.Count == 2 ? Loss.BinaryCrossEntropy : Loss.CategoricalCrossEntropy,
        },
    };

    // As New-Classifier reads the rows of Import-Csv.
    private static LabelledExamples ReadTable(string[] header, string[][] rows, int label, WordVectorTable vectors)
    {
        var vectorizer = new TextVectorizer(vectors);
        var builder = new TableBuilder(new TableOptions
        {
            Text = new TextFeatures(
                vectors.Dimensions,
                TextVectorizer.Normalize,
                vectorizer.Encode,
                words => Array.Exists(words.Split(' '), word => vectors.TryGetRow(word, out _))),
        });
        for (int i = 0; i < rows.Length; i++)
        {
            builder.AddRow($"row {i}", i + 1, rows[i][label]);
            for (int j = 0; j < label; j++)
            {
                builder.Add(header[j], rows[i][j]);
            }
        }

        TableData data = builder.Build();
        return LabelledExamples.FromSource(
            data, [.. data.Examples.Select(row => (row.Name, row.Label))], []);
    }

    private static LabelledExamples ReadWords(string[][] rows, WordVectorTable table, string vectorsPath)
    {
        var vectorizer = new TermVectorizer(table);
        float[,] features = new float[rows.Length, table.Dimensions];
        var lines = new List<string>();
        for (int i = 0; i < rows.Length; i++)
        {
            float[] vector = new float[table.Dimensions];
            if (!vectorizer.TryGetVector(rows[i][0], vector))
            {
                throw new InvalidDataException($"'{rows[i][0]}' has no vector.");
            }

            vector.CopyTo(features.GetRowSpan(i));
            lines.Add(string.Join(',', vector.Select(value => value.ToString("R", CultureInfo.InvariantCulture))));
        }

        File.WriteAllText(vectorsPath, string.Join('\n', lines) + "\n");
        return LabelledExamples.FromSource(
            new MatrixFeatures(features), [.. rows.Select(row => (row[0], row[1]))], []);
    }
}
