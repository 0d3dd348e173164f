using OnnxDeep.Learning.Training;

namespace OnnxDeep.Plots.Pictures;

/// <summary>Loss and accuracy over the epochs of a training.</summary>
/// <param name="Points">The epochs in order, at least one.</param>
/// <param name="BestEpoch">The epoch whose weights were kept; null if it is simply the last.</param>
public sealed record LossPlot(IReadOnlyList<EpochPoint> Points, int? BestEpoch = null) : PlotData
{
    /// <inheritdoc/>
    public override string DefaultTitle => "Training history";

    /// <summary>Whether any epoch has an accuracy.</summary>
    public bool HasAccuracy => Points.Any(point => point.Accuracy is not null || point.ValidationAccuracy is not null);

    /// <summary>Creates a plot from a training history.</summary>
    /// <exception cref="OnnxDeepException">The history has no epochs.</exception>
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

    /// <summary>Creates a plot from points.</summary>
    /// <exception cref="OnnxDeepException">There are no points.</exception>
    public static LossPlot From(IReadOnlyList<EpochPoint> points, int? bestEpoch = null)
    {
        ArgumentNullException.ThrowIfNull(points);
        return points.Count > 0 ? new LossPlot(points, bestEpoch) : throw new OnnxDeepException(
            ErrorIds.HistoryEmpty,
            "The training history has no epochs, so there is no curve to draw. "
            + "Use the history of a training with at least one epoch.");
    }
}

/// <summary>One epoch of a training history.</summary>
/// <param name="Epoch">The number of the epoch, from 1.</param>
/// <param name="Loss">The loss on the training rows.</param>
/// <param name="Accuracy">The accuracy on the training rows, from 0 to 1, if it is known.</param>
/// <param name="ValidationLoss">The loss on the validation rows, if there are any.</param>
/// <param name="ValidationAccuracy">The accuracy on the validation rows, from 0 to 1, if there are any.</param>
public sealed record EpochPoint(
    double Epoch,
    double Loss,
    double? Accuracy = null,
    double? ValidationLoss = null,
    double? ValidationAccuracy = null);
