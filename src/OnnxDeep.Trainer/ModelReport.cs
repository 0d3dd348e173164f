using System.Globalization;
using System.Text;

using CommunityToolkit.HighPerformance;

using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Words;
using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Metrics;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Learning.Training;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Words.Export;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Trainer;

/// <summary>
/// Reports a trained model: the output of the notebook's cells, then the check that the file computes the same.
/// </summary>
internal static class ModelReport
{
    private const float LargestDifference = 1e-6f;

    private static readonly string[] s_words = ["salad", "lemon", "ice cream", "violin", "laptop", "river"];

    private const int SummaryThreshold = 1000;
    private const int EdgeRows = 3;

    private const float LargestWordDifference = 1e-5f;

    /// <summary>Writes the classification report on the test rows and the weights of each layer.</summary>
    public static void WriteResults(TextWriter output, TrainedClassifier model)
    {
        if (model.History.StoppedEarly)
        {
            output.WriteLine(
                $"Stopped after epoch {model.History.Epochs.Count}: the validation loss was smallest in epoch "
                + $"{model.History.BestEpoch}.");
        }

        output.WriteLine();
        output.WriteLine($"Classification report on {model.Split.Test.Length} test rows:");
        output.WriteLine(ClassificationReport.Format(model.Test, model.Recipe.Labels));
        if (model.Recipe.TrainsOnAllRows)
        {
            int rows = model.Split.Train.Length + model.Split.Test.Length;
            output.WriteLine(
                $"Trained again on all {rows} rows, for {model.History.BestEpoch} epochs: "
                + "this network is saved.");
            output.WriteLine();
        }

        foreach (DenseLayer<float> layer in model.Network.Layers)
        {
            output.WriteLine($"Layer: {layer.Name}");
            output.WriteLine("Weights:");
            output.WriteLine(Numbers(layer.Weights.ToArray()));
            output.WriteLine("Biases:");
            output.WriteLine(Numbers(layer.Biases.ToArray()));
            output.WriteLine();
        }
    }

    /// <summary>
    /// Loads the file in ONNX Runtime and writes the largest difference from this library's forward pass.
    /// </summary>
    /// <exception cref="OnnxDeepException">The file computes different outputs.</exception>
    public static void WriteCheck(TextWriter output, TrainedClassifier model, TrainingExamples examples, string path)
    {
        float difference = Difference(model, examples, path);
        if (!(difference <= LargestDifference))
        {
            throw new OnnxDeepException(
                "ExportDiffers",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"ONNX Runtime's outputs of '{path}' differ from those of the trained network by {difference:E1}, "
                    + $"more than {LargestDifference:E1}."));
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Saved {path} ({new FileInfo(path).Length:N0} bytes)."));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"ONNX Runtime gives the same outputs: largest difference {difference:E1} "
            + $"over {model.Split.Test.Length} test rows."));
    }

    /// <summary>Classifies a few words with the file, as a user would.</summary>
    public static void WriteWords(TextWriter output, string modelPath, string tablePath)
    {
        using var classifier = WordClassifier.Open(modelPath, tablePath);
        foreach (ClassifiedWord prediction in classifier.Classify(s_words))
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {prediction.Word,-12} {prediction.Label,-10} {prediction.SecondProbability:F4}"));
        }
    }

    /// <summary>
    /// Loads the file in ONNX Runtime, classifies all words of the table, and writes the largest difference.
    /// </summary>
    /// <exception cref="OnnxDeepException">The file computes different outputs.</exception>
    public static void WriteCheck(
        TextWriter output, TrainedClassifier model, WordModelExport file, WordVectorTable table)
    {
        float difference = Difference(model, file.Path, table);
        if (!(difference <= LargestWordDifference))
        {
            throw new OnnxDeepException(
                "ExportDiffers",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"ONNX Runtime's outputs of '{file.Path}' differ from those of the trained network by "
                    + $"{difference:E1}, more than {LargestWordDifference:E1}."));
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Saved {file.Path} ({file.Size:N0} bytes): {file.Keys:N0} words and "
            + $"{file.Spellings:N0} alternative spellings."));
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"ONNX Runtime gives the same outputs: largest difference {difference:E1} "
            + $"over {table.KeyCount:N0} words."));
    }

    private static float Difference(TrainedClassifier model, TrainingExamples examples, string path)
    {
        using var session = OnnxSession.Open(path);
        Dataset test = examples.Encode(model.Features, model.Split.Test.Span);
        float[] features = new float[test.Features.Length];
        test.Features.CopyTo(features);
        float[] actual = new float[test.Rows];
        session.Run(session.Inputs[0].Name, features, session.Outputs[0].Name, actual, test.Rows);
        float[,] expected = model.Network.Forward(test.Features);
        return actual.Select((value, row) => Math.Abs(value - expected[row, 0])).Max();
    }

    private static string Numbers(float[,] matrix)
    {
        int rows = matrix.GetLength(0);
        bool summarise = matrix.Length > SummaryThreshold && rows > 2 * EdgeRows;
        var text = new StringBuilder("[");
        for (int i = 0; i < rows; i++)
        {
            if (summarise && i == EdgeRows)
            {
                text.Append("\n ...");
                i = rows - EdgeRows;
            }

            text.Append(i == 0 ? string.Empty : "\n ");
            text.Append(Numbers(Enumerable.Range(0, matrix.GetLength(1)).Select(j => matrix[i, j])));
        }

        return text.Append(']').ToString();
    }

    private static string Numbers(IEnumerable<float> vector) => "["
        + string.Join(' ', vector.Select(value => value.ToString("F8", CultureInfo.InvariantCulture).PadLeft(11)))
        + "]";

    private static float Difference(TrainedClassifier model, string path, WordVectorTable table)
    {
        string[] words = [.. Enumerable.Range(0, table.KeyCount).Select(table.GetKey)];
        using var session = OnnxSession.Open(path);
        using SessionOutputs outputs = session.Run(OnnxNames.Word, words, [OnnxNames.Probability]);
        ReadOnlySpan<float> actual = outputs.GetFloats(OnnxNames.Probability);

        // Several words can share a row, and each row is computed only once.
        float[,] expected = new float[table.RowCount, 1];
        float[,] vector = new float[1, table.Dimensions];
        for (int row = 0; row < table.RowCount; row++)
        {
            table.CopyVector(row, vector.GetRowSpan(0));
            model.Network.Forward(vector, new Span2D<float>(expected, row, 0, 1, 1));
        }

        float largest = 0;
        for (int i = 0; i < words.Length; i++)
        {
            float difference = Math.Abs(actual[i] - expected[table.GetKeyRow(i), 0]);
            largest = difference <= largest ? largest : difference;
        }

        return largest;
    }
}
