using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace OnnxDeep.Words.Formats.Text;

/// <summary>
/// Finds the ends of words in word2vec's binary form. The first blank ends a word, but nothing keeps a writer from
/// words with blanks in them. Such a word is told by what follows: only after the right blank stands a vector of usual
/// numbers with another word behind it. Where that is no clear proof, the first blank counts, as it does for others.
/// </summary>
/// <param name="dimensions">The numbers of a vector.</param>
/// <param name="isUtf8">Whether words are UTF-8; in other encodings any byte above the controls may be text.</param>
internal sealed class Word2VecKeys(int dimensions, bool isUtf8)
{
    private const int MostBlanks = 16;

    // Trained vectors hold nothing beyond; bytes of text or of two numbers, taken for a number, mostly do.
    private const float Smallest = 1e-10f;
    private const float Largest = 1e5f;

    /// <summary>The bytes of the word that a record begins with.</summary>
    /// <param name="record">What is there of the source from this record on.</param>
    /// <param name="isAtEnd">Whether the source has no more than that.</param>
    /// <param name="isLast">Whether no other record follows.</param>
    /// <returns>-1 where the word has no end within <see cref="SourceLimits.KeyBytes"/>.</returns>
    public int Measure(ReadOnlySpan<byte> record, bool isAtEnd, bool isLast)
    {
        ReadOnlySpan<byte> text = record[..Math.Min(record.Length, SourceLimits.KeyBytes + 1)];
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

    // The next blank, if nothing but text lies before it.
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

    // Of bytes without controls and blanks.
    private bool IsText(ReadOnlySpan<byte> bytes) =>
        !isUtf8 || Utf8.IsValid(bytes);
}
