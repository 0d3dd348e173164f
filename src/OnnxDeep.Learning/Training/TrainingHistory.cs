namespace OnnxDeep.Learning.Training;

/// <summary>All epochs of a training.</summary>
/// <param name="Epochs">In order.</param>
/// <param name="BestEpoch">The epoch, from 1, whose weights the network has.</param>
/// <param name="StoppedEarly">Whether the validation loss had stopped falling before the last epoch.</param>
public sealed record TrainingHistory(IReadOnlyList<EpochMetrics> Epochs, int BestEpoch, bool StoppedEarly);
