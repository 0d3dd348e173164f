using System.Collections;
using System.Management.Automation;

using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Classifiers;

/// <summary>Reads the rows of Measure-Classification; the first row determines which properties are read.</summary>
internal sealed class ClassificationRowReader
{
    /// <summary>The properties that can contain the predicted class.</summary>
    public static readonly string[] PredictionNames = ["Label", "Prediction", "Predicted"];

    /// <summary>The properties that can contain the true class.</summary>
    public static readonly string[] TruthNames = ["Truth", "Actual", "Expected", "Class"];

    private static readonly string[] s_probabilities = ["Probability", "Scores"];
    private static readonly string[] s_names = ["Word", "Name", "Id"];

    private readonly string[] _predictions;
    private readonly string[] _truths;
    private readonly string[] _probabilities;
    private readonly bool _isProbabilityWanted;
    private readonly bool _isPredictionNeeded;
    private string? _prediction;
    private string? _truth;
    private string? _probability;

    public ClassificationRowReader(string? prediction, string? truth, string? probability, bool isPredictionNeeded)
    {
        _predictions = prediction is null ? PredictionNames : [prediction];
        _truths = truth is null ? TruthNames : [truth];
        _probabilities = probability is null ? s_probabilities : [probability];
        _isProbabilityWanted = probability is not null;
        _isPredictionNeeded = isPredictionNeeded;
    }

    /// <summary>The number of rows so far, valid or not.</summary>
    public int Count { get; private set; }

    /// <summary>Reads one row.</summary>
    /// <param name="item">The pipeline object.</param>
    /// <param name="error">The error in the row, or null if the row is valid.</param>
    /// <param name="isFatal">Whether the error applies to all rows.</param>
    /// <returns>The row, or null if there is an error.</returns>
    public ClassificationRow? Read(PSObject? item, out ErrorRecord? error, out bool isFatal)
    {
        Count++;
        isFatal = false;
        if (item is null)
        {
            error = Errors.RowIncomplete(Count, "the pipeline", null);
            return null;
        }

        if (_truth is null)
        {
            error = FindProperties(item);
            if (error is not null)
            {
                isFatal = true;
                return null;
            }
        }

        string? truth = RowProperties.ToText(RowProperties.Get(item, _truth!));
        string? prediction = _prediction is null ? null : RowProperties.ToText(RowProperties.Get(item, _prediction));
        error = truth is null ? Errors.RowIncomplete(Count, _truth!, item)
            : prediction is null && _isPredictionNeeded ? Errors.RowIncomplete(Count, _prediction!, item)
            : null;
        double? probability = null;
        Dictionary<string, double>? scores = null;
        if (error is null && _probability is not null)
        {
            error = ReadProbability(RowProperties.Get(item, _probability), out probability, out scores);
        }

        return error is null
            ? new ClassificationRow(Count, truth!, prediction, probability, scores, NameOf(item))
            : null;
    }

    private ErrorRecord? FindProperties(PSObject item)
    {
        string? truth = RowProperties.Find(item, _truths);
        _prediction = RowProperties.Find(item, _predictions);
        _probability = RowProperties.Find(item, _probabilities);
        if (_prediction is null && _isPredictionNeeded)
        {
            return Errors.PropertyNotFound("Prediction", _predictions, RowProperties.Names(item), item);
        }

        if (_probability is null && (_isProbabilityWanted || !_isPredictionNeeded))
        {
            return Errors.PropertyNotFound("Probability", _probabilities, RowProperties.Names(item), item);
        }

        if (truth is null)
        {
            return Errors.PropertyNotFound("Truth", _truths, RowProperties.Names(item), item);
        }

        _truth = truth;
        return null;
    }

    private ErrorRecord? ReadProbability(object? value, out double? probability, out Dictionary<string, double>? scores)
    {
        probability = null;
        scores = null;
        if (value is null or "")
        {
            return null;
        }

        if (value is IDictionary or PSObject)
        {
            scores = [];
            var row = PSObject.AsPSObject(value);
            foreach (string label in RowProperties.Names(row))
            {
                if (ToProbability(RowProperties.Get(row, label)) is not double score)
                {
                    return Errors.ProbabilityInvalid(Count, $"{_probability}.{label}", RowProperties.Get(row, label));
                }

                scores[label] = score;
            }

            return null;
        }

        probability = ToProbability(value);
        return probability is null ? Errors.ProbabilityInvalid(Count, _probability!, value) : null;
    }

    private static double? ToProbability(object? value) =>
        RowProperties.ToNumber(value) is double number and >= 0 and <= 1 ? number : null;

    private string NameOf(PSObject item) => RowProperties.Find(item, s_names) is string name
        && RowProperties.ToText(RowProperties.Get(item, name)) is string text
            ? $"'{text}'"
            : $"row {Count}";
}

/// <summary>A valid row of Measure-Classification.</summary>
/// <param name="Number">The number of the row, counted from 1.</param>
/// <param name="Truth">The true class.</param>
/// <param name="Prediction">The predicted class; null if a threshold determines it.</param>
/// <param name="Probability">The probability of the positive class; null if there is none.</param>
/// <param name="Scores">The probability of each class; null if there are none.</param>
/// <param name="Name">The name of the row in messages.</param>
internal sealed record ClassificationRow(
    int Number,
    string Truth,
    string? Prediction,
    double? Probability,
    IReadOnlyDictionary<string, double>? Scores,
    string Name);
