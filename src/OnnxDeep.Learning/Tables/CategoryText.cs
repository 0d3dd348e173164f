using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace OnnxDeep.Learning.Tables;

/// <summary>The texts of categories.</summary>
internal static class CategoryText
{
    /// <summary>Converts a value to the text of a category.</summary>
    /// <param name="value">The value without a shell's wrapper.</param>
    /// <returns>Empty for no value and for blank text; null for a value of another type, such as a list.</returns>
    public static string? Of(object? value) => value switch
    {
        null or DBNull => string.Empty,
        string text => string.IsNullOrWhiteSpace(text) ? string.Empty : ToUnicode(text),
        char letter => Of(letter.ToString()),
        bool flag => flag ? bool.TrueString : bool.FalseString,
        Enum or Guid or Version or Uri => ToUnicode(value.ToString()!),
        sbyte or byte or short or ushort or int or uint or long or ulong or float or double or decimal or Half
            or BigInteger => ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        DateTime or DateTimeOffset or DateOnly => ((IFormattable)value).ToString("O", CultureInfo.InvariantCulture),
        _ => null,
    };

    /// <summary>
    /// The digest of a text: SHA-256 of the column's name, a line feed and the text, in UTF-8 and 64 hexadecimal
    /// digits. The name makes the digests of a value differ between columns. They are the same in each training, so
    /// that the same seed gives the same file; whoever guesses a value can therefore check the guess.
    /// </summary>
    public static string Hash(string column, string text) => text.Length == 0
        ? text
        : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{column}\n{text}")));

    // A model file and ONNX Runtime hold text in UTF-8, where half of a surrogate pair becomes U+FFFD.
    private static string ToUnicode(string text) => text.AsSpan().IndexOfAnyInRange('\uD800', '\uDFFF') < 0
        ? text
        : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));
}
