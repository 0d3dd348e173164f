using OnnxDeep.Learning.Metrics;

namespace OnnxDeep.Learning.Training;

/// <summary>The epochs of a training.</summary>
/// <param name="Epochs">In order.</param>
/// <param name="BestEpoch">The epoch, from 1, of the network's weights.</param>
/// <param name="StoppedEarly">Whether early stopping ended the training before the last epoch.</param>
public sealed record TrainingHistory(IReadOnlyList<EpochMetrics> Epochs, int BestEpoch, bool StoppedEarly);

/// <summary>Loss and metrics of one pass over the data.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Loss">
/// The mean over the training rows, each measured before the step of its batch, as in Keras.
/// </param>
/// <param name="Confusion">
/// The predictions for the training rows at the same moments.
/// </param>
/// <param name="ValidationLoss">The mean over the validation rows after the epoch.</param>
/// <param name="ValidationConfusion">The predictions for the validation rows after the epoch.</param>
public sealed record EpochMetrics(
    int Epoch,
    double Loss,
    ConfusionMatrix Confusion,
    double? ValidationLoss = null,
    ConfusionMatrix? ValidationConfusion = null)
{
    /// <summary>The share of correct predictions for the training rows.</summary>
    public double Accuracy => Confusion.Accuracy;

    /// <summary>The share of correct predictions for the validation rows.</summary>
    public double? ValidationAccuracy => ValidationConfusion?.Accuracy;
}
