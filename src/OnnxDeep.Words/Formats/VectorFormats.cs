using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Text;

using OnnxDeep.Words.Formats.FastText;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Formats;

/// <summary>Detects formats from their first bytes; names and extensions are ignored.</summary>
internal static class VectorFormats
{
    /// <summary>The first four bytes of fastText's files.</summary>
    public const int FastTextMagic = 793712314;

    private const int TarMagicOffset = 257;
    private const int HeaderBytes = 64;
    private const int EnoughNumbers = 8;

    private const int MostLines = 10;

    // This many numbers are not a coincidence in binary floats, even if the word before them contains control
    // characters.
    private const int ProvingNumbers = 3;

    // The text reader can describe numbers with decimal commas; binary data never looks like them.
    private static readonly SearchValues<byte> s_numberBytes = SearchValues.Create("0123456789.,eE+-"u8);

    /// <summary>Detects the format from the first bytes.</summary>
    /// <param name="prefix">The first 64 KB, or the complete file if it is shorter.</param>
    public static VectorFormat Detect(ReadOnlySpan<byte> prefix)
    {
        if (prefix.StartsWith("PK\u0003\u0004"u8) || prefix.StartsWith("PK\u0005\u0006"u8))
        {
            return VectorFormat.Zip;
        }

        if (prefix is [0x1F, 0x8B, 0x08, ..])
        {
            return VectorFormat.Gzip;
        }

        if (prefix is [(byte)'B', (byte)'Z', (byte)'h', >= (byte)'1' and <= (byte)'9', 0x31, 0x41, 0x59, 0x26, ..]
            or [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', ..]
            or [0x28, 0xB5, 0x2F, 0xFD, ..]
            or [(byte)'7', (byte)'z', 0xBC, 0xAF, ..])
        {
            return VectorFormat.OtherArchive;
        }

        if (prefix is [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y', ..])
        {
            return VectorFormat.Npy;
        }

        // Before formats that two bytes identify, since a model without a mark may begin with them.
        if ((prefix.Length >= sizeof(int) && BinaryPrimitives.ReadInt32LittleEndian(prefix) == FastTextMagic)
            || FastTextArguments.IsUnmarkedModel(prefix))
        {
            return VectorFormat.FastText;
        }

        if (prefix is [0x80, >= 2 and <= 5, ..])
        {
            return VectorFormat.Pickle;
        }

        if (prefix.Length > TarMagicOffset + 5 && prefix[TarMagicOffset..].StartsWith("ustar"u8))
        {
            return VectorFormat.Tar;
        }

        if (prefix.Length > 9 && prefix[8] == (byte)'{'
            && BinaryPrimitives.ReadUInt64LittleEndian(prefix) <= SafeTensorsHeader.MaximumLength)
        {
            return VectorFormat.SafeTensors;
        }

        // Every ONNX writer puts the IR version first: field 1, a small number.
        if (prefix is [0x08, > 0 and < 64, ..])
        {
            return VectorFormat.Onnx;
        }

        bool isWhole = prefix.Length < SourceLimits.PrefixBytes;
        if (TryReadHeader(prefix, out _, out int dimensions, out int length))
        {
            return DetectBody(prefix[length..], dimensions, isWhole);
        }

        return IsText(prefix) || IsUtf16(prefix) || HasNumberLines(prefix, numbers: 2, isWhole)
            ? VectorFormat.Text
            : VectorFormat.Unknown;
    }

    /// <summary>
    /// Reads word2vec's header line: the number of words and the number of dimensions. A byte order mark may precede
    /// it.
    /// </summary>
    /// <param name="prefix">The first bytes of the file.</param>
    /// <param name="count">The number in the header; not checked.</param>
    /// <param name="dimensions">The number in the header, 0 if it is not an int; not checked.</param>
    /// <param name="length">The length of the line with its end.</param>
    public static bool TryReadHeader(ReadOnlySpan<byte> prefix, out long count, out int dimensions, out int length)
    {
        count = 0;
        dimensions = 0;
        int start = prefix.StartsWith("\uFEFF"u8) ? "\uFEFF"u8.Length : 0;
        int end = prefix[..Math.Min(prefix.Length, HeaderBytes)].IndexOf((byte)'\n');
        length = end + 1;
        if (end < 0)
        {
            return false;
        }

        ReadOnlySpan<byte> line = prefix[start..end].TrimEnd(" \t\r"u8).TrimStart(" \t"u8);
        int gap = line.IndexOfAny((byte)' ', (byte)'\t');
        if (gap < 0
            || !TryReadInteger(line[..gap], out count)
            || !TryReadInteger(line[gap..].TrimStart(" \t"u8), out long wide))
        {
            return false;
        }

        dimensions = wide is >= int.MinValue and <= int.MaxValue ? (int)wide : 0;
        return true;
    }

    private static bool TryReadInteger(ReadOnlySpan<byte> text, out long value) =>
        Utf8Parser.TryParse(text, out value, out int read) && read == text.Length;

    // A line of text ends in numbers. Binary data, four bytes per number without control characters, may look like text
    // in another encoding, but not like a number.
    private static VectorFormat DetectBody(ReadOnlySpan<byte> body, int dimensions, bool isWhole)
    {
        int numbers = Math.Clamp(dimensions, 1, EnoughNumbers);
        bool isText = body.IsEmpty || HasNumberLines(body, numbers, isWhole);
        if (!isText && IsText(body))
        {
            isText = !body.Contains((byte)' ') || HasNumberLines(body, numbers: 1, isWhole);
        }

        return isText ? VectorFormat.Text : VectorFormat.Word2VecBinary;
    }

    // UTF-16 is not a vector format, but the text reader can describe the problem.
    private static bool IsUtf16(ReadOnlySpan<byte> bytes) => bytes is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..];

    // Whether one of the first lines consists of a word followed by numbers.
    private static bool HasNumberLines(ReadOnlySpan<byte> bytes, int numbers, bool isWhole)
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

    // Whether there are no control characters that text does not use. Encodings other than UTF-8 may use any
    // higher byte in a word.
    private static bool IsText(ReadOnlySpan<byte> bytes)
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
        line = line.Trim(" \t\r\v\f"u8);
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
