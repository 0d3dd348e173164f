using System.Management.Automation;
using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Metrics;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Classifiers;

/// <summary>Computes the result of Measure-Classification from its rows.</summary>
internal sealed class ClassificationBuilder
{
    private readonly IReadOnlyList<ClassificationRow> _rows;
    private readonly double? _threshold;
    private readonly CancellationToken _stop;
    private readonly string? _wantedPositive;
    private readonly ProbabilityMeaning? _meaning;
    private readonly string[] _labels;
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly string? _positive;
    private readonly string? _doubt;

    /// <summary>Creates a builder for rows that are complete and belong to the listed classes.</summary>
    /// <exception cref="OnnxDeepException">There are too many classes.</exception>
    public ClassificationBuilder(
        IReadOnlyList<ClassificationRow> rows,
        string[]? labels,
        string? positive,
        ProbabilityMeaning? meaning,
        double? threshold,
        CancellationToken cancellationToken)
    {
        _stop = cancellationToken;
        _rows = rows;
        _threshold = threshold;
        _wantedPositive = positive;
        _meaning = meaning;
        _labels = labels ??
        [
            .. LabelOrder.Sort(
                rows.Select(row => row.Truth).Concat(rows.Select(row => row.Prediction).OfType<string>())),
        ];
        ConfusionMatrix.CheckClasses(_labels.Length);
        foreach ((int place, string label) in _labels.Index())
        {
            _places.TryAdd(label, place);
        }

        _positive = FindPositive();
        _doubt = FindDoubt();
    }

    /// <summary>
    /// The warnings about undefined measures; filled by <see cref="Build"/> and <see cref="Score"/>.
    /// </summary>
    public List<string> Warnings { get; } = [];

    /// <summary>The class, of two, that the probabilities refer to; null if it is unknown or there are more.</summary>
    public string? PositiveLabel => _labels.Length == 2 ? _positive : null;

    private bool HasScores => _rows.Any(row => row.Scores is not null);

    private bool HasProbabilities => _rows.Any(row => row.Probability is not null);

    /// <summary>Returns an error if the parameters do not suit the rows; otherwise null.</summary>
    public ErrorRecord? Check()
    {
        if (_wantedPositive is not null && !_labels.Contains(_wantedPositive, StringComparer.Ordinal))
        {
            return Errors.PositiveLabelNotFound(_wantedPositive, _labels);
        }

        if (_threshold is null)
        {
            return null;
        }

        return _labels.Length != 2
                ? Errors.ThresholdUnfit(
                    $"there {(_labels.Length == 1 ? "is" : "are")} {Quantity.Of(_labels.Length, "class", "classes")} "
                    + $"({string.Join(", ", _labels)}), not two. "
                    + "Use -Label to specify two.")
            : _doubt is not null
                ? Errors.ThresholdUnfit(_doubt)
            : _positive is null
                ? Errors.ThresholdUnfit(
                    "it is unknown which class the probabilities refer to. Use -PositiveLabel to specify it.")
            : _rows.Any(row => ProbabilityOf(row) is null)
                ? Errors.ThresholdUnfit("not every row has a probability. Use Where-Object to exclude the others.")
            : null;
    }

    /// <summary>Computes the result.</summary>
    public ClassificationMeasure Build()
    {
        int[] truths = [.. _rows.Select(row => IndexOf(row.Truth))];
        int[] predictions = [.. _rows.Select(row => IndexOf(PredictionOf(row)))];
        var classification = new Classification(_labels, truths, predictions);
        Warnings.AddRange(classification.GetUndefined());
        ClassificationScores? scores = Score();
        return new ClassificationMeasure
        {
            Accuracy = classification.Matrix.Accuracy,
            MacroAverage = AverageMeasure.Macro(classification.Matrix),
            WeightedAverage = AverageMeasure.Weighted(classification.Matrix),
            Classes = ShownArray.Of(classification.Classes
                .Select((measure, c) => measure with { RocAuc = scores?.ClassAreas[c] })
                .ToArray())!,
            ConfusionMatrix = ShownArray.Of(classification.Matrix.ToArray())!,
            ConfusionTable = ShownArray.Of(Tabulate(classification.Matrix))!,
            Labels = ShownArray.Of(_labels)!,
            RocAuc = scores?.RocAuc,
            LogLoss = scores?.LogLoss,
            Reliability = scores?.Reliability,
            BestThreshold = scores?.BestThreshold?.Threshold,
            BestF1 = scores?.BestThreshold?.Value,
            PositiveLabel = scores is null ? null : _positive,
            Rows = _rows.Count,
            LeftOut = 0,
            Unknown = 0,
            Report = classification.Report,
        };
    }

    /// <summary>Measures the scores; null, with a warning, if there are none or their meaning is unknown.</summary>
    public ClassificationScores? Score()
    {
        if (!HasScores && !HasProbabilities)
        {
            return null;
        }

        ClassificationScores? scores = _labels.Length == 2 ? ScoreTwo() : HasScores ? ScoreMany() : null;
        if (scores is null)
        {
            Warnings.Add(
                _doubt is not null
                    ? $"ROC AUC, log loss, calibration error and best threshold are not computed: {_doubt}"
                : _labels.Length == 2
                    ? "It is unknown which class the probabilities refer to, so ROC AUC, log loss, calibration error "
                        + "and best threshold are not computed. Use -PositiveLabel to specify it."
                    : $"There {(_labels.Length == 1 ? "is 1 class" : $"are {_labels.Length} classes")}: "
                        + "ROC AUC, log loss, calibration error and best threshold cannot be computed from one "
                        + "probability per row. Use -Label to specify two classes, or add a probability for each "
                        + "class.");
        }
        else if (scores.RocAuc is null)
        {
            Warnings.Add(
                "ROC AUC is undefined: it compares the rows of a class with the other rows, "
                + "and for at least one class there are only rows of one kind.");
        }

        return scores;
    }

    private ClassificationScores? ScoreTwo()
    {
        ClassificationRow[] rows = [.. _rows.Where(row => ProbabilityOf(row) is not null)];
        if (_positive is null || _doubt is not null || rows.Length == 0)
        {
            return null;
        }

        CountMissing(rows.Length);
        double[] probabilities = [.. rows.Select(row => ProbabilityOf(row)!.Value)];
        bool[] positives = [.. rows.Select(row => row.Truth == _positive)];
        return ClassificationScores.OfTwo(probabilities, positives);
    }

    private ClassificationScores ScoreMany()
    {
        ClassificationRow[] rows = [.. _rows.Where(row => row.Scores is not null)];
        CountMissing(rows.Length);

        // Classes that are in no row still have their share of a row's probability.
        string[] classes = [.. _labels, .. rows.SelectMany(row => row.Scores!.Keys).Distinct().Except(_labels)];
        double[][] probabilities =
            [.. rows.Select(row => classes.Select(label => row.Scores!.GetValueOrDefault(label)).ToArray())];
        return ClassificationScores.OfMany(probabilities, [.. rows.Select(row => IndexOf(row.Truth))], _stop);
    }

    private void CountMissing(int rows)
    {
        if (rows < _rows.Count)
        {
            Warnings.Add(
                FormattableString.Invariant($"{_rows.Count - rows:N0} of {Quantity.Of(_rows.Count, "row")} ")
                + $"{(_rows.Count - rows == 1 ? "has" : "have")} no probability: "
                + "ROC AUC, log loss, calibration error and best threshold are computed from the other rows.");
        }
    }

    // Of two classes, the probability of the positive one.
    private double? ProbabilityOf(ClassificationRow row)
    {
        if (_positive is null)
        {
            return null;
        }

        if (row.Scores is not null)
        {
            return row.Scores.TryGetValue(_positive, out double score) ? score : null;
        }

        return IsOfLabel(row) && row.Prediction != _positive ? 1 - row.Probability : row.Probability;
    }

    private bool IsOfLabel(ClassificationRow row) => (_meaning ?? row.Meaning) == ProbabilityMeaning.Label;

    private string PredictionOf(ClassificationRow row) => _threshold is not double threshold
        ? row.Prediction!
        : ProbabilityOf(row) >= threshold ? _positive! : _labels.First(label => label != _positive);

    // The specified class. Otherwise food, for the answers of Test-FoodWord; the last class of a map; for probabilities
    // of each row's own class, the last label; for others, the class whose predictions have the higher mean
    // probability; if these do not decide, the greater of two numbers, as in scikit-learn.
    private string? FindPositive()
    {
        if (_wantedPositive is not null || _labels.Length != 2)
        {
            return _wantedPositive;
        }

        if (FindFood() is string food)
        {
            return food;
        }

        if (_rows.FirstOrDefault(row => row.Scores is not null) is { Scores: { } scores })
        {
            return scores.Keys.LastOrDefault(_labels.Contains) ?? _labels[1];
        }

        if (_rows.Any(row => row.Probability is not null && IsOfLabel(row)))
        {
            return _labels[1];
        }

        double?[] means =
        [
            .. _labels.Select(label => _rows.Where(row => row.Prediction == label).Average(row => row.Probability)),
        ];
        return means[0] is double first && means[1] is double second && first != second
            ? _labels[second > first ? 1 : 0]
            : LabelOrder.AreNumbers(_labels) ? LabelOrder.Sort(_labels)[1] : null;
    }

    private string? FindFood()
    {
        if (_rows.FirstOrDefault(row => row.IsFood is not null && _labels.Contains(row.Prediction)) is not { } row)
        {
            return null;
        }

        return row.IsFood == true ? row.Prediction : _labels.First(label => label != row.Prediction);
    }

    // By default, a single probability is that of its row's label. A threshold chose the label, so these probabilities
    // separate the two labels. If they don't, or if they do as well as those of one class, the rows may come from a
    // program that returns the probability of one class.
    private string? FindDoubt()
    {
        if (_meaning is not null || _labels.Length != 2)
        {
            return null;
        }

        (bool IsFirst, double Value)[] rows =
        [
            .. _rows
                .Where(row => row.Scores is null && row.Probability is not null && IsOfLabel(row))
                .Select(row => (row.Prediction == _labels[0], row.Probability!.Value)),
        ];
        int low = rows.Count(row => row.Value < 0.5);
        return low > 0
            && (!AreSeparated(rows.Select(row => (row.IsFirst, row.IsFirst ? row.Value : 1 - row.Value)))
                || AreSeparated(rows)
                || AreSeparated(rows.Select(row => (!row.IsFirst, row.Value))))
            ? FormattableString.Invariant($"{low:N0} of {Quantity.Of(rows.Length, "row")} ")
                + $"{(low == 1 ? "has" : "have")} a probability of less than 0.5. "
                + "A single probability is read as that of the row's label, and these look like probabilities of one "
                + "class, whatever the label. Use -ProbabilityOf to specify Positive or Label."
            : null;
    }

    private static bool AreSeparated(IEnumerable<(bool IsHigh, double Value)> rows) =>
        rows.Where(row => row.IsHigh).Select(row => row.Value).DefaultIfEmpty(1).Min()
        >= rows.Where(row => !row.IsHigh).Select(row => row.Value).DefaultIfEmpty(0).Max();

    private int IndexOf(string label) => _places.GetValueOrDefault(label, -1);

    private PSObject[] Tabulate(ConfusionMatrix matrix) =>
    [
        .. _labels.Select((truth, t) =>
        {
            var row = new PSObject();
            row.Properties.Add(new PSNoteProperty("Truth", truth));
            for (int p = 0; p < _labels.Length; p++)
            {
                // Property names are not case-sensitive: classes that differ only in case need other names.
                string name = _labels[p];
                while (row.Properties[name] is not null)
                {
                    name += "_";
                }

                row.Properties.Add(new PSNoteProperty(name, matrix[t, p]));
            }

            return row;
        }),
    ];
}
