using System.Text.RegularExpressions;

namespace OnnxDeep;

/// <summary>
/// Text from files and users as people may see it: in messages, views, pictures and reports. Characters that control a
/// terminal, reorder the text around them or are invalid in XML become U+FFFD, and long values keep both of their ends.
/// Data itself is never changed.
/// </summary>
internal static partial class ShownText
{
    /// <summary>The pattern of the characters that no shown text contains; it may contain line ends and tabs.</summary>
    public const string Hostile =
        @"[\x00-\x08\x0B\x0C\x0E-\x1F\x7F-\x9F\u2028\u2029\u202A-\u202E\u2066-\u2069\uFFFE\uFFFF]"
        + @"|\r(?!\n)|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]";

    /// <summary>The pattern of the characters that a shown value does not contain: also line ends and tabs.</summary>
    public const string HostileInLine = @"[\t\n\r]|" + Hostile;

    /// <summary>The pattern of a value that is too long to be shown; its two groups are what remains.</summary>
    public const string Long = @"^([\s\S]{351})[\s\S]{50,}([\s\S]{160})$";

    /// <summary>The pattern of such a line of a text of several lines.</summary>
    public const string LongLine = @"(?m)^([^\n]{1000})[^\n]{50,}([^\n]{160})$";

    /// <summary>What stands for a hostile character.</summary>
    public const string Replacement = "\uFFFD";

    /// <summary>What stands for the middle of a long value.</summary>
    public const string Ellipsis = "…";

    private const int LongestValue = 560;
    private const int LongestMessage = 4096;
    private const int MostSearched = 1 << 14;

    /// <summary>A name, word, label or other value within a line; cut if it is longer than 560 characters.</summary>
    public static string Value(string text) => IsPlain(text)
        ? text
        : HostileInLinePattern().Replace(text.Length > LongestValue ? Cut(text, 351, 160) : text, Replacement);

    /// <summary>A text of several lines, of any length.</summary>
    public static string Lines(string text) => HostilePattern().Replace(text, Replacement);

    /// <summary>Whether a value changes when it is shown.</summary>
    public static bool IsHostile(string text) => HostileInLinePattern().IsMatch(text);

    /// <summary>The text of an exception, which may have several lines, for use within a message.</summary>
    public static string Joined(string text) => LineEnds().Replace(text, " ").Trim();

    /// <summary>A message: each long value in it is cut, and then the message itself, but not its end.</summary>
    public static string Message(string text)
    {
        if (IsPlain(text))
        {
            return text;
        }

        if (text.Length > LongestValue)
        {
            text = text.Length > MostSearched ? Cut(text, MostSearched / 2, MostSearched / 2) : text;
            text = LongValues().Replace(text, match => Cut(match.Value, 352, 161));
            text = text.Length > LongestMessage ? Cut(text, LongestMessage - 1001, 1000) : text;
        }

        return HostileInLinePattern().Replace(text, Replacement);
    }

    // Most texts are, and need no pattern, whose first use takes time.
    private static bool IsPlain(string text) =>
        text.Length <= LongestValue && !text.AsSpan().ContainsAnyExceptInRange(' ', '~');

    // May cut a surrogate pair, which is then hostile.
    private static string Cut(string text, int head, int tail) => $"{text[..head]}{Ellipsis}{text[^tail..]}";

    [GeneratedRegex(Hostile, RegexOptions.CultureInvariant)]
    private static partial Regex HostilePattern();

    [GeneratedRegex(HostileInLine, RegexOptions.CultureInvariant)]
    private static partial Regex HostileInLinePattern();

    // Between quotes, or without blanks.
    [GeneratedRegex(@"'[^']{561,}'|[^\s']{561,}", RegexOptions.CultureInvariant)]
    private static partial Regex LongValues();

    [GeneratedRegex(@"\s*[\r\n]+\s*", RegexOptions.CultureInvariant)]
    private static partial Regex LineEnds();
}
