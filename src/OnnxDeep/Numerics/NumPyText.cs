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

        var format = new NumPyFloatFormat(values);
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
        var format = new NumPyFloatFormat(
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
}
