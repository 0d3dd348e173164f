using System.Text;

namespace OnnxDeep.Words.Formats.Text;

/// <summary>
/// A block of a text file that ends at a line break, with the words and numbers found in it. Blocks are reused.
/// </summary>
internal sealed class TextBlock(int dimensions)
{
    private const int MostKeyEcho = 64;

    private readonly List<(int Start, int Length, int Line)> _keys = [];
    private readonly List<(int Start, int Line, string Key, string Problem)> _ragged = [];
    private float[] _values = [];

    /// <summary>The text; the buffer grows for longer lines.</summary>
    public byte[] Bytes { get; set; } = new byte[1 << 21];

    /// <summary>The number of bytes of text in <see cref="Bytes"/>.</summary>
    public int Length { get; set; }

    /// <summary>The offset of this block in the file, in bytes.</summary>
    public long Offset { get; set; }

    /// <summary>The number of lines in the block.</summary>
    public int Lines { get; private set; }

    /// <summary>The number of lines that are not blank, including ragged ones.</summary>
    public int Entries => _keys.Count + _ragged.Count;

    /// <summary>
    /// The offset of the block's last line, if it is ragged and has no line end: the file is truncated there.
    /// </summary>
    public long? BrokenOff { get; private set; }

    /// <summary>Finds words and numbers. Blocks can be parsed in parallel.</summary>
    public void Parse()
    {
        _keys.Clear();
        _ragged.Clear();
        Lines = 0;
        ReadOnlySpan<byte> text = Bytes.AsSpan(0, Length);

        // Each number takes at least two bytes, including its blank.
        int most = (Length / 2) + dimensions;
        if (_values.Length < most)
        {
            _values = new float[most];
        }

        for (int start = 0; start < text.Length; Lines++)
        {
            int length = text[start..].IndexOf((byte)'\n');
            int end = length < 0 ? text.Length : start + length;
            ParseLine(text, start, end);
            start = end + 1;
        }

        bool isBroken = _ragged.Count > 0 && _ragged[^1].Line == Lines - 1 && text[^1] != (byte)'\n';
        BrokenOff = isBroken ? Offset + _ragged[^1].Start : null;
    }

    /// <summary>Passes the content to the sink.</summary>
    /// <param name="sink">Receives words, and lines that are not words.</param>
    /// <param name="firstLine">The number of the block's first line, from 1.</param>
    public void WriteTo(VectorSink sink, long firstLine)
    {
        int ragged = 0;
        for (int i = 0; i < _keys.Count && !sink.IsFull; i++)
        {
            (int start, int length, int line) = _keys[i];
            ragged = SkipTo(line, ragged, sink, firstLine);
            sink.Add(
                Bytes.AsSpan(start, length),
                _values.AsSpan(i * dimensions, dimensions),
                Offset + start,
                firstLine + line);
        }

        if (!sink.IsFull)
        {
            SkipTo(Lines, ragged, sink, firstLine);
        }
    }

    // The ragged lines before a line; everything is passed in the order of the file.
    private int SkipTo(int before, int ragged, VectorSink sink, long firstLine)
    {
        for (; ragged < _ragged.Count && _ragged[ragged].Line < before; ragged++)
        {
            (int start, int line, string key, string problem) = _ragged[ragged];
            sink.SkipLine(key, Offset + start, firstLine + line, problem);
        }

        return ragged;
    }

    private void ParseLine(ReadOnlySpan<byte> text, int start, int end)
    {
        ReadOnlySpan<byte> line = text[start..end].TrimEnd(" \t\r\v\f"u8);
        if (line.IsEmpty)
        {
            return;
        }

        Span<float> values = _values.AsSpan(_keys.Count * dimensions, dimensions);
        int keyStart = line.Length - line.TrimStart(" \t"u8).Length;
        int keyEnd = line[keyStart..].IndexOfAny((byte)' ', (byte)'\t') + keyStart;
        if (keyEnd < keyStart || ReadNumbers(line, keyEnd, values) != line.Length)
        {
            keyEnd = FindNumbers(line, out int found);
            if (found < dimensions || ReadNumbers(line, keyEnd, values) != line.Length)
            {
                Skip(
                    line,
                    start,
                    found == dimensions + 1 && keyEnd == 0
                        ? "is not a word"
                        : $"has {found} {(found == 1 ? "number" : "numbers")}, not {dimensions}");
                return;
            }

            ReadOnlySpan<byte> key = line[..keyEnd].TrimEnd(" \t"u8);
            if (EndsInNumber(key, line[keyEnd..]))
            {
                Skip(line, start, $"has more than {Quantity.Of(dimensions, "number")}");
                return;
            }

            keyEnd = key.Length;
        }

        // A line of a file that mixes line ends.
        int keyLength = Math.Max(0, keyEnd - keyStart);
        if (line.Slice(keyStart, keyLength).Contains((byte)'\r'))
        {
            Skip(line, start, "contains a carriage return");
            return;
        }

        _keys.Add((start + keyStart, keyLength, Lines));
    }

    private void Skip(ReadOnlySpan<byte> line, int start, string problem)
    {
        int length = line.IndexOfAny((byte)' ', (byte)'\t');
        length = Math.Min(length < 0 ? line.Length : length, MostKeyEcho);
        _ragged.Add((start, Lines, Encoding.UTF8.GetString(line[..length]), problem));
    }

    // The position after the numbers; the length of the line if there are no others.
    private static int ReadNumbers(ReadOnlySpan<byte> line, int i, Span<float> values)
    {
        for (int n = 0; n < values.Length; n++)
        {
            while (i < line.Length && line[i] is (byte)' ' or (byte)'\t')
            {
                i++;
            }

            int length = FloatText.Read(line[i..], out values[n]);
            if (length == 0)
            {
                return -1;
            }

            i += length;
        }

        return i;
    }

    // A word may contain blanks, so the numbers are counted from the end of the line.
    private int FindNumbers(ReadOnlySpan<byte> line, out int found)
    {
        int end = line.Length;
        for (found = 0; found < dimensions; found++)
        {
            ReadOnlySpan<byte> rest = line[..end].TrimEnd(" \t"u8);
            int start = rest.LastIndexOfAny((byte)' ', (byte)'\t') + 1;
            if (rest.IsEmpty || FloatText.Read(rest[start..], out _) != rest.Length - start)
            {
                break;
            }

            end = start;
        }

        return end;
    }

    // "top 10" is a word if the numbers have decimal points; "the 0.25", or "the 2" before integers, has a number too
    // many.
    private static bool EndsInNumber(ReadOnlySpan<byte> key, ReadOnlySpan<byte> numbers)
    {
        ReadOnlySpan<byte> last = key[(key.LastIndexOfAny((byte)' ', (byte)'\t') + 1)..];
        if (last.Length == key.Length
            || last.IndexOfAnyInRange((byte)'0', (byte)'9') < 0
            || FloatText.Read(last, out _) != last.Length)
        {
            return false;
        }

        int points = numbers.Count((byte)'.');
        int fields = 1 + numbers.Count((byte)' ') + numbers.Count((byte)'\t');
        return last.Contains((byte)'.') || points * 2 < fields;
    }
}
