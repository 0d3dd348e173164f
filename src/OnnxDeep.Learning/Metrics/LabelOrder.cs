using System.Globalization;
using System.Text;

namespace OnnxDeep.Learning.Metrics;

/// <summary>The order that scikit-learn sorts labels in: numbers by size, text by code point.</summary>
public static class LabelOrder
{
    /// <summary>The labels, each once.</summary>
    public static IReadOnlyList<string> Sort(IEnumerable<string> labels)
    {
        string[] distinct = [.. labels.Distinct(StringComparer.Ordinal)];
        if (AreNumbers(distinct))
        {
            Array.Sort([.. distinct.Select(Number)], distinct);
        }
        else
        {
            Array.Sort(distinct, CompareCodePoints);
        }

        return distinct;
    }

    /// <summary>Whether all labels are numbers, or False and True.</summary>
    public static bool AreNumbers(IReadOnlyCollection<string> labels)
    {
        ArgumentNullException.ThrowIfNull(labels);
        return labels.All(label => double.IsFinite(Number(label))) || labels.All(label => label is "False" or "True");
    }

    private static double Number(string label) => label switch
    {
        "False" => 0,
        "True" => 1,
        _ => double.TryParse(label, NumberStyles.Float, CultureInfo.InvariantCulture, out double number)
            ? number
            : double.NaN,
    };

    // UTF-8 keeps the order of the code points, UTF-16 does not.
    private static int CompareCodePoints(string left, string right) =>
        Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));
}
