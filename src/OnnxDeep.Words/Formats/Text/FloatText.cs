using System.Globalization;
using System.Runtime.CompilerServices;

namespace OnnxDeep.Words.Formats.Text;

/// <summary>
/// Parses decimal text to the nearest float, like <see cref="float.Parse(string)"/>, at a gigabyte per second.
/// </summary>
internal static class FloatText
{
    private const int MostDigits = 19;
    private const int MostExponent = 22;

    // The bits of a double below those of a float, and how close to their middle its own rounding can affect the
    // result.
    private const ulong LowBits = (1UL << 29) - 1;
    private const ulong Middle = 1UL << 28;
    private const ulong Doubt = 8;

    private static readonly double[] s_powers =
    [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19,
        1e20, 1e21, 1e22,
    ];

    /// <summary>Reads the number at the start of a field.</summary>
    /// <param name="text">The field and the text after it.</param>
    /// <param name="value">The number, which may be NaN or infinite.</param>
    /// <returns>The length of the field in bytes; 0 if it is not exactly one number.</returns>
    public static int Read(ReadOnlySpan<byte> text, out float value)
    {
        int i = 0;
        bool isNegative = false;
        if (text.Length > 0 && text[0] is (byte)'-' or (byte)'+')
        {
            isNegative = text[0] == (byte)'-';
            i = 1;
        }

        ulong mantissa = 0;
        int start = i;
        i = ReadDigits(text, i, ref mantissa);
        int digits = i - start;
        int exponent = 0;
        if (i < text.Length && text[i] == (byte)'.')
        {
            start = ++i;
            i = ReadDigits(text, i, ref mantissa);
            exponent = start - i;
            digits -= exponent;
        }

        if (digits == 0)
        {
            return ReadSlowly(text, out value);
        }

        if (i < text.Length && (text[i] | 0x20) == 'e')
        {
            int end = ReadExponent(text, i + 1, ref exponent);
            if (end == 0)
            {
                value = 0;
                return 0;
            }

            i = end;
        }

        if (i < text.Length && !IsBlank(text[i]))
        {
            return ReadSlowly(text, out value);
        }

        // Leading zeros count as digits here, so the few numbers with many of them take the slow path.
        if (digits > MostDigits || exponent < -MostExponent || exponent > MostExponent)
        {
            return ReadSlowly(text, out value);
        }

        double number = exponent < 0 ? mantissa / s_powers[-exponent] : mantissa * s_powers[exponent];
        ulong low = BitConverter.DoubleToUInt64Bits(number) & LowBits;
        if (low - (Middle - Doubt) <= 2 * Doubt || (!(number is >= 1.2e-38 and <= 3.4e38) && mantissa != 0))
        {
            return ReadSlowly(text, out value);
        }

        value = (float)(isNegative ? -number : number);
        return i;
    }

    /// <summary>Whether a character separates fields or follows the last one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n';

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int ReadDigits(ReadOnlySpan<byte> text, int i, ref ulong mantissa)
    {
        ulong sum = mantissa;
        for (; i < text.Length; i++)
        {
            uint digit = (uint)text[i] - '0';
            if (digit > 9)
            {
                break;
            }

            sum = (sum * 10) + digit;
        }

        mantissa = sum;
        return i;
    }

    private static int ReadExponent(ReadOnlySpan<byte> text, int i, ref int exponent)
    {
        bool isNegative = false;
        if (i < text.Length && text[i] is (byte)'-' or (byte)'+')
        {
            isNegative = text[i] == (byte)'-';
            i++;
        }

        int start = i;
        int value = 0;
        for (; i < text.Length && (uint)text[i] - '0' <= 9; i++)
        {
            value = Math.Min((value * 10) + text[i] - '0', 100_000);
        }

        exponent += isNegative ? -value : value;
        return i == start ? 0 : i;
    }

    private static int ReadSlowly(ReadOnlySpan<byte> text, out float value)
    {
        int length = text.IndexOfAny(" \t\r\n"u8);
        ReadOnlySpan<byte> field = length < 0 ? text : text[..length];
        const NumberStyles Styles =
            NumberStyles.Float & ~NumberStyles.AllowLeadingWhite & ~NumberStyles.AllowTrailingWhite;
        if (float.TryParse(field, Styles, CultureInfo.InvariantCulture, out value))
        {
            return field.Length;
        }

        // As C and Python format them.
        ReadOnlySpan<byte> word = field.TrimStart("+-"u8);
        bool isNaN = word.Length >= 3 && System.Text.Ascii.EqualsIgnoreCase(word[..3], "nan"u8);
        bool isInfinity = System.Text.Ascii.EqualsIgnoreCase(word, "inf"u8)
            || System.Text.Ascii.EqualsIgnoreCase(word, "infinity"u8);
        value = float.NaN;
        return (isNaN && (word.Length == 3 || word[3] == '(')) || isInfinity ? field.Length : 0;
    }
}
