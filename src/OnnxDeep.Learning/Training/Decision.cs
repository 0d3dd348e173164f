using CommunityToolkit.HighPerformance;

using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Metrics;
using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Training;

/// <summary>
/// The calibration and the threshold of a classifier, from training rows that its network was not trained on; test rows
/// have no part in them.
/// </summary>
/// <param name="Calibration">The function of the logits; null for none.</param>
/// <param name="Threshold">The minimum probability at which a single output means class 1.</param>
internal sealed record Decision(Calibration? Calibration, float Threshold)
{
    private const int Folds = 5;
    private const int LeastOfClass = 10;

    /// <summary>Finds what the recipe asks for.</summary>
    /// <param name="recipe">The settings.</param>
    /// <param name="tested">The network that was trained on the training rows alone.</param>
    /// <param name="examples">The rows.</param>
    /// <param name="cancellationToken">Checked before each batch.</param>
    public static Decision Find(
        ClassifierRecipe recipe,
        TrainedNetwork tested,
        TrainingExamples examples,
        CancellationToken cancellationToken)
    {
        if (recipe.Calibration is null && recipe.ThresholdCriterion is null)
        {
            return new Decision(null, recipe.Threshold);
        }

        int classes = Math.Max(2, examples.Units);
        var logits = new List<double[]>();
        var truths = new List<int>();
        Validate(recipe, tested, examples, logits, truths, cancellationToken);

        // Few rows of a class say little about it: each training row is then held out in turn.
        if (truths.CountBy(truth => truth).Count(rows => rows.Value >= LeastOfClass) < classes)
        {
            logits.Clear();
            truths.Clear();
            ClassifierRecipe own = tested.Chosen is null ? recipe : recipe with { Candidates = [tested.Chosen] };
            CrossValidate(own, tested.Split.Train.ToArray(), examples, logits, truths, cancellationToken);
        }

        Calibration? calibration = Calibrate(recipe.Calibration, logits, truths);
        return new Decision(
            calibration,
            recipe.ThresholdCriterion is ThresholdCriterion criterion
                ? FindThreshold(criterion, calibration, logits, truths, recipe.Threshold)
                : recipe.Threshold);
    }

    // The rows that early stopping held out.
    private static void Validate(
        ClassifierRecipe recipe,
        TrainedNetwork tested,
        TrainingExamples examples,
        List<double[]> logits,
        List<int> truths,
        CancellationToken cancellationToken)
    {
        if (recipe.Training.ValidationFraction > 0)
        {
            Dataset data = examples.Encode(tested.Features, tested.Split.Train.Span);
            Dataset validation = Trainer.SplitValidation(data, recipe.Training)!.Test;
            Add(tested.Network.ForwardLogits(validation.Features, cancellationToken), logits);
            truths.AddRange(Enumerable.Range(0, validation.Rows).Select(validation.GetClass));
        }
    }

    private static void CrossValidate(
        ClassifierRecipe recipe,
        int[] rows,
        TrainingExamples examples,
        List<double[]> logits,
        List<int> truths,
        CancellationToken cancellationToken)
    {
        foreach (RowSplit split in examples.CreateFolds(rows, Math.Min(Folds, rows.Length), recipe.Seed))
        {
            TrainedNetwork fold = TrainedNetwork.TrainAndTest(
                recipe, examples, split, null, null, cancellationToken);
            Add(fold.Network.ForwardLogits(fold.Features.Encode(split.Test.Span), cancellationToken), logits);
            truths.AddRange(split.Test.ToArray().Select(examples.GetClass));
        }
    }

    private static void Add(float[,] outputs, List<double[]> logits)
    {
        for (int row = 0; row < outputs.GetLength(0); row++)
        {
            logits.Add(Array.ConvertAll(outputs.GetRowSpan(row).ToArray(), z => (double)z));
        }
    }

    private static Calibration? Calibrate(CalibrationMethod? method, List<double[]> logits, List<int> truths)
    {
        if (method == CalibrationMethod.Platt)
        {
            return Calibration.FitPlatt(
                [.. logits.Select(row => row[0])], [.. truths.Select(truth => truth == 1)]);
        }

        if (method is null)
        {
            return null;
        }

        double[,] all = new double[logits.Count, logits[0].Length];
        for (int row = 0; row < logits.Count; row++)
        {
            logits[row].CopyTo(all.GetRowSpan(row));
        }

        return Calibration.FitTemperature(all, truths.ToArray());
    }

    // Halfway to the next lower probability, so that rounding moves no row of these to the other side.
    private static float FindThreshold(
        ThresholdCriterion criterion,
        Calibration? calibration,
        List<double[]> logits,
        List<int> truths,
        float fallback)
    {
        double slope = calibration?.Slope ?? 1;
        double intercept = calibration?.Intercept ?? 0;
        double[] probabilities =
        [
            .. logits.Select(row => 1 / (1 + DeterministicMath.Exp(-((slope * row[0]) + intercept)))),
        ];
        if (BestThreshold.Find(probabilities, [.. truths.Select(truth => truth == 1)], criterion)
            is not { Threshold: double best })
        {
            return fallback;
        }

        double next = probabilities.Where(p => p < best).DefaultIfEmpty(0).Max();
        return (float)((best + next) / 2);
    }
}
