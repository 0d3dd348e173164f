using System.Globalization;
using System.Text;

namespace OnnxDeep.Numerics;

/// <summary>
/// Formats arrays as NumPy prints them by default: 8 digits, lines of 75 characters, long arrays shortened.
/// </summary>
internal static class NumPyText
{
    private const int LineWidth = 75;
    private const int Edge = 3;
    private const int DefaultLimit = 1000;
    private const string Dots = "...";

    /// <summary>Formats a vector in one pair of brackets.</summary>
    /// <param name="vector">The numbers.</param>
    /// <param name="limit">If there are more numbers than this, only the first and last three are shown.</param>
    public static string Format(ReadOnlySpan<double> vector, int limit = DefaultLimit)
    {
        int[] shown = Shown(vector.Length, vector.Length > limit);
        double[] values = new double[shown.Length];
        for (int i = 0; i < shown.Length; i++)
        {
            values[i] = shown[i] < 0 ? 0 : vector[shown[i]];
        }

        var format = new FloatFormat(values);
        return Row([.. shown.Select((index, i) => index < 0 ? Dots : format.Format(values[i]))], 1);
    }

    /// <summary>Formats a matrix, with one bracketed row per line.</summary>
    /// <param name="matrix">[rows, columns].</param>
    /// <param name="limit">
    /// If there are more numbers than this, only the first and last three rows and columns are shown.
    /// </param>
    public static string Format(double[,] matrix, int limit = DefaultLimit)
    {
        ArgumentNullException.ThrowIfNull(matrix);
        bool isShortened = matrix.Length > limit;
        int[] rows = Shown(matrix.GetLength(0), isShortened);
        int[] columns = Shown(matrix.GetLength(1), isShortened);
        var format = new FloatFormat(
        [
            .. rows.Where(r => r >= 0).SelectMany(r => columns.Where(c => c >= 0).Select(c => matrix[r, c])),
        ]);
        return "[" + string.Join("\n ", rows.Select(r => r < 0
            ? Dots
            : Row([.. columns.Select(c => c < 0 ? Dots : format.Format(matrix[r, c]))], 2))) + "]";
    }

    // The indices that are shown; -1 marks the ones left out.
    private static int[] Shown(int length, bool isShortened) => isShortened && length > 2 * Edge
        ? [.. Enumerable.Range(0, Edge), -1, .. Enumerable.Range(length - Edge, Edge)]
        : [.. Enumerable.Range(0, length)];

    private static string Row(string[] words, int depth)
    {
        // Each level of brackets takes one character at the end of the line, and one of indentation.
        int width = LineWidth - depth;
        string indent = new(' ', depth);
        var text = new StringBuilder();
        var line = new StringBuilder(indent);
        foreach (string word in words)
        {
            if (line.Length > depth && line.Length + word.Length > width)
            {
                text.Append(line.ToString().TrimEnd()).Append('\n');
                line.Clear().Append(indent);
            }

            line.Append(word).Append(' ');
        }

        line.Length -= words.Length > 0 ? 1 : 0;
        return "[" + text.Append(line).ToString()[depth..] + "]";
    }

    /// <summary>The common width and notation of all numbers of an array, as NumPy chooses them.</summary>
    private sealed class FloatFormat
    {
        private const int Precision = 8;

        // The length of e+00.
        private const int ExponentWidth = 4;

        private readonly bool _isScientific;
        private readonly int _left;
        private readonly int _right;

        public FloatFormat(IReadOnlyCollection<double> values)
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
}
