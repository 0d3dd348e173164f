using System.Globalization;

namespace OnnxDeep;

/// <summary>Numbers of things in messages, such as "1 word" and "1,024 words".</summary>
internal static class Quantity
{
    /// <summary>Returns the number with the noun in the singular or plural, in the invariant culture.</summary>
    /// <param name="count">The number.</param>
    /// <param name="one">The noun for a single thing.</param>
    /// <param name="many">The noun for several; null if it is <paramref name="one"/> with an s.</param>
    public static string Of(long count, string one, string? many = null) =>
        string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? one : many ?? one + "s")}");
}
