using System.Globalization;
using System.Text;

namespace OnnxDeep.Trainer;

/// <summary>Formats arrays as NumPy prints them: above 1,000 numbers, three rows at each end.</summary>
internal static class MatrixText
{
    private const int SummaryThreshold = 1000;
    private const int EdgeRows = 3;

    public static string Format(float[,] matrix)
    {
        int rows = matrix.GetLength(0);
        bool summarise = matrix.Length > SummaryThreshold && rows > 2 * EdgeRows;
        var text = new StringBuilder("[");
        for (int i = 0; i < rows; i++)
        {
            if (summarise && i == EdgeRows)
            {
                text.Append("\n ...");
                i = rows - EdgeRows;
            }

            text.Append(i == 0 ? string.Empty : "\n ");
            text.Append(Format(Enumerable.Range(0, matrix.GetLength(1)).Select(j => matrix[i, j])));
        }

        return text.Append(']').ToString();
    }

    public static string Format(IEnumerable<float> vector) => "["
        + string.Join(' ', vector.Select(value => value.ToString("F8", CultureInfo.InvariantCulture).PadLeft(11)))
        + "]";
}
