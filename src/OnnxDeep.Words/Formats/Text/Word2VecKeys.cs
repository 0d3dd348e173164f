using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace OnnxDeep.Words.Formats.Text;

/// <summary>
/// Finds the ends of words in word2vec's binary format. The first blank ends a word, but nothing prevents a writer from
/// storing words with blanks. Such a word is recognised by what follows: only the right blank is followed by a vector
/// of plausible numbers and another word. If that is not conclusive, the word ends at the first blank, as in other
/// programs.
/// </summary>
/// <param name="dimensions">The number of dimensions of a vector.</param>
/// <param name="isUtf8">
/// Whether words are UTF-8; in other encodings, any byte above the control characters may be text.
/// </param>
internal sealed class Word2VecKeys(int dimensions, bool isUtf8)
{
    private const int MostBlanks = 16;

    // Trained vectors contain no numbers beyond these limits; text or parts of two numbers read as a number mostly do.
    private const float Smallest = 1e-10f;
    private const float Largest = 1e5f;

    /// <summary>Gets the length of the word at the start of a record, in bytes.</summary>
    /// <param name="record">The available bytes of the source, starting with this record.</param>
    /// <param name="isAtEnd">Whether the source has no more bytes.</param>
    /// <param name="isLast">Whether this is the last record.</param>
    /// <returns>The length; -1 if the word does not end within <see cref="SourceLimits.ScannedKeyBytes"/>.</returns>
    public int Measure(ReadOnlySpan<byte> record, bool isAtEnd, bool isLast)
    {
        ReadOnlySpan<byte> text = record[..Math.Min(record.Length, SourceLimits.ScannedKeyBytes + 1)];
        int first = text.IndexOf((byte)' ');
        if (NextBlank(text, first) < 0)
        {
            return first;
        }

        int blank = first;
        for (int i = 0; i < MostBlanks && blank >= 0; i++)
        {
            if (IsFollowedByWord(record, blank, isAtEnd, isLast)
                && IsUsual(record.Slice(blank + 1, dimensions * sizeof(float))))
            {
                return blank;
            }

            blank = NextBlank(text, blank);
        }

        return first;
    }

    private static bool IsUsual(ReadOnlySpan<byte> vector)
    {
        foreach (float value in MemoryMarshal.Cast<byte, float>(vector))
        {
            if (value != 0 && !(Math.Abs(value) is > Smallest and < Largest))
            {
                return false;
            }
        }

        return true;
    }

    // The next blank, if there is only text before it.
    private int NextBlank(ReadOnlySpan<byte> text, int blank)
    {
        if (blank < 0)
        {
            return -1;
        }

        int length = text[(blank + 1)..].IndexOfAnyInRange((byte)0, (byte)' ');
        int next = blank + 1 + length;
        return length >= 0 && text[next] == (byte)' ' && IsText(text[(blank + 1)..next]) ? next : -1;
    }

    private bool IsFollowedByWord(ReadOnlySpan<byte> record, int blank, bool isAtEnd, bool isLast)
    {
        int end = blank + 1 + (dimensions * sizeof(float));
        if (record.Length < end)
        {
            return false;
        }

        ReadOnlySpan<byte> rest = record[end..].TrimStart((byte)'\n');
        if (isLast)
        {
            return rest.IsEmpty && isAtEnd;
        }

        int length = rest.IndexOfAnyInRange((byte)0, (byte)' ');
        return length > 0 && rest[length] == (byte)' ' && IsText(rest[..length]);
    }

    // Bytes without control characters and blanks. The C program cuts long words, even inside a character.
    private bool IsText(ReadOnlySpan<byte> bytes) => !isUtf8
        || Utf8.IsValid(bytes)
        || (Rune.DecodeLastFromUtf8(bytes, out _, out int cut) == OperationStatus.NeedMoreData
            && Utf8.IsValid(bytes[..^cut]));
}
