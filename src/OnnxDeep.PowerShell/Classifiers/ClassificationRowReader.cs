using System.Globalization;
using System.Management.Automation;

using OnnxDeep.Numerics;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Classifiers;

/// <summary>Reads the rows of Measure-Classification; the first row determines which properties are read.</summary>
internal sealed class ClassificationRowReader
{
    /// <summary>
    /// The properties that can contain the predicted class; beside a PredictedLabel, Label is the row's own.
    /// </summary>
    public static readonly string[] PredictionNames = ["PredictedLabel", "Label", "Prediction", "Predicted"];

    /// <summary>The properties that can contain the true class.</summary>
    public static readonly string[] TruthNames = ["Truth", "Actual", "Expected", "Class"];

    private const string IsFood = "IsFood";

    private static readonly string[] s_probabilities = ["PredictedProbability", "Probability"];
    private static readonly string[] s_scores = ["PredictedScores", "Scores"];
    private static readonly string[] s_names = ["Word", "Name", "Id"];

    private readonly string[] _predictions;
    private readonly string[] _truths;
    private readonly string? _wantedProbability;
    private readonly bool _isPredictionNeeded;
    private readonly CultureInfo? _culture;
    private string? _prediction;
    private string? _truth;
    private string? _probability;
    private string? _scores;

    public ClassificationRowReader(
        string? prediction, string? truth, string? probability, bool isPredictionNeeded, CultureInfo? culture)
    {
        _predictions = prediction is null ? PredictionNames : [prediction];
        _truths = truth is null ? TruthNames : [truth];
        _wantedProbability = probability;
        _isPredictionNeeded = isPredictionNeeded;
        _culture = culture;
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
        OrderedDictionary<string, double>? scores = null;
        if (error is null && _probability is not null)
        {
            error = ReadScores(item, _scores, ref scores)
                ?? ReadScores(item, _probability, ref scores)
                ?? (scores is null ? ReadProbability(RowProperties.Get(item, _probability), out probability) : null);
        }

        return error is null
            ? new ClassificationRow(Count, truth!, prediction, probability, scores, ReadIsFood(item), NameOf(item))
            : null;
    }

    private ErrorRecord? FindProperties(PSObject item)
    {
        string? truth = RowProperties.Find(item, _truths);

        // What is predicted by default is another property than the truth.
        _prediction = RowProperties.Find(
            item,
            ReferenceEquals(_predictions, PredictionNames)
                ? _predictions.Where(name => !name.Equals(truth, StringComparison.OrdinalIgnoreCase))
                : _predictions);
        _scores = RowProperties.Find(item, _wantedProbability is null ? s_scores : [_wantedProbability]);
        _probability = RowProperties.Find(
            item, _wantedProbability is null ? s_probabilities : [_wantedProbability]) ?? _scores;
        if (_prediction is null && _isPredictionNeeded)
        {
            return Errors.PropertyNotFound("Prediction", _predictions, item);
        }

        if (_probability is null && (_wantedProbability is not null || !_isPredictionNeeded))
        {
            string[] wanted = _wantedProbability is null ? ["Probability", "Scores"] : [_wantedProbability];
            return Errors.PropertyNotFound("Probability", wanted, item);
        }

        if (truth is null)
        {
            return Errors.PropertyNotFound("Truth", _truths, item);
        }

        _truth = truth;
        return null;
    }

    // Not every value is a map: a column of a CSV file can have the name of the map's type, and the property that the
    // user names can contain single probabilities.
    private ErrorRecord? ReadScores(PSObject item, string? property, ref OrderedDictionary<string, double>? scores)
    {
        if (scores is not null || property is null || ClassMap.Read(RowProperties.Get(item, property)) is not { } map)
        {
            return null;
        }

        var found = new OrderedDictionary<string, double>();
        foreach ((string label, object? value) in map)
        {
            if (ToProbability($"{property}.{label}", value, out double score) is ErrorRecord error)
            {
                return error;
            }

            found[label] = score;
        }

        scores = found;
        return null;
    }

    private ErrorRecord? ReadProbability(object? value, out double? probability)
    {
        probability = null;
        if (value is null or "")
        {
            return null;
        }

        ErrorRecord? problem = ToProbability(_probability!, value, out double number);
        probability = problem is null ? number : null;
        return problem;
    }

    // Test-FoodWord's probability is that of food, whatever the label; this property tells its answers apart, also in
    // a CSV file.
    private bool? ReadIsFood(PSObject item) =>
        s_probabilities.Contains(_probability, StringComparer.OrdinalIgnoreCase) && RowProperties.Has(item, IsFood)
            ? RowProperties.Get(item, IsFood) switch
            {
                bool isFood => isFood,
                string text when bool.TryParse(text, out bool isFood) => isFood,
                _ => null,
            }
            : null;

    // No probability is as large as to need thousands marks.
    private ErrorRecord? ToProbability(string property, object? value, out double number) =>
        NumberText.Read(RowProperties.Unwrap(value), _culture, out number) switch
        {
            NumberKind.Ambiguous or NumberKind.Grouped =>
                Errors.From(NumberText.Ambiguous(Count, property, $"{value}", _culture), value),
            NumberKind.Number when number is >= 0 and <= 1 => null,
            _ => Errors.ProbabilityInvalid(Count, property, value),
        };

    private string NameOf(PSObject item) => RowProperties.Find(item, s_names) is string name
        && RowProperties.ToText(RowProperties.Get(item, name)) is string text
            ? $"'{text}'"
            : $"row {Count}";
}

/// <summary>A valid row of Measure-Classification.</summary>
/// <param name="Number">The number of the row, counted from 1.</param>
/// <param name="Truth">The true class.</param>
/// <param name="Prediction">The predicted class; null if a threshold determines it.</param>
/// <param name="Probability">A single probability; null if there is none, or one for each class.</param>
/// <param name="Scores">The probability of each class, in the order of the model; null if there are none.</param>
/// <param name="IsFood">Whether Test-FoodWord found food; null for the rows of other commands.</param>
/// <param name="Name">The name of the row in messages.</param>
internal sealed record ClassificationRow(
    int Number,
    string Truth,
    string? Prediction,
    double? Probability,
    OrderedDictionary<string, double>? Scores,
    bool? IsFood,
    string Name)
{
    /// <summary>What the single probability refers to if the user does not say it.</summary>
    public ProbabilityMeaning Meaning =>
        IsFood is null && Prediction is not null ? ProbabilityMeaning.Label : ProbabilityMeaning.Positive;
}

/// <summary>The class that a single probability refers to.</summary>
public enum ProbabilityMeaning
{
    /// <summary>The predicted class of its row.</summary>
    Label,

    /// <summary>The same class in all rows, whatever their labels.</summary>
    Positive,
}
