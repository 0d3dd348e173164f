using OnnxDeep.Learning.Metrics;
using OnnxDeep.Learning.Training;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Classifiers;

/// <summary>Shows the progress of a training, and warns of classes that it does not serve.</summary>
/// <param name="cmdlet">The cmdlet that trains.</param>
/// <param name="recipe">The settings.</param>
/// <param name="activity">The title of the progress bar.</param>
internal sealed class TrainingMessages(OnnxDeepCmdlet cmdlet, ClassifierRecipe recipe, string activity)
{
    private const int MostLines = 20;
    private const int MostNames = 5;

    private readonly ProgressBar _bar = new(cmdlet, activity);

    /// <summary>Shows an epoch; under -Verbose, the first and each twentieth of the maximum are lines.</summary>
    public void Report(EpochMetrics metrics)
    {
        // The comparison took nearly all of the time, and candidates have their own numbers of epochs.
        if (recipe.Candidates.Count > 0)
        {
            return;
        }

        string Text() => Describe("Epoch", metrics);
        _bar.Report((double)metrics.Epoch / recipe.Training.Epochs, Text);
        if (metrics.Epoch == 1 || metrics.Epoch % Math.Max(1, recipe.Training.Epochs / MostLines) == 0)
        {
            cmdlet.WriteVerbose($"{Text()}.");
        }
    }

    /// <summary>Shows the share of the comparison of candidates that is done.</summary>
    public void Report(double share) => _bar.Report(
        share, () => FormattableString.Invariant($"Comparing {recipe.Candidates.Count} ways to train"));

    /// <summary>Shows the share of the comparison of candidates in a fold.</summary>
    public void Report(int fold, int folds, double share) => _bar.Report(
        share,
        () => FormattableString.Invariant(
            $"Fold {fold} of {folds}, comparing {recipe.Candidates.Count} ways to train"));

    /// <summary>Shows an epoch of a fold.</summary>
    public void Report(int fold, int folds, EpochMetrics metrics)
    {
        if (recipe.Candidates.Count == 0)
        {
            _bar.Report(
                (double)metrics.Epoch / recipe.Training.Epochs,
                () => Describe(FormattableString.Invariant($"Fold {fold} of {folds}, epoch"), metrics));
        }
    }

    /// <summary>Writes the last epoch, the best one, the calibration and the threshold under -Verbose.</summary>
    public void Tell(TrainedClassifier trained)
    {
        TrainingHistory history = trained.History;
        foreach (CandidateResult candidate in trained.Candidates)
        {
            cmdlet.WriteVerbose($"{candidate}.");
        }

        int most = recipe.Candidates.Count > 0 ? history.Epochs.Count : recipe.Training.Epochs;
        cmdlet.WriteVerbose($"{Describe("Last epoch", history.Epochs[^1], most)}.");
        cmdlet.WriteVerbose(FormattableString.Invariant($"The weights are those of epoch {history.BestEpoch}")
            + (history.StoppedEarly ? ", because the validation loss no longer decreased." : "."));
        if (trained.Calibration is Calibration calibration)
        {
            cmdlet.WriteVerbose(
                FormattableString.Invariant($"Calibrated on {Quantity.Of(calibration.Rows, "example")} that the ")
                + $"network was not trained on: {calibration}; log loss "
                + FormattableString.Invariant($"{calibration.LogLossBefore:F4}, then {calibration.LogLossAfter:F4}."));
        }

        if (recipe.ThresholdCriterion is ThresholdCriterion criterion)
        {
            cmdlet.WriteVerbose(FormattableString.Invariant($"The threshold by {criterion} is {trained.Threshold}."));
        }
    }

    /// <summary>Writes the accuracy of each fold under -Verbose, and warns of classes that some folds lack.</summary>
    public void Tell(CrossValidation? validation)
    {
        int folds = validation?.Accuracies.Count ?? 0;
        Warn(
            c => validation?.Confusion.Support(c) < folds,
            FormattableString.Invariant($"missing from the test of some of the {folds:N0} folds. Add examples, or ")
            + "lower -CrossValidate.");
        for (int fold = 0; fold < validation?.Accuracies.Count; fold++)
        {
            cmdlet.WriteVerbose(FormattableString.Invariant(
                $"Fold {fold + 1} of {validation.Accuracies.Count}: accuracy {validation.Accuracies[fold]:P1}."));
        }
    }

    /// <summary>Removes the progress bar.</summary>
    public void Complete() => _bar.Complete();

    /// <summary>Warns of classes that are missing in a part of the examples or are never predicted.</summary>
    public void Warn(TrainedClassifier trained, TrainingExamples examples)
    {
        ConfusionMatrix test = trained.Test;
        ConfusionMatrix? validation = trained.History.Epochs[^1].ValidationConfusion;
        int[] trainRows = CountClasses(examples, trained.Split.Train.Span);
        int[] allRows = CountClasses(examples, examples.AllRows);
        Warn(
            c => allRows[c] == 1,
            "represented by a single example, which is trained on and never tested. Add examples.");
        Warn(
            c => trainRows[c] == 0,
            "missing from the training examples and cannot be learned. Add examples, or lower -TestFraction.");
        Warn(
            c => validation?.Support(c) == 0 && trainRows[c] > 0,
            "missing from the validation examples, which decide when the training stops. "
            + "Add examples, or use -Epochs.");
        WarnOfProbabilities(trained.Calibration);
        if (test.Total == 0)
        {
            return;
        }

        Warn(
            c => test.Support(c) == 0 && allRows[c] > 1,
            "missing from the test examples, which the report measures. Add examples, or raise -TestFraction.");
        Warn(
            c => test.Support(c) > 0 && test.Predicted(c) == 0,
            "never predicted for the test examples. Add examples, or train longer with -Epochs.");
    }

    private void WarnOfProbabilities(Calibration? calibration)
    {
        if (recipe.Training.BalancesClasses && calibration?.Method != CalibrationMethod.Platt)
        {
            cmdlet.WriteWarning(
                "The classes have balanced weights, so the probabilities are not frequencies: those of rare classes "
                + "are too high. Use them to rank or to choose a class"
                + (recipe.Labels.Count == 2 ? ", or use -Calibration Platt." : "."));
        }

        if (calibration is { IsLimited: true })
        {
            cmdlet.WriteWarning(
                FormattableString.Invariant($"The temperature {calibration.Temperature:0.###} is a limit: ")
                + (calibration.Temperature < 1 || calibration.LogLossAfter < 0.1
                    ? "the held-out examples are all classified correctly, so that they do not show how certain the "
                        + "model may be. Use more examples."
                    : "the held-out examples are mostly classified incorrectly. Check the labels."));
        }

        if (calibration is { Method: CalibrationMethod.Platt, Slope: <= 0 })
        {
            cmdlet.WriteWarning(
                "The calibration reverses the order of the probabilities: the held-out examples with the higher ones "
                + "are more often of the other class. The model has learned nothing useful; check the labels.");
        }
    }

    private string Describe(string epoch, EpochMetrics metrics) => Describe(epoch, metrics, recipe.Training.Epochs);

    private static string Describe(string epoch, EpochMetrics metrics, int most) =>
        FormattableString.Invariant($"{epoch} {metrics.Epoch} of {most}, ")
        + FormattableString.Invariant($"loss {metrics.Loss:F4}")
        + (metrics.Accuracy is double accuracy
            ? FormattableString.Invariant($", accuracy {accuracy:P1}")
            : string.Empty)
        + (metrics.ValidationLoss is double loss
            ? FormattableString.Invariant($", validation loss {loss:F4}")
            : string.Empty);

    private void Warn(Func<int, bool> isAffected, string what)
    {
        string[] labels = [.. recipe.Labels.Where((_, c) => isAffected(c)).Select(label => $"'{label}'")];
        if (labels.Length > 0)
        {
            string more = labels.Length > MostNames
                ? FormattableString.Invariant($" and {labels.Length - MostNames:N0} more")
                : string.Empty;
            cmdlet.WriteWarning(
                $"The {(labels.Length == 1 ? "class" : "classes")} {string.Join(", ", labels.Take(MostNames))}{more} "
                + $"{(labels.Length == 1 ? "is" : "are")} {what}");
        }
    }

    private int[] CountClasses(TrainingExamples examples, ReadOnlySpan<int> rows)
    {
        int[] counts = new int[recipe.Labels.Count];
        foreach (int row in rows)
        {
            counts[examples.GetClass(row)]++;
        }

        return counts;
    }
}
