namespace OnnxDeep.Learning.Training;

/// <summary>A training whose loss is no number any more.</summary>
public sealed class TrainingDivergedException : OnnxDeepException
{
    /// <summary>Makes the error for the epoch, from 1, that it showed in.</summary>
    public TrainingDivergedException(int epoch)
        : base(
            "TrainingDiverged",
            $"The loss of epoch {epoch} is not a finite number: the steps are too large for these features. "
            + "Lower the learning rate, or bring the features to a common scale.") => Epoch = epoch;

    /// <summary>The epoch, from 1.</summary>
    public int Epoch { get; }
}
