using System.Globalization;
using System.Management.Automation;

using OnnxDeep.Learning.Metrics;
using OnnxDeep.Numerics;
using OnnxDeep.Plots.Pictures;
using OnnxDeep.PowerShell.Common;

namespace OnnxDeep.PowerShell.Plots;

/// <summary>Reads probabilities against what happened from a result or a measure, also one from a file.</summary>
/// <param name="culture">The culture of numbers in text; null for numbers with a decimal point.</param>
internal sealed class ReliabilityReader(CultureInfo? culture)
{
    /// <summary>Gets the plot of an object, or null if it has no reliability.</summary>
    /// <exception cref="OnnxDeepException">The object's bins are invalid.</exception>
    public ReliabilityPlot? Find(PSObject item)
    {
        if (Read(item.BaseObject is ReliabilityCurve own ? own : RowProperties.FindValue(item, "Reliability"))
            is not ReliabilityCurve curve)
        {
            return null;
        }

        return new ReliabilityPlot(
            curve, FindLabel(item), Read(RowProperties.FindValue(item, "UncalibratedReliability")));
    }

    // Of two classes, the second of a model's labels is that of the probability.
    private static string? FindLabel(PSObject item)
    {
        if (RowProperties.FindValue(item, "PositiveLabel") is object positive)
        {
            return $"{positive}";
        }

        string[] labels = RowProperties.FindValue(item, "Labels") is object value
            ? [.. RowProperties.Enumerate(value).Select(label => $"{label}")]
            : [];
        return labels.Length == 2 ? labels[1] : null;
    }

    private ReliabilityCurve? Read(object? value)
    {
        if (value is null or ReliabilityCurve)
        {
            return value as ReliabilityCurve;
        }

        if (RowProperties.FindValue(PSObject.AsPSObject(value), "Bins") is not object bins)
        {
            throw Invalid("it has no Bins");
        }

        var curve = new ReliabilityCurve([.. RowProperties.Enumerate(bins).Select(ReadBin)]);
        return curve.Rows > 0 ? curve : throw Invalid("its bins have no rows");
    }

    private ReliabilityBin ReadBin(PSObject bin)
    {
        int count = (int)ReadNumber(bin, nameof(ReliabilityBin.Count), int.MaxValue);
        return new ReliabilityBin(
            ReadNumber(bin, nameof(ReliabilityBin.From), 1),
            ReadNumber(bin, nameof(ReliabilityBin.To), 1),
            count,
            count == 0 ? double.NaN : ReadNumber(bin, nameof(ReliabilityBin.Confidence), 1),
            count == 0 ? double.NaN : ReadNumber(bin, nameof(ReliabilityBin.Accuracy), 1));
    }

    private double ReadNumber(PSObject bin, string name, double most)
    {
        object? value = RowProperties.Unwrap(RowProperties.FindValue(bin, name));
        return NumberText.Read(value, culture, out double number) == NumberKind.Number && number >= 0 && number <= most
            ? number
            : throw Invalid($"a bin has '{value}' in {name}");
    }

    private static OnnxDeepException Invalid(string why) => new(
        ErrorIds.ReliabilityInvalid,
        $"The reliability cannot be drawn: {why}. Use the result of a training or of a measurement.");
}
