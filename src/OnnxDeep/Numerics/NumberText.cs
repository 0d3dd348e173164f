using System.Globalization;
using System.Numerics;
using System.Text.RegularExpressions;

namespace OnnxDeep.Numerics;

/// <summary>
/// Reads numbers from values and text. Text is an invariant number, such as 1.5 or 2e-3, or one in the format of a
/// culture; commas are never dropped, and units or hexadecimal digits are not numbers.
/// </summary>
internal static partial class NumberText
{
    /// <summary>The name of <see cref="DecimalComma"/> for <see cref="FindCulture"/>.</summary>
    public const string DecimalCommaName = ",";

    private const NumberStyles Style = NumberStyles.Float;
    private const string Spaces = " \u00A0\u2009\u202F";
    private const string Apostrophes = "'\u2019";

    /// <summary>
    /// Numbers with a decimal comma. A point is a group mark only before such a comma, as in 1.234,5.
    /// </summary>
    public static CultureInfo DecimalComma { get; } = CreateDecimalComma();

    // The marks of pandas.read_csv.
    private static readonly HashSet<string> s_missing = new(StringComparer.Ordinal)
    {
        "", "#N/A", "#N/A N/A", "#NA", "-1.#IND", "-1.#QNAN", "1.#IND", "1.#QNAN", "<NA>", "N/A", "NA", "NULL", "None",
        "n/a", "null",
    };

    /// <summary>Finds a culture by its name.</summary>
    /// <param name="name">The name, or <see cref="DecimalCommaName"/>.</param>
    /// <exception cref="CultureNotFoundException">This machine has no such culture.</exception>
    public static CultureInfo FindCulture(string name) =>
        name == DecimalCommaName ? DecimalComma : CultureInfo.GetCultureInfo(name, predefinedOnly: true);

    /// <summary>Reads a value without a shell's wrapper.</summary>
    /// <param name="value">A number of any .NET type, a bool, text, or anything else.</param>
    /// <param name="culture">The format of text; null for invariant numbers.</param>
    /// <param name="number">The number, or 1 and 0 for true and false; otherwise NaN.</param>
    public static NumberKind Read(object? value, CultureInfo? culture, out double number)
    {
        number = double.NaN;
        switch (value)
        {
            case null or DBNull:
                return NumberKind.Missing;
            case string text:
                return Read(text, culture, out number);
            case char letter:
                return Read(letter.ToString(), culture, out number);
            case bool flag:
                number = flag ? 1 : 0;
                return NumberKind.Boolean;
            case double plain:
                number = plain;
                return NumberKind.Number;
            case sbyte or byte or short or ushort or int or uint or long or ulong or float or decimal:
                number = Convert.ToDouble(value, CultureInfo.InvariantCulture);
                return NumberKind.Number;
            case Half half:
                number = (double)half;
                return NumberKind.Number;
            case BigInteger big:
                number = (double)big;
                return NumberKind.Number;
            default:
                return NumberKind.Other;
        }
    }

    /// <summary>Reads text.</summary>
    /// <inheritdoc cref="Read(object?, CultureInfo?, out double)"/>
    public static NumberKind Read(string text, CultureInfo? culture, out double number)
    {
        if (culture is null && double.TryParse(text, Style, CultureInfo.InvariantCulture, out number))
        {
            return NumberKind.Number;
        }

        NumberKind kind = Normalize(text, culture, out string plain);
        number = kind switch
        {
            NumberKind.Number or NumberKind.Grouped => Parse(plain),
            NumberKind.Boolean => plain == bool.TrueString ? 1 : 0,
            _ => double.NaN,
        };
        return kind;
    }

    /// <summary>Finds out what a text is, and writes a number as invariant text without group marks.</summary>
    /// <param name="text">The text; spaces around it do not matter.</param>
    /// <param name="culture">The format; null for invariant numbers.</param>
    /// <param name="plain">The invariant number, or "True" or "False"; otherwise the text without spaces.</param>
    public static NumberKind Normalize(string text, CultureInfo? culture, out string plain)
    {
        plain = text;
        if (culture is null && double.TryParse(text, Style, CultureInfo.InvariantCulture, out _))
        {
            return NumberKind.Number;
        }

        plain = text.Trim();
        if (s_missing.Contains(plain))
        {
            return NumberKind.Missing;
        }

        if (bool.TryParse(plain, out bool flag))
        {
            plain = flag ? bool.TrueString : bool.FalseString;
            return NumberKind.Boolean;
        }

        if (ReadWord(plain) is string word)
        {
            plain = word;
            return NumberKind.Number;
        }

        if (culture is not null)
        {
            return NormalizeCulture(ref plain, culture);
        }

        if (!plain.Contains(',', StringComparison.Ordinal) || !LikeNumber().IsMatch(plain))
        {
            return NumberKind.Text;
        }

        if (!Groups().IsMatch(plain))
        {
            return NumberKind.Ambiguous;
        }

        plain = plain.Replace(",", string.Empty, StringComparison.Ordinal);
        return NumberKind.Grouped;
    }

    /// <summary>
    /// Says why the format of a number is not clear, as the end of a sentence that has the number, and what to use.
    /// </summary>
    public static string Explain(CultureInfo? culture) => culture is null
        ? "whose comma can be a decimal comma or a thousands mark. Use numbers with a decimal point, such as 0.5, or "
            + "specify the culture of the numbers."
        : $"which is not a number in the format of the culture '{culture.Name}'. "
            + "Correct the number, or specify another culture.";

    /// <summary>Creates the error for a number of a row whose format is not clear.</summary>
    public static OnnxDeepException Ambiguous(long row, string column, string text, CultureInfo? culture) => new(
        ErrorIds.NumberAmbiguous,
        FormattableString.Invariant($"Row {row} has '{text}' in '{column}', ") + Explain(culture));

    private static CultureInfo CreateDecimalComma()
    {
        var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
        culture.NumberFormat.NumberDecimalSeparator = ",";
        culture.NumberFormat.NumberGroupSeparator = ".";
        return CultureInfo.ReadOnly(culture);
    }

    private static double Parse(string plain) => double.Parse(plain, Style, CultureInfo.InvariantCulture);

    // The words of C and Python; .NET parses only the longer ones.
    private static string? ReadWord(string text) => text.ToUpperInvariant() switch
    {
        "INF" or "+INF" or "INFINITY" or "+INFINITY" => "Infinity",
        "-INF" or "-INFINITY" => "-Infinity",
        "NAN" or "+NAN" or "-NAN" => "NaN",
        _ => null,
    };

    private static NumberKind NormalizeCulture(ref string text, CultureInfo culture)
    {
        if (culture == DecimalComma && text.Contains('.') && !text.Contains(','))
        {
            return LikeNumber().IsMatch(text) ? NumberKind.Ambiguous : NumberKind.Text;
        }

        NumberFormatInfo format = culture.NumberFormat;
        string rest = format.NegativeSign.Length > 0 && text.StartsWith(format.NegativeSign, StringComparison.Ordinal)
            ? "-" + text[format.NegativeSign.Length..]
            : text;
        int exponent = rest.IndexOfAny(['e', 'E']);
        string power = exponent < 0 ? string.Empty : rest[exponent..];
        string mantissa = exponent < 0 ? rest : rest[..exponent];
        int point = mantissa.IndexOf(format.NumberDecimalSeparator, StringComparison.Ordinal);
        string whole = point < 0 ? mantissa : mantissa[..point];
        string fraction = point < 0 ? string.Empty : "." + mantissa[(point + format.NumberDecimalSeparator.Length)..];
        if (RemoveGroups(whole, format) is string digits && Invariant().IsMatch(digits + fraction + power))
        {
            text = digits + fraction + power;
            return NumberKind.Number;
        }

        return LikeNumber().IsMatch(text) ? NumberKind.Ambiguous : NumberKind.Text;
    }

    // Null if the groups do not have the sizes of the culture.
    private static string? RemoveGroups(string whole, NumberFormatInfo format)
    {
        string mark = format.NumberGroupSeparator;
        string marks = Spaces.Contains(mark, StringComparison.Ordinal) ? Spaces
            : Apostrophes.Contains(mark, StringComparison.Ordinal) ? Apostrophes
            : mark;
        string[] groups = whole.Split(marks.ToCharArray());
        int[] sizes = format.NumberGroupSizes;
        for (int i = groups.Length - 1, place = 0; i >= 0 && groups.Length > 1; i--, place++)
        {
            int size = sizes.Length == 0 ? 0 : sizes[Math.Min(place, sizes.Length - 1)];
            int length = groups[i].TrimStart('+', '-').Length;
            if (i > 0 ? length != size : length < 1 || length > size)
            {
                return null;
            }
        }

        return string.Concat(groups);
    }

    [GeneratedRegex(@"^[+-]?([0-9]+\.?[0-9]*|\.[0-9]+)([eE][+-]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Invariant();

    [GeneratedRegex(
        @"^[+-]?[1-9][0-9]{0,2}(,[0-9]{3})+(\.[0-9]*)?([eE][+-]?[0-9]+)?$", RegexOptions.CultureInvariant)]
    private static partial Regex Groups();

    // Commas before a decimal point, or a decimal comma after group marks, however long the groups are.
    [GeneratedRegex(
        @"^(?=.*[0-9])[+-]?([0-9,]*(\.[0-9]*)?|[0-9.'\u2019 \u00A0\u2009\u202F]*(,[0-9]*)?)([eE][+-]?[0-9]+)?$",
        RegexOptions.CultureInvariant)]
    private static partial Regex LikeNumber();
}

/// <summary>What a value is when it is read as a number.</summary>
internal enum NumberKind
{
    /// <summary>A number, which may be NaN or infinite.</summary>
    Number,

    /// <summary>True or false: 1 or 0.</summary>
    Boolean,

    /// <summary>
    /// Text with commas between groups of three digits, such as 1,500: a number with thousands marks if the rest of the
    /// column agrees.
    /// </summary>
    Grouped,

    /// <summary>Text like a number whose format is not that of the reader, such as 1,5.</summary>
    Ambiguous,

    /// <summary>No value: null, blank text or a mark such as NA.</summary>
    Missing,

    /// <summary>Other text.</summary>
    Text,

    /// <summary>A value of another type, such as a date.</summary>
    Other,
}
