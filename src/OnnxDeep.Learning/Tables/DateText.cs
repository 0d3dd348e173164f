using System.Globalization;

namespace OnnxDeep.Learning.Tables;

/// <summary>
/// Reads dates as seconds since 1970-01-01 00:00. An offset from UTC in a value is applied; values without one are
/// taken as they are, so the time zone of the machine never matters.
/// </summary>
internal static class DateText
{
    private const int LongestDigits = 9;
    private const int Noon = 12;

    /// <summary>Converts a date object; a local time becomes UTC, as text with an offset does.</summary>
    /// <param name="value">A value of any type.</param>
    /// <param name="seconds">The seconds; otherwise NaN.</param>
    /// <returns>What the value is; <see cref="DateShape.None"/> if it is of another type.</returns>
    public static DateShape Read(object value, out double seconds)
    {
        (DateTime? time, DateShape shape) = value switch
        {
            DateTimeOffset offset => (offset.UtcDateTime, DateShape.WithOffset),
            DateTime { Kind: DateTimeKind.Local } local => (local.ToUniversalTime(), DateShape.WithOffset),
            DateTime { Kind: DateTimeKind.Utc } utc => (utc, DateShape.WithOffset),
            DateTime plain => (plain, DateShape.Plain),
            DateOnly day => (day.ToDateTime(TimeOnly.MinValue), DateShape.Plain),
            _ => ((DateTime?)null, DateShape.None),
        };
        seconds = time is DateTime found ? ToSeconds(found) : double.NaN;
        return shape;
    }

    /// <summary>
    /// Reads a text such as 2025-03-01, 2025-03-01T00:30:00+02:00, 25/12/2025 or 12/25/2025 1:30 PM.
    /// </summary>
    /// <param name="text">The text; spaces around it do not matter.</param>
    /// <param name="dayFirst">Whether a date that begins with the day or the month begins with the day.</param>
    /// <param name="seconds">The seconds; otherwise NaN.</param>
    public static DateShape Read(ReadOnlySpan<char> text, bool dayFirst, out double seconds)
    {
        seconds = double.NaN;
        text = text.Trim();
        if (!ReadDay(ref text, dayFirst, out DateTime day, out bool isOrdered))
        {
            return DateShape.None;
        }

        double time = 0;
        double? offset = null;
        if (text.Length > 0 && !ReadTime(text, out time, out offset))
        {
            return DateShape.None;
        }

        seconds = ToSeconds(day) + time - (offset ?? 0);
        DateShape shape = offset is null ? DateShape.Plain : DateShape.WithOffset;
        return isOrdered ? shape | DateShape.Ordered : shape;
    }

    private static double ToSeconds(DateTime time) =>
        (time.Ticks - DateTime.UnixEpoch.Ticks) / (double)TimeSpan.TicksPerSecond;

    // Three numbers with the same mark between them; the year has four digits and is the first or the last.
    private static bool ReadDay(ref ReadOnlySpan<char> text, bool dayFirst, out DateTime day, out bool isOrdered)
    {
        (day, isOrdered) = (default, false);
        int firstDigits = ReadNumber(ref text, out int first);
        if (firstDigits is 0 or 3 or > 4 || text.IsEmpty || text[0] is not ('-' or '/' or '.'))
        {
            return false;
        }

        char mark = text[0];
        text = text[1..];
        int secondDigits = ReadNumber(ref text, out int second);
        if (secondDigits is 0 or > 2 || text.IsEmpty || text[0] != mark)
        {
            return false;
        }

        text = text[1..];
        int thirdDigits = ReadNumber(ref text, out int third);
        isOrdered = firstDigits <= 2;
        if (isOrdered ? thirdDigits != 4 : thirdDigits is 0 or > 2)
        {
            return false;
        }

        (int year, int month, int date) = !isOrdered ? (first, second, third)
            : dayFirst ? (third, second, first)
            : (third, first, second);
        if (year < 1 || month is < 1 or > 12 || date < 1 || date > DateTime.DaysInMonth(year, month))
        {
            return false;
        }

        day = new DateTime(year, month, date);
        return true;
    }

    private static bool ReadTime(ReadOnlySpan<char> text, out double time, out double? offset)
    {
        (time, offset) = (0, null);
        if (text[0] is not ('T' or 't') && !char.IsWhiteSpace(text[0]))
        {
            return false;
        }

        text = text[1..].TrimStart();
        if (ReadNumber(ref text, out int hour) is 0 or > 2 || !ReadPart(ref text, out int minute))
        {
            return false;
        }

        int second = 0;
        double fraction = 0;
        if (text.StartsWith(":") && (!ReadPart(ref text, out second) || !ReadFraction(ref text, out fraction)))
        {
            return false;
        }

        text = text.TrimStart();
        if (text.StartsWith("AM", StringComparison.OrdinalIgnoreCase)
            || text.StartsWith("PM", StringComparison.OrdinalIgnoreCase))
        {
            if (hour is < 1 or > 12)
            {
                return false;
            }

            hour = (hour % 12) + (text[0] is 'p' or 'P' ? Noon : 0);
            text = text[2..].TrimStart();
        }

        time = (hour * 3600) + (minute * 60) + second + fraction;
        return hour < 24 && (text.IsEmpty || ReadOffset(text, out offset));
    }

    // :mm
    private static bool ReadPart(ref ReadOnlySpan<char> text, out int part)
    {
        part = 0;
        if (!text.StartsWith(":"))
        {
            return false;
        }

        text = text[1..];
        return ReadNumber(ref text, out part) == 2 && part < 60;
    }

    private static bool ReadFraction(ref ReadOnlySpan<char> text, out double fraction)
    {
        fraction = 0;
        if (text.IsEmpty || text[0] is not ('.' or ','))
        {
            return true;
        }

        text = text[1..];
        int digits = ReadNumber(ref text, out int number);
        fraction = number;
        for (int i = 0; i < digits; i++)
        {
            fraction /= 10;
        }

        return digits > 0;
    }

    // Z, +02, +0200 or +02:00
    private static bool ReadOffset(ReadOnlySpan<char> text, out double? offset)
    {
        offset = 0;
        if (text is "Z" or "z")
        {
            return true;
        }

        if (text[0] is not ('+' or '-'))
        {
            return false;
        }

        int sign = text[0] == '-' ? -1 : 1;
        text = text[1..];
        int digits = ReadNumber(ref text, out int hour);
        int minute = 0;
        if (digits == 4)
        {
            (hour, minute) = (hour / 100, hour % 100);
        }
        else if (digits != 2 || (!text.IsEmpty && !ReadPart(ref text, out minute)))
        {
            return false;
        }

        offset = sign * ((hour * 3600) + (minute * 60));
        return text.IsEmpty && hour <= 14 && minute < 60;
    }

    // The number of digits; 0 if there are none, or too many.
    private static int ReadNumber(ref ReadOnlySpan<char> text, out int number)
    {
        int digits = text.IndexOfAnyExceptInRange('0', '9');
        digits = digits < 0 ? text.Length : digits;
        if (digits is 0 or > LongestDigits)
        {
            number = 0;
            return 0;
        }

        number = int.Parse(text[..digits], NumberStyles.None, CultureInfo.InvariantCulture);
        text = text[digits..];
        return digits;
    }
}

/// <summary>What a value is as a date.</summary>
[Flags]
internal enum DateShape
{
    /// <summary>Not a date.</summary>
    None = 0,

    /// <summary>A date without an offset from UTC.</summary>
    Plain = 1,

    /// <summary>A date with an offset from UTC.</summary>
    WithOffset = 2,

    /// <summary>The day or the month comes first, so that the order matters.</summary>
    Ordered = 4,
}
