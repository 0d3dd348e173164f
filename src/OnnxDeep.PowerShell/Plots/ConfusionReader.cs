using System.Collections;
using System.Globalization;
using System.Management.Automation;

using OnnxDeep.Learning.Metrics;
using OnnxDeep.Plots.Pictures;
using OnnxDeep.PowerShell.Classifiers;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Plots;

/// <summary>Reads a confusion matrix from a matrix, from an object with a matrix, or from predictions.</summary>
/// <param name="culture">The culture of numbers in text; null for numbers with a decimal point.</param>
internal sealed class ConfusionReader(CultureInfo? culture)
{
    private const string Counts = "Counts";

    private static readonly string[] s_matrixNames = ["Confusion", "ConfusionMatrix", "TestConfusion", "Test", Counts];

    private readonly NumberArguments _numbers = new("Matrix", culture);
    private readonly List<(string Truth, string Label)> _pairs = [];
    private ConfusionPlot? _plot;

    /// <summary>Gets the matrix of an object, or null if it has none.</summary>
    /// <exception cref="OnnxDeepException">The object's value is not a matrix.</exception>
    public ConfusionPlot? Find(PSObject item, IReadOnlyList<string>? labels) =>
        RowProperties.FindValue(item, s_matrixNames) is object matrix
            ? FromMatrix(matrix, labels ?? FindLabels(item))
            : null;

    /// <summary>Creates a plot from a ConfusionMatrix, a two-dimensional array or an array of rows.</summary>
    /// <exception cref="OnnxDeepException">The value is none of these.</exception>
    public ConfusionPlot FromMatrix(object matrix, IReadOnlyList<string>? labels)
    {
        // From another process or a file, a ConfusionMatrix returns as an object with its properties.
        if (matrix is PSObject { BaseObject: PSCustomObject } item
            && RowProperties.FindValue(item, Counts) is object counts)
        {
            labels ??= FindLabels(item);
            matrix = counts;
        }

        object plain = RowProperties.Unwrap(matrix)!;
        return plain is ConfusionMatrix counted
            ? ConfusionPlot.Create(counted, labels ?? counted.Labels)
            : ConfusionPlot.Create(plain as int[,] ?? ToCounts(plain, labels?.Count), labels);
    }

    /// <summary>Adds an object.</summary>
    /// <exception cref="OnnxDeepException">The object has neither a matrix nor a prediction.</exception>
    public void Add(PSObject item, IReadOnlyList<string>? labels)
    {
        if (item.BaseObject is ConfusionMatrix or Array)
        {
            Set(FromMatrix(item.BaseObject, labels));
        }
        else if (Find(item, labels) is ConfusionPlot plot)
        {
            Set(plot);
        }
        else if (RowProperties.FindValue(item, ClassificationRowReader.TruthNames) is object truth
            && RowProperties.FindValue(item, ClassificationRowReader.PredictionNames) is object label)
        {
            _pairs.Add((truth.ToString()!, label.ToString()!));
        }
        else
        {
            throw Invalid(
                $"The object '{item}' is not a prediction and has no matrix; it has: {RowProperties.List(item)}. "
                + "Specify objects with the properties Truth and Label, or one object with the properties Confusion "
                + "and Labels.");
        }
    }

    /// <summary>Creates the plot of the added objects.</summary>
    /// <exception cref="OnnxDeepException">No object was added.</exception>
    public ConfusionPlot Build(IReadOnlyList<string>? labels) => _plot ?? ConfusionPlot.Create(_pairs, labels);

    private void Set(ConfusionPlot plot)
    {
        if (_plot is not null || _pairs.Count > 0)
        {
            throw Invalid(
                "The input contains more than one matrix, but a picture shows only one. "
                + "Run the command once for each matrix, with a different -Path.");
        }

        _plot = plot;
    }

    private static string[]? FindLabels(PSObject item) =>
        RowProperties.FindValue(item, "Labels", "Label") is object labels
            ? [.. RowProperties.Enumerate(labels).Select(label => label.ToString())]
            : null;

    private int[,] ToCounts(object value, int? classes)
    {
        try
        {
            int[][] rows = value is Array { Rank: 2 } array ? Rows(array)
                : value is IEnumerable and not string ? Rows([.. RowProperties.Enumerate(value)], classes)
                : throw new FormatException();
            int[,] counts = new int[rows.Length, rows.Length];
            for (int truth = 0; truth < rows.Length; truth++)
            {
                for (int predicted = 0; predicted < rows.Length; predicted++)
                {
                    counts[truth, predicted] = rows[truth].Length == rows.Length
                        ? rows[truth][predicted]
                        : throw new FormatException();
                }
            }

            return counts;
        }
        catch (Exception e) when (e is FormatException or OverflowException
            or OnnxDeepException { ErrorId: ErrorIds.NotANumber })
        {
            throw Invalid(
                "The matrix is not a square of integers. Specify a ConfusionMatrix, an [int[,]], or a row for each "
                + "true class, such as @((14, 2), (1, 13)).",
                e);
        }
    }

    private int[] Row(PSObject row) => [.. RowProperties.Enumerate(row).Select(cell => Whole(cell.BaseObject))];

    // From another process, the rows of an [int[,]] return as one list.
    private int[][] Rows(PSObject[] items, int? classes) =>
        classes > 1 && items.Length == classes * classes
            ? [.. items.Select(cell => Whole(cell.BaseObject)).Chunk(classes.Value)]
            : [.. items.Select(Row)];

    private int[][] Rows(Array array) =>
    [
        .. Enumerable.Range(0, array.GetLength(0)).Select(row =>
            Enumerable.Range(0, array.GetLength(1)).Select(column => Whole(array.GetValue(row, column))).ToArray()),
    ];

    private int Whole(object? cell) =>
        _numbers.ReadOne(cell) is double number && number == Math.Floor(number)
            ? checked((int)number)
            : throw new FormatException();

    private static OnnxDeepException Invalid(string message, Exception? cause = null) =>
        new(ErrorIds.ConfusionInvalid, message, cause);
}
