using System.Globalization;

using OnnxDeep.Learning.Metrics;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Learning.Training;
using OnnxDeep.Numerics;
using OnnxDeep.Onnx.Metadata;

namespace OnnxDeep.Tests.Learning.Training;

public sealed class DecisionTests
{
    [Theory]
    [InlineData(false, 100)]
    [InlineData(true, 100)]
    [InlineData(true, 60)]
    public void CalibrationIsOfTrainingRowsAndItsFunctionIsInTheNetwork(bool stopsEarly, int rare)
    {
        LabelledExamples examples = Rows(200, rare);
        ClassifierRecipe plain = Recipe(examples, stopsEarly);
        TrainedClassifier before = TrainedClassifier.Train(plain, examples.Data);

        TrainedClassifier after = TrainedClassifier.Train(
            plain with { Calibration = CalibrationMethod.Platt }, examples.Data);

        Calibration calibration = after.Calibration!;
        // A fifth of 60 · 70% is less than 10, so all training rows are held out in turn.
        Assert.Equal(stopsEarly && rare == 100 ? 42 : before.Split.Train.Length, calibration.Rows);
        Assert.True(calibration.LogLossAfter < calibration.LogLossBefore);
        int[] test = before.Split.Test.ToArray();
        float[,] logits = before.Network.ForwardLogits(before.Features.Encode(test), CancellationToken.None);
        for (int i = 0; i < test.Length; i++)
        {
            double z = (calibration.Slope * logits[i, 0]) + calibration.Intercept;
            Assert.Equal(1 / (1 + Math.Exp(-z)), after.TestOutputs[i, 0], 1e-6);
        }

        Assert.Equal(before.Reliability!.Bins, after.UncalibratedReliability!.Bins);
        Assert.NotEqual(after.Reliability!.Bins, after.UncalibratedReliability.Bins);
        Assert.Null(before.UncalibratedReliability);
    }

    [Fact]
    public void TemperatureChangesNoPredictionAndTheNetworkOfAllRowsHasItToo()
    {
        LabelledExamples examples = Rows(90, 30, 40);
        ClassifierRecipe plain = Recipe(examples, stopsEarly: true) with { TrainsOnAllRows = true };
        TrainedClassifier before = TrainedClassifier.Train(plain, examples.Data);

        TrainedClassifier after = TrainedClassifier.Train(
            plain with { Calibration = CalibrationMethod.Temperature }, examples.Data);

        Assert.Equal(before.Test.Counts, after.Test.Counts);
        Assert.Equal(
            before.Network.Layers[^1].Weights[0, 0] * after.Calibration!.Slope,
            after.Network.Layers[^1].Weights[0, 0],
            1e-6);
    }

    [Theory]
    [InlineData(ThresholdCriterion.F1)]
    [InlineData(ThresholdCriterion.Youden)]
    public void ThresholdOfRareRowsIsChosenWithoutTheTestRows(ThresholdCriterion criterion)
    {
        LabelledExamples examples = Rows(300, 30);
        ClassifierRecipe plain = Recipe(examples, stopsEarly: false);
        TrainedClassifier before = TrainedClassifier.Train(plain, examples.Data);

        TrainedClassifier after = TrainedClassifier.Train(
            plain with { ThresholdCriterion = criterion }, examples.Data);

        // The test rows may be anything: their labels do not change the threshold.
        int[] test = before.Split.Test.ToArray();
        float[,] targets = examples.Data.Targets.ToArray();
        foreach (int row in test)
        {
            targets[row, 0] = 1 - targets[row, 0];
        }

        TrainedClassifier other = TrainedClassifier.Measure(
            before,
            plain with { ThresholdCriterion = criterion },
            new TrainingExamples(examples.Data.Source, targets));
        Assert.Equal(after.Threshold, other.Threshold);
        Assert.InRange(after.Threshold, 0.01f, 0.45f);
        Assert.True(after.Test.Recall(1) > before.Test.Recall(1));
        Assert.Equal(after.Threshold, ClassifierMetadata.Describe(after).Threshold);
        Assert.Equal(0.5f, ClassifierMetadata.Describe(before).Threshold);
    }

    [Fact]
    public void CandidateThatWasChosenIsTheOneThatIsCalibrated()
    {
        LabelledExamples examples = Rows(60, 40);
        ClassifierRecipe recipe = Recipe(examples, stopsEarly: false) with
        {
            Candidates =
            [
                new TrainingCandidate("linear"),
                new TrainingCandidate("none") { Hidden = [1], LearningRate = 1e-9, Steps = 1 },
            ],
            Calibration = CalibrationMethod.Platt,
        };

        TrainedClassifier searched = TrainedClassifier.Train(recipe, examples.Data);
        TrainedClassifier single = TrainedClassifier.Train(
            recipe with { Candidates = [recipe.Candidates[0]] }, examples.Data);

        Assert.Equal("linear", searched.Candidates.Single(result => result.IsChosen).Candidate.Name);
        Assert.Equal(single.Calibration, searched.Calibration);
        Assert.Equal(70, searched.Calibration!.Rows);
    }

    [Fact]
    public void NumberIsTheThreshold()
    {
        LabelledExamples examples = Rows(60, 30);
        TrainedClassifier all = TrainedClassifier.Train(
            Recipe(examples, stopsEarly: false) with { Threshold = 0 }, examples.Data);

        Assert.Equal((0f, 1.0), (all.Threshold, all.Test.Recall(1)));
        Assert.Equal(0, all.Test.Recall(0));
    }

    [Fact]
    public void WithoutTestRowsNothingIsMeasured()
    {
        LabelledExamples examples = Rows(60, 30);
        TrainedClassifier trained = TrainedClassifier.Train(
            Recipe(examples, stopsEarly: false) with
            {
                TestFraction = 0, Calibration = CalibrationMethod.Platt, ThresholdCriterion = ThresholdCriterion.F1,
            },
            examples.Data);

        Assert.Equal((90, 0), (trained.Split.Train.Length, trained.Test.Total));
        Assert.Null(trained.Reliability);
        Assert.Equal(90, trained.Calibration!.Rows);
        Assert.DoesNotContain("test_accuracy", ClassifierMetadata.Describe(trained).Metrics.Keys);
    }

    [Fact]
    public void MetadataTellsWhatWasChosen()
    {
        LabelledExamples examples = Rows(60, 30);
        ClassifierRecipe recipe = Recipe(examples, stopsEarly: false);
        TrainedClassifier trained = TrainedClassifier.Train(
            recipe with
            {
                Calibration = CalibrationMethod.Temperature,
                ThresholdCriterion = ThresholdCriterion.Youden,
                Training = recipe.Training with { BalancesClasses = true },
            },
            examples.Data);

        ModelMetadata metadata = ClassifierMetadata.Describe(trained);

        Assert.Equal("balanced", metadata.Training["class_weight"]);
        Assert.Equal("Youden", metadata.Training["threshold"]);
        Assert.Equal("Temperature", metadata.Training["calibration"]);
        Assert.Equal(
            trained.Calibration!.Slope,
            double.Parse(metadata.Training["calibration_slope"], CultureInfo.InvariantCulture));
        Assert.Contains("test_calibration_error", metadata.Metrics.Keys);
        Assert.DoesNotContain(
            "calibration", ClassifierMetadata.Describe(TrainedClassifier.Train(recipe, examples.Data)).Training.Keys);
    }

    [Theory]
    [InlineData(false, 0.5385, 0.065)]
    [InlineData(true, 0.8462, 0.2334)]
    public void LinearModelOfRareRowsFindsWhatScikitLearnsFinds(bool balances, double recall, double mean)
    {
        string[][] lines =
        [
            .. File.ReadLines(Fixtures.Find("tables", "imbalanced.csv")).Skip(1).Select(line => line.Split(',')),
        ];
        LabelledExamples examples = LabelledExamples.Create(
            [
                .. lines.Select((cells, row) => (
                    $"{row}",
                    cells[2],
                    Array.ConvertAll(cells[..2], cell => float.Parse(cell, CultureInfo.InvariantCulture)))),
            ],
            [],
            standardizes: true);
        ClassifierRecipe recipe = Recipe(examples, stopsEarly: false);
        TrainedClassifier trained = TrainedClassifier.Train(
            recipe with
            {
                TestFraction = 0,
                Layers = [new(1, Activation.Sigmoid)],
                Training = recipe.Training with { Epochs = 300, BatchSize = 64, BalancesClasses = balances },
            },
            examples.Data);

        int[] rows = examples.Data.AllRows;
        float[] probabilities = [.. trained.Network.Forward(trained.Features.Encode(rows)).Cast<float>()];
        int[] positives = [.. rows.Where(row => examples.Data.GetClass(row) == 1)];
        Assert.Equal(26, positives.Length);
        Assert.Equal(recall, positives.Count(row => probabilities[row] >= 0.5f) / 26.0, 0.02);
        Assert.Equal(mean, probabilities.Average(), 0.02);
    }

    // One feature with overlapping classes, and one of noise.
    private static LabelledExamples Rows(params int[] counts)
    {
        var random = new DeterministicRandom(21);
        var rows = new List<(string, string, float[])>();
        for (int label = 0; label < counts.Length; label++)
        {
            for (int i = 0; i < counts[label]; i++)
            {
                float x = (1.2f * label) + random.NextSingle(-1, 1) + random.NextSingle(-1, 1);
                rows.Add(($"{rows.Count}", $"c{label}", [x, random.NextSingle(-1, 1)]));
            }
        }

        return LabelledExamples.Create(rows, []);
    }

    private static ClassifierRecipe Recipe(LabelledExamples examples, bool stopsEarly)
    {
        int classes = examples.Labels.Count;
        return new ClassifierRecipe
        {
            Name = "test",
            Task = ModelMetadata.Classification,
            Labels = examples.Labels,
            Layers =
            [
                new Dense(8, Activation.ReLU),
                classes == 2 ? new Dense(1, Activation.Sigmoid) : new Dense(classes, Activation.Softmax),
            ],
            Stratified = true,
            Training = new TrainingOptions
            {
                Epochs = 40,
                BatchSize = 16,
                Optimizer = new Adam(0.02),
                Loss = classes == 2 ? Loss.BinaryCrossEntropy : Loss.CategoricalCrossEntropy,
                ValidationFraction = stopsEarly ? 0.2 : 0,
                EarlyStopping = stopsEarly ? new EarlyStopping() : null,
            },
        };
    }
}
