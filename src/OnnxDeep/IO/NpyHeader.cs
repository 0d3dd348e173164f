using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace OnnxDeep.IO;

/// <summary>
/// The header of a NumPy array file, versions 1 to 3. Source: NumPy enhancement proposal 1 and numpy.lib.format.
/// </summary>
/// <param name="Type">The element type as NumPy writes it, such as "&lt;f4"; empty for records.</param>
/// <param name="IsFortran">Whether the array is in column-major order.</param>
/// <param name="Shape">The extents, each 0 or more.</param>
internal sealed partial record NpyHeader(string Type, bool IsFortran, long[] Shape)
{
    // NumPy itself refuses longer headers by default.
    private const int MostBytes = 1 << 16;

    /// <summary>Reads the header.</summary>
    /// <exception cref="FileFormatException">The bytes are not such a header, or are the start of a pickle.</exception>
    public static NpyHeader Read(SourceReader reader)
    {
        Span<byte> magic = stackalloc byte[6];
        if (reader.Peek() == 0x80)
        {
            throw Pickle(reader.Path, "a Python pickle");
        }

        reader.ReadExactly(magic, "the first bytes of a NumPy array");
        if (magic is not [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'])
        {
            long offset = reader.Offset - magic.Length;
            byte[] rest = reader.PeekUpTo(ForeignFile.PrefixBytes).ToArray();
            throw ForeignFile.Detect([.. magic, .. rest]) is ForeignFile found
                ? new FileFormatException(
                    ErrorIds.VectorsFormatUnknown,
                    reader.Path,
                    offset,
                    $"a NumPy array, but the file is {found.What}",
                    found.DataAdvice)
                : new FileFormatException(reader.Path, offset, "a NumPy array");
        }

        int version = reader.ReadByte("a version");
        reader.ReadByte("a version");
        if (version is < 1 or > 3)
        {
            throw new FileFormatException(
                ErrorIds.VectorsFormatUnknown,
                reader.Path,
                6,
                $"a NumPy array of version 1 to 3, found {version}",
                "Save it again with numpy.save.");
        }

        long length = 0;
        for (int shift = 0; shift < (version == 1 ? 16 : 32); shift += 8)
        {
            length |= (long)reader.ReadByte("a header length") << shift;
        }

        if (length > MostBytes)
        {
            throw new FileFormatException(
                reader.Path,
                8,
                FormattableString.Invariant($"a header of at most {MostBytes:N0} bytes, found {length:N0}"));
        }

        byte[] text = new byte[length];
        long textOffset = reader.Offset;
        reader.ReadExactly(text, "a header");
        return Parse(Encoding.UTF8.GetString(text), reader.Path, textOffset);
    }

    /// <summary>Creates the error for data that only Python's pickle could read.</summary>
    public static FileFormatException Pickle(string path, string found) => new(
        ErrorIds.VectorsNeedPickle,
        path,
        0,
        $"a NumPy array of floats, found {found}, which runs code when it is read",
        "Save the vectors again as numbers, with allow_pickle=False.");

    private static NpyHeader Parse(string text, string path, long offset)
    {
        Match type = TypePattern().Match(text);
        Match order = OrderPattern().Match(text);
        Match shape = ShapePattern().Match(text);
        if (!order.Success || !shape.Success)
        {
            throw new FileFormatException(path, offset, "a header with 'descr', 'fortran_order' and 'shape'");
        }

        string[] parts = shape.Groups[1].Value.Split(
            ',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        long[] extents = new long[parts.Length];
        for (int i = 0; i < extents.Length; i++)
        {
            // Python 2 wrote long integers with an L.
            if (!long.TryParse(parts[i].TrimEnd('L'), NumberStyles.None, CultureInfo.InvariantCulture, out extents[i]))
            {
                throw new FileFormatException(
                    path, offset, $"a shape of whole numbers, each 0 or more, found '{shape.Groups[1].Value}'");
            }
        }

        return new NpyHeader(type.Groups[1].Value, order.Groups[1].Value == "True", extents);
    }

    [GeneratedRegex("""['"]descr['"]\s*:\s*['"]([^'"]*)['"]""")]
    private static partial Regex TypePattern();

    [GeneratedRegex("""['"]fortran_order['"]\s*:\s*(True|False)""")]
    private static partial Regex OrderPattern();

    [GeneratedRegex("""['"]shape['"]\s*:\s*\(([^)]*)\)""")]
    private static partial Regex ShapePattern();
}
