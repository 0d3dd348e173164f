using System.Management.Automation;

using OnnxDeep.Learning.Training;
using OnnxDeep.Plots.Pictures;
using OnnxDeep.PowerShell.Common;

using EpochPoint = OnnxDeep.Plots.Pictures.EpochPoint;

namespace OnnxDeep.PowerShell.Plots;

/// <summary>
/// Collects a training history from a history, from an object that has one, or from rows as of a CSV.
/// </summary>
internal sealed class HistoryReader
{
    private readonly List<EpochPoint> _rows = [];
    private readonly List<TrainingHistory> _histories = [];

    /// <summary>Takes an object in.</summary>
    /// <exception cref="OnnxDeepException">It is no history, has none and is no row of one.</exception>
    public void Add(PSObject item)
    {
        if (item.BaseObject is TrainingHistory history)
        {
            _histories.Add(history);
        }
        else if (RowProperties.FindValue(item, "History", "Epochs") is object inner)
        {
            foreach (PSObject part in RowProperties.Enumerate(inner))
            {
                Add(part);
            }
        }
        else
        {
            _rows.Add(ReadRow(item));
        }
    }

    /// <summary>The plot of what was taken in.</summary>
    /// <exception cref="OnnxDeepException">There is no epoch, or there are several histories.</exception>
    public LossPlot Build()
    {
        if (_histories.Count + (_rows.Count > 0 ? 1 : 0) > 1)
        {
            throw Invalid(
                $"{_histories.Count} histories came, and a picture shows one. Give them one by one, with a path each.");
        }

        return _histories.Count == 1 ? LossPlot.From(_histories[0]) : LossPlot.From(_rows);
    }

    private EpochPoint ReadRow(PSObject item)
    {
        double? Number(string name)
        {
            object? value = RowProperties.FindValue(item, name);
            try
            {
                return RowProperties.ParseNumber(value);
            }
            catch (Exception e) when (e is FormatException or InvalidCastException or OverflowException)
            {
                throw Invalid(
                    $"The property {name} of a row is '{value}', and that is no number. "
                    + "Write numbers with a point, such as 0.25.",
                    e);
            }
        }

        double loss = Number(nameof(EpochPoint.Loss)) ?? throw Invalid(
            $"The object '{item}' is no training history and no row of one: it has none of the properties History, "
            + "Epochs and Loss. Give a training's result, its History, or rows with Epoch, Loss, Accuracy, "
            + "ValidationLoss and ValidationAccuracy.");
        return new EpochPoint(
            Number(nameof(EpochPoint.Epoch)) ?? _rows.Count + 1,
            loss,
            Number(nameof(EpochPoint.Accuracy)),
            Number(nameof(EpochPoint.ValidationLoss)),
            Number(nameof(EpochPoint.ValidationAccuracy)));
    }

    private static OnnxDeepException Invalid(string message, Exception? cause = null) =>
        new(ErrorIds.HistoryInvalid, message, cause);
}
