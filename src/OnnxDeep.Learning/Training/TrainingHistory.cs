using OnnxDeep.Learning.Metrics;

namespace OnnxDeep.Learning.Training;

/// <summary>The epochs of a training.</summary>
/// <param name="Epochs">In order.</param>
/// <param name="BestEpoch">The epoch, from 1, of the network's weights.</param>
/// <param name="StoppedEarly">Whether early stopping ended the training before the last epoch.</param>
public sealed record TrainingHistory(IReadOnlyList<EpochMetrics> Epochs, int BestEpoch, bool StoppedEarly)
{
    private const int MostRows = 20;

    /// <summary>In order.</summary>
    public IReadOnlyList<EpochMetrics> Epochs { get; init => field = CellText.List(value); } = CellText.List(Epochs);

    /// <summary>The number of epochs, and the best of them.</summary>
    public override string ToString() => FormattableString.Invariant(
        $"{Quantity.Of(Epochs.Count, "epoch")}, the best is {BestEpoch}{(StoppedEarly ? ", stopped early" : "")}");

    /// <summary>
    /// The epochs as a text table and a line about the best one; of many epochs, some at equal distances, with the
    /// first, the best and the last.
    /// </summary>
    public string ToTable()
    {
        int step = (Epochs.Count + MostRows - 1) / MostRows;
        EpochMetrics[] shown =
        [
            .. Epochs.Where(epoch => epoch.Epoch % step == 0 || epoch.Epoch == 1 || epoch.Epoch == BestEpoch
                || epoch.Epoch == Epochs.Count),
        ];
        bool isValidated = Epochs.Any(epoch => epoch.ValidationLoss is not null);
        bool hasAccuracy = Epochs.Any(epoch => epoch.Accuracy is not null);
        string head = "Epoch       Loss" + (hasAccuracy ? "  Accuracy" : string.Empty)
            + (isValidated ? "  ValidationLoss" : string.Empty)
            + (isValidated && hasAccuracy ? "  ValidationAccuracy" : string.Empty);
        string best = FormattableString.Invariant($"The weights are those of epoch {BestEpoch} of {Epochs.Count}")
            + (StoppedEarly ? "; the training stopped early." : ".");
        string some = shown.Length < Epochs.Count
            ? FormattableString.Invariant($"\n{shown.Length} of {Epochs.Count} epochs are shown; Epochs has all.")
            : string.Empty;
        return string.Join('\n', [head, .. shown.Select(Row), string.Empty, best + some]);
    }

    private static string Row(EpochMetrics epoch) =>
        FormattableString.Invariant($"{epoch.Epoch,5} {epoch.Loss,10:F4}")
        + (epoch.Accuracy is double accuracy ? FormattableString.Invariant($" {accuracy,9:F4}") : string.Empty)
        + (epoch.ValidationLoss is double loss ? FormattableString.Invariant($" {loss,15:F4}") : string.Empty)
        + (epoch.ValidationAccuracy is double validated
            ? FormattableString.Invariant($" {validated,19:F4}")
            : string.Empty);
}

/// <summary>Loss and metrics of one pass over the data.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Loss">
/// The mean over the training rows, each measured before the step of its batch, as in Keras.
/// </param>
/// <param name="Confusion">
/// The predictions for the training rows at the same moments; null if the targets are numbers, not classes.
/// </param>
/// <param name="ValidationLoss">The mean over the validation rows after the epoch.</param>
/// <param name="ValidationConfusion">
/// The predictions for the validation rows after the epoch; null without such rows or without classes.
/// </param>
public sealed record EpochMetrics(
    int Epoch,
    double Loss,
    ConfusionMatrix? Confusion,
    double? ValidationLoss = null,
    ConfusionMatrix? ValidationConfusion = null)
{
    /// <summary>The share of correct predictions for the training rows; null without classes.</summary>
    public double? Accuracy => Confusion?.Accuracy;

    /// <summary>The share of correct predictions for the validation rows.</summary>
    public double? ValidationAccuracy => ValidationConfusion?.Accuracy;

    /// <summary>The epoch with its losses and accuracies.</summary>
    public override string ToString() =>
        FormattableString.Invariant($"epoch {Epoch}: loss {Loss}")
        + (Accuracy is double accuracy ? FormattableString.Invariant($", accuracy {accuracy}") : string.Empty)
        + (ValidationLoss is double loss ? FormattableString.Invariant($", validation loss {loss}") : string.Empty)
        + (ValidationAccuracy is double validated
            ? FormattableString.Invariant($", validation accuracy {validated}")
            : string.Empty);
}
