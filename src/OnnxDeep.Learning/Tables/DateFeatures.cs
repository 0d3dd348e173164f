using System.Numerics;

namespace OnnxDeep.Learning.Tables;

/// <summary>
/// Turns dates into features. All steps are operations of ONNX on 64-bit floats and look-ups, so that a graph can
/// repeat them bit by bit.
/// </summary>
public static class DateFeatures
{
    /// <summary>The seconds of a day.</summary>
    public const double DaySeconds = 86400;

    /// <summary>The mean length of a year in days, which <see cref="YearCycle"/> divides by.</summary>
    public const double YearDays = 365.2425;

    /// <summary>The days of a week.</summary>
    public const int WeekDays = 7;

    /// <summary>The quarter hours of a day, the steps of <see cref="DayCycle"/>.</summary>
    public const int DaySteps = 96;

    /// <summary>The first second of the year 1; a number below counts as missing.</summary>
    public const double FirstSecond = -62135596800;

    /// <summary>The first second after the year 9999; this number and those above count as missing.</summary>
    public const double EndSecond = 253402300800;

    // 1970-01-01 was a Thursday, and weeks begin on Monday.
    internal const double FirstWeekday = 3;

    /// <summary>[366, 2]: sine and cosine of each day of the year.</summary>
    public static float[,] YearCycle { get; } = Circle(366);

    /// <summary>[96, 2]: sine and cosine of each quarter hour of the day.</summary>
    public static float[,] DayCycle { get; } = Circle(DaySteps);

    /// <summary>Counts the features of these parts.</summary>
    public static int Count(DateParts parts) =>
        (parts.HasFlag(DateParts.Trend) ? 1 : 0)
        + (parts.HasFlag(DateParts.YearCycle) ? 2 : 0)
        + (parts.HasFlag(DateParts.Weekday) ? WeekDays : 0)
        + (parts.HasFlag(DateParts.DayCycle) ? 2 : 0);

    /// <summary>
    /// Finds the parts that differ between dates. The time since the mean is always one; the day of the year is one if
    /// the dates cover a quarter of a year.
    /// </summary>
    /// <param name="seconds">Seconds since 1970-01-01 00:00; NaN for a missing date.</param>
    internal static DateParts FindParts(ReadOnlySpan<double> seconds)
    {
        double least = double.PositiveInfinity;
        double most = double.NegativeInfinity;
        (double? weekday, double? step) = (null, null);
        DateParts parts = DateParts.Trend;
        foreach (double date in seconds)
        {
            if (!double.IsNaN(date))
            {
                (least, most) = (Math.Min(least, date), Math.Max(most, date));
                double day = Remainder(Math.Floor(date / DaySeconds) + FirstWeekday, WeekDays);
                double quarter = Math.Floor(Remainder(date, DaySeconds) / (DaySeconds / DaySteps));
                parts |= day != (weekday ??= day) ? DateParts.Weekday : DateParts.None;
                parts |= quarter != (step ??= quarter) ? DateParts.DayCycle : DateParts.None;
            }
        }

        return most - least >= YearDays / 4 * DaySeconds ? parts | DateParts.YearCycle : parts;
    }

    /// <summary>Writes the features of a date in the order of <see cref="DateParts"/>.</summary>
    /// <param name="column">A column of dates.</param>
    /// <param name="seconds">Seconds since 1970-01-01 00:00 without a time zone.</param>
    /// <param name="features">Receives <see cref="Count"/> numbers.</param>
    internal static void Write(TableColumn column, double seconds, Span<float> features)
    {
        double day = Math.Floor(seconds / DaySeconds);
        int place = 0;
        if (column.DateParts.HasFlag(DateParts.Trend))
        {
            features[place++] = (float)((seconds - column.Mean) / column.Scale);
        }

        if (column.DateParts.HasFlag(DateParts.YearCycle))
        {
            int index = Limit(Math.Floor(Remainder(day, YearDays)), YearCycle.GetLength(0));
            features[place++] = YearCycle[index, 0];
            features[place++] = YearCycle[index, 1];
        }

        if (column.DateParts.HasFlag(DateParts.Weekday))
        {
            features.Slice(place, WeekDays).Clear();
            features[place + Limit(Remainder(day + FirstWeekday, WeekDays), WeekDays)] = 1;
            place += WeekDays;
        }

        if (column.DateParts.HasFlag(DateParts.DayCycle))
        {
            int index = Limit(Math.Floor(Remainder(seconds, DaySeconds) / (DaySeconds / DaySteps)), DaySteps);
            features[place++] = DayCycle[index, 0];
            features[place] = DayCycle[index, 1];
        }
    }

    // Rounding may lead from the last part of a second beyond the end of a day.
    private static int Limit(double index, int count) => Math.Clamp((int)index, 0, count - 1);

    // a - b·⌊a/b⌋, from operators that a graph has for 64-bit floats.
    private static double Remainder(double a, double b) => a - (b * Math.Floor(a / b));

    // Powers of a root of unity: multiplications and additions only, so every machine gets the same bits.
    private static float[,] Circle(int steps)
    {
        Complex step = Root(2 * Math.PI / steps);
        float[,] points = new float[steps, 2];
        Complex point = Complex.One;
        for (int i = 0; i < steps; i++)
        {
            points[i, 0] = (float)point.Imaginary;
            points[i, 1] = (float)point.Real;
            point = new Complex(
                (point.Real * step.Real) - (point.Imaginary * step.Imaginary),
                (point.Real * step.Imaginary) + (point.Imaginary * step.Real));
        }

        return points;
    }

    // The series of e^(i·angle) for a small angle.
    private static Complex Root(double angle)
    {
        double real = 0;
        double imaginary = 0;
        double term = 1;
        for (int n = 0; n < 20; n++)
        {
            double signed = n % 4 < 2 ? term : -term;
            (real, imaginary) = n % 2 == 0 ? (real + signed, imaginary) : (real, imaginary + signed);
            term *= angle / (n + 1);
        }

        return new Complex(real, imaginary);
    }
}
