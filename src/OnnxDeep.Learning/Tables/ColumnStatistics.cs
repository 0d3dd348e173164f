namespace OnnxDeep.Learning.Tables;

/// <summary>What the training rows say about a column of numbers.</summary>
/// <param name="Missing">The number of rows without a number.</param>
/// <param name="Fill">The median, exactly; for true and false, the more frequent one.</param>
/// <param name="Mean">The mean after filling.</param>
/// <param name="Scale">The standard deviation after filling; 1 if all numbers are the same.</param>
/// <param name="Minimum">The smallest number.</param>
/// <param name="Maximum">The largest number.</param>
internal sealed record ColumnStatistics(
    int Missing, double Fill, double Mean, double Scale, double Minimum, double Maximum)
{
    /// <summary>Computes the statistics.</summary>
    /// <param name="values">The numbers in the order of the rows; NaN for a missing one.</param>
    /// <param name="isBoolean">Whether the numbers are 1 and 0 for true and false.</param>
    /// <param name="needsDouble">Whether the model computes with 64-bit floats.</param>
    public static ColumnStatistics Of(ReadOnlySpan<double> values, bool isBoolean, bool needsDouble)
    {
        double[] given = new double[values.Length];
        int count = 0;
        foreach (double value in values)
        {
            if (!double.IsNaN(value))
            {
                given[count++] = value;
            }
        }

        Array.Sort(given, 0, count);
        double fill = count == 0 ? 0 : isBoolean ? given[(count - 1) / 2] : Median(given.AsSpan(0, count));
        (double mean, double scale) = Standardize(values, fill, needsDouble);
        return new ColumnStatistics(
            values.Length - count, fill, mean, scale, count == 0 ? 0 : given[0], count == 0 ? 0 : given[count - 1]);
    }

    // The halves of an odd sum are exact in 64-bit floats, where whole numbers would be cut.
    private static double Median(ReadOnlySpan<double> sorted) => sorted.Length % 2 == 1
        ? sorted[sorted.Length / 2]
        : (sorted[(sorted.Length / 2) - 1] + sorted[sorted.Length / 2]) / 2;

    // The same steps as Standardization, and therefore the same bits, if the model computes with 32-bit floats.
    private static (double Mean, double Scale) Standardize(ReadOnlySpan<double> values, double fill, bool needsDouble)
    {
        double sum = 0;
        foreach (double value in values)
        {
            sum += Read(value, fill, needsDouble);
        }

        double mean = sum / values.Length;
        double squares = 0;
        foreach (double value in values)
        {
            double distance = Read(value, fill, needsDouble) - mean;
            squares += distance * distance;
        }

        double deviation = Math.Sqrt(squares / values.Length);
        double scale = needsDouble ? deviation : (float)deviation;
        return (needsDouble ? mean : (float)mean, scale > 0 ? scale : 1);
    }

    private static double Read(double value, double fill, bool needsDouble)
    {
        double filled = double.IsNaN(value) ? fill : value;
        return needsDouble ? filled : (float)filled;
    }
}
