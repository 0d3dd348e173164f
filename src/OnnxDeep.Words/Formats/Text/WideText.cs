using System.Text;

namespace OnnxDeep.Words.Formats.Text;

/// <summary>Text in UTF-16 or UTF-32, which is converted to UTF-8 before it is split into lines.</summary>
internal static class WideText
{
    /// <summary>
    /// Stands for what is not valid in the encoding: a code point that Unicode reserves for such uses inside a program.
    /// </summary>
    public const char Invalid = '\uFDD0';

    /// <summary>Whether every character of an encoding takes several bytes.</summary>
    public static bool IsWide(Encoding encoding) => encoding.GetByteCount("a") > 1;

    /// <summary>Converts a text if it is wide.</summary>
    /// <param name="text">The text, at its start; not closed with the result.</param>
    /// <param name="start">The first bytes of the text, of which a byte order mark has priority.</param>
    /// <param name="encoding">The encoding of a text without a byte order mark.</param>
    /// <returns>
    /// The text in UTF-8, with <see cref="Invalid"/> in place of what is not valid; null if it is not wide.
    /// </returns>
    public static Stream? ToUtf8(Stream text, ReadOnlySpan<byte> start, Encoding encoding)
    {
        Encoding? wide = start switch
        {
            [0xFF, 0xFE, 0, 0, ..] => Encoding.UTF32,
            [0xFF, 0xFE, ..] => Encoding.Unicode,
            [0xFE, 0xFF, ..] => Encoding.BigEndianUnicode,
            _ => IsWide(encoding) ? encoding : null,
        };
        if (wide is null)
        {
            return null;
        }

        wide = (Encoding)wide.Clone();
        wide.DecoderFallback = new DecoderReplacementFallback($"{Invalid}");
        return Encoding.CreateTranscodingStream(text, wide, Encoding.UTF8, leaveOpen: true);
    }
}
