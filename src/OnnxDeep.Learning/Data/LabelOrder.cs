using System.Globalization;
using System.Text;

namespace OnnxDeep.Learning.Data;

/// <summary>The order of labels in scikit-learn: numbers by value, text by code point.</summary>
internal static class LabelOrder
{
    /// <summary>Sorts the distinct labels.</summary>
    public static IReadOnlyList<string> Sort(IEnumerable<string> labels)
    {
        string[] distinct = [.. labels.Distinct(StringComparer.Ordinal)];
        Array.Sort(distinct, CompareCodePoints);
        if (AreNumbers(distinct))
        {
            // Stable: texts of the same number, such as 1 and 1.0, remain in the order of their code points.
            return [.. distinct.OrderBy(Number)];
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

    // UTF-8 bytes sort like code points; UTF-16 units do not.
    private static int CompareCodePoints(string left, string right) =>
        Encoding.UTF8.GetBytes(left).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(right));
}
