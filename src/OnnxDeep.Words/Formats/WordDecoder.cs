using System.Text;
using System.Text.Unicode;

using OnnxDeep.Words.Formats.Text;

namespace OnnxDeep.Words.Formats;

/// <summary>
/// Converts the words of a source to UTF-8. A word is invalid if it is not text in the source's encoding, contains a
/// NUL character, or is longer than <see cref="SourceLimits.KeyBytes"/>.
/// </summary>
internal sealed class WordDecoder
{
    private const int MostShownBytes = 16;

    private readonly string _name;
    private readonly Encoding _replacing;
    private readonly Encoding? _strict;

    /// <summary>Creates a decoder.</summary>
    /// <param name="encoding">The encoding of the source.</param>
    public WordDecoder(Encoding encoding)
    {
        _name = encoding.WebName;
        _replacing = With(encoding, new DecoderReplacementFallback("\uFFFD"));
        _strict = encoding is UTF8Encoding ? null : With(encoding, DecoderFallback.ExceptionFallback);
    }

    /// <summary>Whether the source's words are UTF-8, like those of the table.</summary>
    public bool IsUtf8 => _strict is null;

    /// <summary>Converts a valid word.</summary>
    /// <param name="word">The word in the source's encoding.</param>
    /// <param name="utf8">The word in UTF-8; valid as long as <paramref name="word"/>.</param>
    /// <returns><see langword="false"/> if the word is invalid.</returns>
    public bool TryDecode(ReadOnlySpan<byte> word, out ReadOnlySpan<byte> utf8)
    {
        utf8 = word;
        return word.Length <= SourceLimits.KeyBytes
            && (IsPlain(word)
                || (IndexOfInvalid(word) < 0 && (_strict is null ? Utf8.IsValid(word) : TryConvert(word, out utf8))));
    }

    /// <summary>Converts an invalid word; U+FFFD replaces what is not text.</summary>
    /// <returns>The word; null if it is too long.</returns>
    public string? Replace(ReadOnlySpan<byte> word) =>
        word.Length > SourceLimits.KeyBytes ? null : Show(word);

    /// <summary>The start of a word of any kind, for messages.</summary>
    public string Show(ReadOnlySpan<byte> word) => _replacing
        .GetString(word[..Math.Min(word.Length, SourceLimits.KeyBytes)])
        .Replace('\0', '\uFFFD')
        .Replace(WideText.Invalid, '\uFFFD');

    /// <summary>The reason why a word is invalid, as a clause such as "is not utf-8 text (6E C3 28)".</summary>
    public string Problem(ReadOnlySpan<byte> word)
    {
        if (word.Length > SourceLimits.KeyBytes)
        {
            return FormattableString.Invariant($"is longer than {SourceLimits.KeyBytes:N0} bytes");
        }

        if (IndexOfInvalid(word) >= 0)
        {
            return "contains a NUL or invalid character";
        }

        string more = word.Length > MostShownBytes ? " …" : string.Empty;
        string bytes = Convert.ToHexString(word[..Math.Min(word.Length, MostShownBytes)]);
        return $"is not {_name} text ({string.Join(' ', bytes.Chunk(2).Select(pair => new string(pair)))}{more})";
    }

    /// <summary>Creates the error for an invalid word.</summary>
    /// <param name="path">The file that contains the word.</param>
    /// <param name="offset">The offset of the word in the file.</param>
    /// <param name="word">The word.</param>
    public FileFormatException Error(string path, long offset, ReadOnlySpan<byte> word)
    {
        if (word.Length > SourceLimits.KeyBytes)
        {
            return new FileFormatException(
                path, offset, FormattableString.Invariant($"a word of at most {SourceLimits.KeyBytes:N0} bytes"));
        }

        int index = IndexOfInvalid(word);
        return index >= 0
            ? new FileFormatException(path, offset + index, "a word without NUL or invalid characters")
            : new FileFormatException(
                ErrorIds.VectorsEncodingWrong,
                path,
                offset,
                $"a word in the encoding {_name}",
                "Specify the encoding of the file, such as windows-1252 or gb18030.");
    }

    private static ReadOnlySpan<byte> InvalidUtf8 => [0xEF, 0xB7, 0x90];

    // Most words are ASCII, which takes one look instead of three.
    private bool IsPlain(ReadOnlySpan<byte> word) => IsUtf8 && !word.ContainsAnyExceptInRange((byte)1, (byte)0x7F);

    private int IndexOfInvalid(ReadOnlySpan<byte> word) =>
        word.IndexOf((byte)0) is >= 0 and int nul ? nul : IsUtf8 ? word.IndexOf(InvalidUtf8) : -1;

    private static Encoding With(Encoding encoding, DecoderFallback fallback)
    {
        var copy = (Encoding)encoding.Clone();
        copy.DecoderFallback = fallback;
        return copy;
    }

    private bool TryConvert(ReadOnlySpan<byte> word, out ReadOnlySpan<byte> utf8)
    {
        try
        {
            utf8 = Encoding.UTF8.GetBytes(_strict!.GetString(word));
            return true;
        }
        catch (DecoderFallbackException)
        {
            utf8 = [];
            return false;
        }
    }
}
