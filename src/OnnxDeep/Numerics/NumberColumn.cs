using System.Globalization;

namespace OnnxDeep.Numerics;

/// <summary>
/// Reads the numbers of one column. Commas are thousands marks only if every number of the column has them where it
/// needs them, and none looks like a decimal comma: see <see cref="Problem"/> after the last value.
/// </summary>
/// <param name="culture">The format of text; null for invariant numbers.</param>
internal sealed class NumberColumn(CultureInfo? culture)
{
    private const int Group = 3;

    private (long Row, string Text)? _ambiguous;
    private (long Row, string Text)? _grouped;
    private bool _hasUngrouped;

    /// <summary>
    /// The first value whose format is not clear, with its row; null if the numbers are right. If there is one, none of
    /// the column's numbers counts.
    /// </summary>
    public (long Row, string Text)? Problem => _ambiguous ?? (_hasUngrouped ? _grouped : null);

    /// <summary>Whether a number has thousands marks.</summary>
    public bool HasGroups => _grouped is not null;

    /// <summary>Reads a value.</summary>
    /// <param name="row">The number of the row, for <see cref="Problem"/>.</param>
    /// <param name="value">The value without a shell's wrapper.</param>
    /// <param name="number">The number, or 1 and 0 for true and false; otherwise NaN.</param>
    /// <returns>The kind; Number for a number with thousands marks.</returns>
    public NumberKind Read(long row, object? value, out double number) =>
        Note(row, value as string, NumberText.Read(value, culture, out number));

    /// <summary>Finds out what a text is, and writes a number as invariant text without group marks.</summary>
    /// <inheritdoc cref="Read"/>
    public NumberKind Normalize(long row, string text, out string plain) =>
        Note(row, text, NumberText.Normalize(text, culture, out plain));

    /// <summary>Checks the format after the last value.</summary>
    /// <param name="name">The name of the column.</param>
    /// <exception cref="OnnxDeepException">The format is not clear; the message names the row and the text.</exception>
    public void Check(string name)
    {
        if (Problem is (long row, string text))
        {
            throw NumberText.Ambiguous(row, name, text, culture);
        }
    }

    private NumberKind Note(long row, string? text, NumberKind kind)
    {
        switch (kind)
        {
            case NumberKind.Ambiguous:
                _ambiguous ??= (row, text!);
                return kind;
            case NumberKind.Grouped:
                _grouped ??= (row, text!);
                return NumberKind.Number;
            case NumberKind.Number when text is not null && culture is null && !_hasUngrouped:
                _hasUngrouped = IsUngrouped(text);
                return kind;
            default:
                return kind;
        }
    }

    // Four digits before the decimal point without a mark.
    private static bool IsUngrouped(string text)
    {
        ReadOnlySpan<char> digits = text.AsSpan().TrimStart().TrimStart("+-");
        int end = digits.IndexOfAnyExceptInRange('0', '9');
        return (end < 0 ? digits.Length : end) > Group;
    }
}
