using OnnxDeep.Learning.Training;

namespace OnnxDeep.Plots.Pictures;

/// <summary>Loss and accuracy over the epochs of a training.</summary>
/// <param name="Points">In order, at least one.</param>
/// <param name="BestEpoch">The epoch whose weights were kept, where that is not simply the last.</param>
public sealed record LossPlot(IReadOnlyList<EpochPoint> Points, int? BestEpoch = null) : PlotData
{
    /// <inheritdoc/>
    public override string DefaultTitle => "Training history";

    /// <summary>Whether any epoch has an accuracy.</summary>
    public bool HasAccuracy => Points.Any(point => point.Accuracy is not null || point.ValidationAccuracy is not null);

    /// <summary>Takes a history over.</summary>
    /// <exception cref="OnnxDeepException">It has no epoch.</exception>
    public static LossPlot From(TrainingHistory history)
    {
        ArgumentNullException.ThrowIfNull(history);
        EpochPoint[] points =
        [
            .. history.Epochs.Select(epoch => new EpochPoint(
                epoch.Epoch, epoch.Loss, epoch.Accuracy, epoch.ValidationLoss, epoch.ValidationAccuracy)),
        ];
        return From(points, history.BestEpoch < points.Length ? history.BestEpoch : null);
    }

    /// <summary>Takes rows over.</summary>
    /// <exception cref="OnnxDeepException">There are none.</exception>
    public static LossPlot From(IReadOnlyList<EpochPoint> points, int? bestEpoch = null)
    {
        ArgumentNullException.ThrowIfNull(points);
        return points.Count > 0 ? new LossPlot(points, bestEpoch) : throw new OnnxDeepException(
            ErrorIds.HistoryEmpty,
            "The training history has no epoch, so there is no curve. "
            + "Give the history of a training of one epoch or more.");
    }
}

/// <summary>One epoch of a training history.</summary>
/// <param name="Epoch">From 1.</param>
/// <param name="Loss">Over the training rows.</param>
/// <param name="Accuracy">Share from 0 to 1 of the training rows, if it is known.</param>
/// <param name="ValidationLoss">Over the validation rows, if there are any.</param>
/// <param name="ValidationAccuracy">Share from 0 to 1 of the validation rows, if there are any.</param>
public sealed record EpochPoint(
    double Epoch,
    double Loss,
    double? Accuracy = null,
    double? ValidationLoss = null,
    double? ValidationAccuracy = null);
