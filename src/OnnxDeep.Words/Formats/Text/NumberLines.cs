using System.Buffers;
using System.Text;

namespace OnnxDeep.Words.Formats.Text;

/// <summary>
/// Distinguishes lines of a word and its numbers from other content, whatever the encoding of the words.
/// </summary>
internal static class NumberLines
{
    private const int MostLines = 10;

    // This many numbers are not a coincidence in binary floats, even if the word before them contains control
    // characters.
    private const int ProvingNumbers = 3;

    private static readonly SearchValues<byte> s_numberBytes = SearchValues.Create("0123456789.eE+-"u8);

    /// <summary>Whether one of the first lines consists of a word followed by numbers.</summary>
    /// <param name="bytes">The lines; the last one may be incomplete.</param>
    /// <param name="numbers">The required number of numbers.</param>
    /// <param name="isWhole">Whether the last line ends with the bytes.</param>
    public static bool Exist(ReadOnlySpan<byte> bytes, int numbers, bool isWhole)
    {
        for (int i = 0; i < MostLines && !bytes.IsEmpty; i++)
        {
            int end = bytes.IndexOf((byte)'\n');
            bool isCut = end < 0 && !isWhole;
            ReadOnlySpan<byte> line = end < 0 ? bytes : bytes[..end];
            bytes = end < 0 ? [] : bytes[(end + 1)..];
            if ((numbers >= ProvingNumbers || IsText(line)) && IsWordWithNumbers(line, numbers, isCut))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether there are no control characters that text does not use. Encodings other than UTF-8 may use any higher
    /// byte in a word.
    /// </summary>
    public static bool IsText(ReadOnlySpan<byte> bytes)
    {
        foreach (byte value in bytes)
        {
            if (value is < 0x20 and not ((>= (byte)'\t' and <= (byte)'\r') or (>= 0x1C and <= 0x1F)))
            {
                return false;
            }
        }

        return true;
    }

    // The last number of an incomplete line may be truncated, and the number of missing ones is unknown.
    private static bool IsWordWithNumbers(ReadOnlySpan<byte> line, int numbers, bool isCut)
    {
        line = line.Trim(" \t\r"u8);
        int found = 0;
        for (bool isLast = true; found < numbers; isLast = false)
        {
            int gap = line.LastIndexOfAny((byte)' ', (byte)'\t');
            if (gap < 0)
            {
                return isCut && found > 0;
            }

            bool isSkipped = isCut && isLast;
            if (!isSkipped && !IsNumber(line[(gap + 1)..]))
            {
                return false;
            }

            found += isSkipped ? 0 : 1;
            line = line[..gap].TrimEnd(" \t"u8);
        }

        return true;
    }

    private static bool IsNumber(ReadOnlySpan<byte> token)
    {
        token = token.TrimStart("+-"u8);
        if (Ascii.EqualsIgnoreCase(token, "nan"u8)
            || Ascii.EqualsIgnoreCase(token, "inf"u8)
            || Ascii.EqualsIgnoreCase(token, "infinity"u8))
        {
            return true;
        }

        return !token.ContainsAnyExcept(s_numberBytes) && token.ContainsAnyInRange((byte)'0', (byte)'9');
    }
}
