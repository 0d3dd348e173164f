using System.Globalization;

using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Tables;

/// <summary>Decides over all rows what a column is, and whether it can be used.</summary>
/// <param name="options">How the columns become features.</param>
/// <param name="rowNumbers">The numbers of the rows, for messages.</param>
internal sealed class ColumnInference(TableOptions options, IReadOnlyList<long> rowNumbers)
{
    // Rounding to 32 bits may move a standardised number by this much.
    private const double MostRounding = 1e-4;

    private readonly List<string> _notices = [];
    private readonly TableRowReader? _reader = options.Schema is TableSchema schema ? new(schema) : null;

    /// <summary>Sentences about what was assumed or ignored.</summary>
    public IReadOnlyList<string> Notices => _notices;

    /// <summary>Decides what a column is, and reads its values.</summary>
    /// <exception cref="OnnxDeepException">
    /// The format of a number or date is not clear, or a wanted column cannot be used.
    /// </exception>
    public InferredColumn Infer(TableValues values)
    {
        if (_reader?.Find(values.Name) is int place)
        {
            values.ReadAs(_reader, place, rowNumbers);
            TellOthers(values);
            return new InferredColumn(values, _reader.Schema.Columns[place], null);
        }

        ValueCounts counts = values.Count(options.Culture);
        bool isWanted = options.Wanted is not null;
        int numbers = counts.Numbers + counts.Flags;
        int given = counts.Values - counts.Marks;
        InferredColumn column = given == 0 ? LeaveOut(values, Describe(rowNumbers.Count, "no value"))
            : counts.Others * 2 > counts.Values
                ? LeaveOut(values, $"values of the type {values.FindType()}, which are neither numbers nor text")
            : counts.NotFinite * 2 > given ? LeaveOut(values, Describe(counts.NotFinite, "numbers that are not finite"))
            : counts.Dates * 2 > given ? InferDates(values)
            : counts.Flags == given && given > 0 ? InferNumbers(values, ColumnKind.Boolean)
            : numbers * 2 > given && counts.Codes == 0 ? InferNumbers(values, ColumnKind.Number)
            : InferTexts(values);
        return isWanted ? Require(column) : column;
    }

    private string Describe(int count, string what) =>
        FormattableString.Invariant($"{what} in {count:N0} of {rowNumbers.Count:N0} rows");

    private static InferredColumn LeaveOut(TableValues values, string reason) =>
        new(values, new TableColumn { Name = values.Name, Kind = ColumnKind.Number }, reason);

    // A column that the user names is used if there is anything to learn from it.
    private static InferredColumn Require(InferredColumn column) => column.Reason is null ? column
        : column.IsUsable ? column with { Reason = null }
        : throw new OnnxDeepException(
            ErrorIds.NoFeatures, $"The column '{column.Values.Name}' cannot be used: it has {column.Reason}.");

    private InferredColumn InferNumbers(TableValues values, ColumnKind kind)
    {
        var column = new TableColumn { Name = values.Name, Kind = kind };
        var numbers = new NumberColumn(options.Culture);
        values.ReadNumbers(numbers, rowNumbers);
        string? culture = options.Culture?.Name;
        if (culture is null && numbers.Problem is not null && ReadDecimalCommas(values))
        {
            culture = NumberText.DecimalCommaName;
        }
        else
        {
            numbers.Check(values.Name);
            culture ??= numbers.HasGroups ? CultureInfo.InvariantCulture.Name : null;
        }

        TellOthers(values);
        column = column with { Culture = culture, NeedsDouble = NeedsDouble(values.Numbers) };
        bool isIdentifier = kind == ColumnKind.Number && IsCounter(values.Numbers);
        string? reason = isIdentifier ? "unique ascending whole numbers, as an identifier has" : null;
        return Judge(new InferredColumn(values, column, reason) { IsIdentifier = isIdentifier, MostFeatures = 2 });
    }

    // Decimal commas in all rows, one of which cannot be a thousands mark.
    private bool ReadDecimalCommas(TableValues values)
    {
        if (!values.HasDecimalComma())
        {
            return false;
        }

        var numbers = new NumberColumn(NumberText.DecimalComma);
        values.ReadNumbers(numbers, rowNumbers);
        return numbers.Problem is null;
    }

    private InferredColumn InferDates(TableValues values)
    {
        DateCounts counts = values.CountDates();
        if (counts is { DayFirst: int day, MonthFirst: int month } && options.Culture is null)
        {
            throw new OnnxDeepException(
                ErrorIds.DateAmbiguous,
                FormattableString.Invariant($"The dates of '{values.Name}' have no common order: row ")
                + FormattableString.Invariant($"{rowNumbers[day]} has '{values.Show(day)}', whose day is first, and ")
                + FormattableString.Invariant($"row {rowNumbers[month]} has '{values.Show(month)}', whose month is ")
                + "first. Write all dates in the same order, or as 2025-12-31.");
        }

        bool dayFirst = IsDayFirst(counts);
        char mark = counts.Ordered is string text ? text[text.AsSpan().IndexOfAny("/.-")] : '/';
        string format = dayFirst ? $"dd{mark}MM{mark}yyyy" : $"MM{mark}dd{mark}yyyy";
        if (counts is { OrderMatters: true, DayFirst: null, MonthFirst: null } && options.Culture is null)
        {
            string other = dayFirst ? $"MM{mark}dd{mark}yyyy" : $"dd{mark}MM{mark}yyyy";
            _notices.Add(
                $"The dates of '{values.Name}' can be {format} or {other}; {format} was taken. "
                + "Specify the culture of the dates, or write them as 2025-12-31.");
        }

        values.ReadDates(dayFirst, rowNumbers);
        TellOthers(values);
        if (counts is { WithOffset: > 0, Plain: > 0 })
        {
            string offsets = Describe(counts.WithOffset, "dates with an offset from UTC, which is applied,");
            _notices.Add(
                $"'{values.Name}' has {offsets} "
                + "and dates without one, which are taken as UTC.");
        }

        var column = new TableColumn
        {
            Name = values.Name,
            Kind = ColumnKind.Date,
            NeedsDouble = true,
            Format = counts.Ordered is null ? null : format,
        };
        return Judge(
            new InferredColumn(values, column, null) { MostFeatures = DateFeatures.Count((DateParts)~0) + 1 });
    }

    // A constant column is of use only to somebody who names it.
    private InferredColumn Judge(InferredColumn column)
    {
        double[] numbers = column.Values.Numbers;
        bool isConstant = !double.IsNaN(numbers[0]) && !Array.Exists(numbers, number => number != numbers[0]);
        return column with
        {
            Reason = column.Reason
                ?? (isConstant ? "the same value in all rows" : FindGaps(numbers.Count(double.IsNaN))),
            IsUsable = isConstant || column.IsIdentifier,
        };
    }

    /// <summary>Whether dates of a culture begin with the day, not the month.</summary>
    public static bool IsDayFirst(CultureInfo culture)
    {
        string pattern = culture.DateTimeFormat.ShortDatePattern;
        return pattern.IndexOf('d', StringComparison.Ordinal) < pattern.IndexOf('M', StringComparison.Ordinal);
    }

    private bool IsDayFirst(DateCounts counts)
    {
        if (options.Culture is CultureInfo culture)
        {
            return IsDayFirst(culture);
        }

        // In doubt as PowerShell converts them: 01/02/2025 is the second of January; points and hyphens are European.
        return counts.DayFirst is not null
            || (counts.MonthFirst is null && counts.Ordered?.Contains('/', StringComparison.Ordinal) == false);
    }

    private InferredColumn InferTexts(TableValues values)
    {
        values.ReadTexts(null);
        var texts = values.Texts.Where(text => text.Length > 0).CountBy(text => text).ToDictionary();
        int given = texts.Values.Sum();
        var column = new TableColumn { Name = values.Name, Kind = ColumnKind.Category };
        if (texts.Count == 1 && given == values.Texts.Length)
        {
            return LeaveOut(values, $"the same text in all rows, '{ShownText.Value(texts.Keys.First())}'");
        }

        if (FindGaps(rowNumbers.Count - given) is string gaps)
        {
            return LeaveOut(values, gaps);
        }

        if (IsFreeText(texts, given))
        {
            return InferFreeText(values, column);
        }

        if (texts.Count == given)
        {
            return new InferredColumn(values, column, Describe(given, "a different text"));
        }

        TellRare(values, texts);
        if (options.HashesCategories)
        {
            values.ReadTexts(text => CategoryText.Hash(values.Name, text));
        }

        return new InferredColumn(values, column with { IsHashed = options.HashesCategories }, null)
        {
            MostFeatures = Math.Min(texts.Count, TableOptions.MostCategories) + 1,
        };
    }

    private InferredColumn InferFreeText(TableValues values, TableColumn column)
    {
        if (options.Text is not TextFeatures features)
        {
            return LeaveOut(values, "free text, for which word vectors are needed");
        }

        values.ReadTexts(features.Normalize);
        return new InferredColumn(
            values, column with { Kind = ColumnKind.Text, Dimensions = features.Dimensions }, null)
        {
            MostFeatures = features.Dimensions,
        };
    }

    // Several words, mostly different ones; with word vectors also single words that they know.
    private bool IsFreeText(Dictionary<string, int> texts, int given)
    {
        double words = texts.Keys.Average(CountWords);
        bool isDistinct = texts.Count * 2 > given;
        return (words >= 2 && isDistinct)
            || (words >= 3 && texts.Count > TableOptions.FewCategories && texts.Count * 10 > given)
            || (isDistinct && options.Text is TextFeatures features
                && texts.Keys.Count(text => features.IsKnown(features.Normalize(text))) * 2 > texts.Count);
    }

    private static int CountWords(string text)
    {
        int words = 0;
        bool isWithin = false;
        foreach (char letter in text)
        {
            words += !isWithin && char.IsLetter(letter) ? 1 : 0;
            isWithin = char.IsLetterOrDigit(letter) || (isWithin && letter is '\'' or '’' or '-' or '_' or '.');
        }

        return words;
    }

    private void TellRare(TableValues values, Dictionary<string, int> texts)
    {
        int kept = TableOptions.Keep(texts).Count();
        if (kept < texts.Count)
        {
            _notices.Add(FormattableString.Invariant($"'{values.Name}' has {texts.Count:N0} different texts; the ")
                + FormattableString.Invariant($"{kept:N0} most frequent are categories, and the others are unknown."));
        }
    }

    private void TellOthers(TableValues values)
    {
        if (!options.SkipsMissing && values.DescribeOthers() is string others)
        {
            _notices.Add($"'{values.Name}' has {others}; this counts as missing.");
        }
    }

    // Skipping the rows without a value would leave less than half of them.
    private string? FindGaps(int gaps)
    {
        int rows = rowNumbers.Count;
        return gaps == rows || (options.SkipsMissing && options.Wanted is null && gaps * 2 >= rows)
            ? Describe(gaps, "no value")
            : null;
    }

    private static bool IsCounter(double[] numbers)
    {
        for (int i = 0; i < numbers.Length; i++)
        {
            if (Math.Floor(numbers[i]) != numbers[i] || (i > 0 && !(numbers[i] > numbers[i - 1])))
            {
                return false;
            }
        }

        return numbers.Length > 1;
    }

    // Whether 32-bit floats blur the differences between the numbers.
    private static bool NeedsDouble(double[] numbers)
    {
        double[] given = [.. numbers.Where(number => !double.IsNaN(number))];
        double mean = given.Length == 0 ? 0 : given.Average();
        double spread = 0;
        double rounding = 0;
        foreach (double number in given)
        {
            spread += (number - mean) * (number - mean);
            rounding += (number - (float)number) * (number - (float)number);
        }

        return rounding > spread * MostRounding * MostRounding;
    }
}
