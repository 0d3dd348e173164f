using OnnxDeep.Learning.Training;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Regressors;

/// <summary>Shows the progress of the training of a regressor.</summary>
/// <param name="cmdlet">The cmdlet that trains.</param>
/// <param name="recipe">The settings.</param>
/// <param name="activity">The title of the progress bar.</param>
internal sealed class RegressorMessages(OnnxDeepCmdlet cmdlet, TrainingRecipe recipe, string activity)
{
    private const int MostLines = 20;

    private readonly ProgressBar _bar = new(cmdlet, activity);

    /// <summary>Shows an epoch; under -Verbose, the first and each twentieth of the maximum are lines.</summary>
    public void Report(EpochMetrics metrics)
    {
        // The comparison took nearly all of the time, and candidates have their own numbers of epochs.
        if (recipe.Candidates.Count > 0)
        {
            return;
        }

        int epochs = recipe.Training.Epochs;
        string Text() => Describe("Epoch", metrics);
        _bar.Report((double)metrics.Epoch / epochs, Text);
        if (metrics.Epoch == 1 || metrics.Epoch % Math.Max(1, epochs / MostLines) == 0)
        {
            cmdlet.WriteVerbose($"{Text()}.");
        }
    }

    /// <summary>Shows the share of the comparison of candidates that is done.</summary>
    public void Report(double share) => _bar.Report(
        share, () => FormattableString.Invariant($"Comparing {recipe.Candidates.Count} ways to train"));

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

    /// <summary>Shows the share of the comparison of candidates in a fold.</summary>
    public void Report(int fold, int folds, double share) => _bar.Report(
        share, () => FormattableString.Invariant($"Fold {fold} of {folds}, comparing ways to train"));

    /// <summary>Writes the candidates, the last epoch and the best one under -Verbose.</summary>
    public void Tell(TrainedRegressor trained)
    {
        TrainingHistory history = trained.History;
        foreach (CandidateResult candidate in trained.Candidates)
        {
            cmdlet.WriteVerbose($"{candidate}.");
        }

        cmdlet.WriteVerbose($"{Describe("Last epoch", history.Epochs[^1])}.");
        cmdlet.WriteVerbose(FormattableString.Invariant($"The weights are those of epoch {history.BestEpoch}")
            + (history.StoppedEarly ? ", because the validation loss no longer decreased." : "."));
    }

    /// <summary>Writes the figures of each fold under -Verbose.</summary>
    public void Tell(RegressorValidation? validation)
    {
        for (int fold = 0; fold < validation?.Folds.Count; fold++)
        {
            cmdlet.WriteVerbose(FormattableString.Invariant(
                $"Fold {fold + 1} of {validation.Folds.Count}: {validation.Folds[fold]}."));
        }
    }

    /// <summary>Removes the progress bar.</summary>
    public void Complete() => _bar.Complete();

    private static string Describe(string epoch, EpochMetrics metrics) =>
        FormattableString.Invariant($"{epoch} {metrics.Epoch}, loss {metrics.Loss:F4}")
        + (metrics.ValidationLoss is double loss
            ? FormattableString.Invariant($", validation loss {loss:F4}")
            : string.Empty);
}
