using System.Globalization;

namespace OnnxDeep.Numerics;

/// <summary>The common width and notation of all numbers of an array, as NumPy chooses them.</summary>
internal sealed class NumPyFloatFormat
{
    private const int Precision = 8;

    // The length of e+00.
    private const int ExponentWidth = 4;

    private readonly bool _isScientific;
    private readonly int _left;
    private readonly int _right;

    public NumPyFloatFormat(IReadOnlyCollection<double> values)
    {
        double[] sizes = [.. values.Where(value => double.IsFinite(value) && value != 0).Select(Math.Abs)];
        _isScientific = sizes.Length > 0
            && (sizes.Max() >= 1e8 || sizes.Min() < 1e-4 || sizes.Max() / sizes.Min() > 1000);
        foreach (double value in values.Where(double.IsFinite))
        {
            string[] parts = (_isScientific ? Mantissa(value, 0) : Positional(value)).Split('.');
            _left = Math.Max(_left, parts[0].Length);
            _right = Math.Max(_right, parts[1].Length);
        }

        foreach (double value in values.Where(value => !double.IsFinite(value)))
        {
            _left = Math.Max(_left, Special(value).Length - Width + _left);
        }
    }

    private int Width => _left + 1 + _right + (_isScientific ? ExponentWidth : 0);

    /// <summary>Formats the number, padded to the width.</summary>
    public string Format(double value)
    {
        if (!double.IsFinite(value))
        {
            return Special(value).PadLeft(Width);
        }

        if (_isScientific)
        {
            string mantissa = Mantissa(value, _right);
            return mantissa.PadLeft(_left + 1 + _right) + Exponent(value);
        }

        string text = Positional(value);
        int point = text.IndexOf('.', StringComparison.Ordinal);
        return (new string(' ', _left - point) + text).PadRight(_left + 1 + _right);
    }

    private static string Special(double value) => double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";

    // The shortest digits that read back as the same number, at most eight after the point.
    private static string Positional(double value)
    {
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        int point = shortest.IndexOf('.', StringComparison.Ordinal);
        return point < 0 ? shortest + "."
            : shortest.Length - point - 1 <= Precision ? shortest
            : value.ToString("F8", CultureInfo.InvariantCulture).TrimEnd('0');
    }

    private static string Mantissa(double value, int digits)
    {
        string text = Scientific(value)[0].TrimEnd('0');
        int point = text.IndexOf('.', StringComparison.Ordinal);
        return text.PadRight(point + 1 + digits, '0');
    }

    private static string Exponent(double value)
    {
        int exponent = int.Parse(Scientific(value)[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        return string.Create(CultureInfo.InvariantCulture, $"e{(exponent < 0 ? '-' : '+')}{Math.Abs(exponent):00}");
    }

    // Seventeen digits distinguish any two doubles; if the shortest form has more than nine, it is rounded to nine.
    private static string[] Scientific(double value)
    {
        string shortest = value.ToString("R", CultureInfo.InvariantCulture);
        string mantissa = shortest.Split('E')[0].Trim('-');
        int digits = mantissa.Replace(".", string.Empty, StringComparison.Ordinal).Trim('0').Length;
        int precision = Math.Min(Precision, Math.Max(1, digits - 1));
        return value.ToString("E" + precision, CultureInfo.InvariantCulture).Split('E');
    }
}
