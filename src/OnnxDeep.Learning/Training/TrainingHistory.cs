using OnnxDeep.Learning.Metrics;

namespace OnnxDeep.Learning.Training;

/// <summary>All epochs of a training.</summary>
/// <param name="Epochs">In order.</param>
/// <param name="BestEpoch">The epoch, from 1, whose weights the network has.</param>
/// <param name="StoppedEarly">Whether the validation loss had stopped falling before the last epoch.</param>
public sealed record TrainingHistory(IReadOnlyList<EpochMetrics> Epochs, int BestEpoch, bool StoppedEarly);

/// <summary>What one pass over the data gave.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Loss">
/// The mean over the training rows, each measured just before its own batch's step, as in Keras.
/// </param>
/// <param name="Confusion">
/// The training rows' classes at the same moments; accuracy, precision and recall follow.
/// </param>
/// <param name="ValidationLoss">The mean over the validation rows after the epoch.</param>
/// <param name="ValidationConfusion">The validation rows' classes after the epoch.</param>
public sealed record EpochMetrics(
    int Epoch,
    double Loss,
    ConfusionMatrix Confusion,
    double? ValidationLoss = null,
    ConfusionMatrix? ValidationConfusion = null)
{
    /// <summary>The share of training rows that were classified rightly.</summary>
    public double Accuracy => Confusion.Accuracy;

    /// <summary>The share of validation rows that were classified rightly.</summary>
    public double? ValidationAccuracy => ValidationConfusion?.Accuracy;
}
