using System.Globalization;

using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Words;
using OnnxDeep.Learning.Metrics;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Learning.Training;

namespace OnnxDeep.Trainer;

/// <summary>
/// Reports a trained model: the output of the notebook's cells, then the check that the file computes the same.
/// </summary>
internal static class ModelReport
{
    private const float LargestDifference = 1e-6f;

    private static readonly string[] s_words = ["salad", "lemon", "ice cream", "violin", "laptop", "river"];

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
        output.WriteLine($"Classification report on {model.Split.Test.Rows} test rows:");
        output.WriteLine(ClassificationReport.Format(model.Test, model.Recipe.Labels));
        if (model.Recipe.TrainsOnAllRows)
        {
            int rows = model.Split.Train.Rows + model.Split.Test.Rows;
            output.WriteLine(
                $"Trained again on all {rows} rows, for {model.History.BestEpoch} epochs: "
                + "this network is saved.");
            output.WriteLine();
        }

        foreach (DenseLayer<float> layer in model.Network.Layers)
        {
            output.WriteLine($"Layer: {layer.Name}");
            output.WriteLine("Weights:");
            output.WriteLine(MatrixText.Format(layer.Weights.ToArray()));
            output.WriteLine("Biases:");
            output.WriteLine(MatrixText.Format(layer.Biases.ToArray()));
            output.WriteLine();
        }
    }

    /// <summary>
    /// Loads the file in ONNX Runtime and writes the largest difference from this library's forward pass.
    /// </summary>
    /// <exception cref="OnnxDeepException">The file computes different outputs.</exception>
    public static void WriteCheck(TextWriter output, TrainedClassifier model, string path)
    {
        float difference = Difference(model, path);
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
            + $"over {model.Split.Test.Rows} test rows."));
    }

    /// <summary>Classifies a few words with the file, as a user would.</summary>
    public static void WriteWords(TextWriter output, string modelPath, string tablePath)
    {
        using var classifier = WordClassifier.Open(modelPath, tablePath);
        foreach (ClassifiedWord prediction in classifier.Classify(s_words))
        {
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"  {prediction.Word,-12} {prediction.Label,-10} {prediction.Probability:F4}"));
        }
    }

    private static float Difference(TrainedClassifier model, string path)
    {
        using var session = OnnxSession.Open(path);
        Learning.Data.Dataset test = model.Split.Test;
        float[] features = new float[test.Features.Length];
        test.Features.CopyTo(features);
        float[] actual = new float[test.Rows];
        session.Run(session.Inputs[0].Name, features, session.Outputs[0].Name, actual, test.Rows);
        float[,] expected = model.Network.Forward(test.Features);
        return actual.Select((value, row) => Math.Abs(value - expected[row, 0])).Max();
    }
}
