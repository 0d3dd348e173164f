using OnnxDeep.IO;

namespace OnnxDeep.Words.Formats.Text;

/// <summary>Text whose lines end in carriage returns alone, read as lines that end in line feeds.</summary>
internal sealed class CarriageReturnStream(Stream text) : ForwardStream
{
    /// <summary>Whether the start of a text has carriage returns, but no line feed.</summary>
    public static bool IsFor(ReadOnlySpan<byte> start) =>
        start.Contains((byte)'\r') && !start.Contains((byte)'\n');

    protected override int ReadNext(Span<byte> buffer)
    {
        int read = text.Read(buffer);
        buffer[..read].Replace((byte)'\r', (byte)'\n');
        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            text.Dispose();
        }

        base.Dispose(disposing);
    }
}
