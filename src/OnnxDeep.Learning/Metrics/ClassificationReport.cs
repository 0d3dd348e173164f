using System.Globalization;
using System.Text;

namespace OnnxDeep.Learning.Metrics;

/// <summary>The text of scikit-learn's <c>classification_report</c>, character for character.</summary>
public static class ClassificationReport
{
    private const string WeightedAverage = "weighted avg";

    /// <summary>
    /// Precision, recall, F1 and support of each class, accuracy, macro and weighted averages. If a class is neither
    /// true nor predicted for any row, the accuracy line is named "micro avg", as in scikit-learn.
    /// </summary>
    /// <param name="matrix">The counted predictions.</param>
    /// <param name="labels">A name for each class, in the matrix's order.</param>
    /// <param name="digits">Decimals.</param>
    public static string Format(ConfusionMatrix matrix, IReadOnlyList<string> labels, int digits = 2)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        ArgumentNullException.ThrowIfNull(labels);
        if (labels.Count != matrix.ClassCount)
        {
            throw new ArgumentException(
                $"{labels.Count} labels were given for {matrix.ClassCount} classes.", nameof(labels));
        }

        string[] names = [.. labels.Select(ShownText.Value)];
        int width = Math.Max(WeightedAverage.Length, Math.Max(digits, names.Max(Length)));
        var text = new StringBuilder();
        text.Append(Row(width, string.Empty, "precision", "recall", "f1-score", "support")).Append('\n');
        for (int c = 0; c < labels.Count; c++)
        {
            text.Append(Row(
                width,
                names[c],
                Fixed(matrix.Precision(c), digits),
                Fixed(matrix.Recall(c), digits),
                Fixed(matrix.F1(c), digits),
                Whole(matrix.Support(c))));
        }

        text.Append('\n');
        string total = Whole(matrix.Total);
        string accuracy = Fixed(matrix.Accuracy, digits);
        text.Append(Enumerable.Range(0, labels.Count).All(matrix.IsMet)
            ? Row(width, "accuracy", string.Empty, string.Empty, accuracy, total)
            : Row(width, "micro avg", accuracy, accuracy, accuracy, total));
        text.Append(Average(width, "macro avg", AverageMeasure.Macro(matrix), total, digits));
        text.Append(Average(width, WeightedAverage, AverageMeasure.Weighted(matrix), total, digits));
        return text.ToString();
    }

    private static string Average(int width, string name, AverageMeasure average, string total, int digits) => Row(
        width,
        name,
        Fixed(average.Precision, digits),
        Fixed(average.Recall, digits),
        Fixed(average.F1, digits),
        total);

    private static string Row(int width, string name, params ReadOnlySpan<string> cells)
    {
        var row = new StringBuilder().Append(' ', width - Length(name)).Append(name).Append(' ');
        foreach (string cell in cells)
        {
            row.Append(' ').Append(cell.PadLeft(9));
        }

        return row.Append('\n').ToString();
    }

    // Python counts code points; .NET counts UTF-16 units.
    private static int Length(string text) => text.EnumerateRunes().Count();

    private static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);

    // Like Python, .NET 10 rounds an exact tie to the even digit.
    private static string Fixed(double value, int digits) => value.ToString("F" + digits, CultureInfo.InvariantCulture);
}
