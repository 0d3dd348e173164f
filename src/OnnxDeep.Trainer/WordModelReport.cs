using System.Globalization;

using CommunityToolkit.HighPerformance;

using OnnxDeep.Inference.Sessions;
using OnnxDeep.Learning.Training;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Words.Export;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Trainer;

/// <summary>Checks that a file that takes words returns the same results as the network for their vectors.</summary>
internal static class WordModelReport
{
    private const float LargestDifference = 1e-5f;

    /// <summary>
    /// Loads the file in ONNX Runtime, classifies all words of the table, and writes the largest difference.
    /// </summary>
    /// <exception cref="OnnxDeepException">The file computes different outputs.</exception>
    public static void WriteCheck(
        TextWriter output, TrainedClassifier model, WordModelExport file, WordVectorTable table)
    {
        float difference = Difference(model, file.Path, table);
        if (!(difference <= LargestDifference))
        {
            throw new OnnxDeepException(
                "ExportDiffers",
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"ONNX Runtime's outputs of '{file.Path}' differ from those of the trained network by "
                    + $"{difference:E1}, more than {LargestDifference:E1}."));
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
