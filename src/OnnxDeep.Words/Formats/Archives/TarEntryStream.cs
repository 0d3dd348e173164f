namespace OnnxDeep.Words.Formats.Archives;

/// <summary>One file of a tape archive in order; closing it closes the archive, where one is given.</summary>
internal sealed class TarEntryStream(SourceStream? archive, TarWalker walker, long length) : ForwardStream
{
    protected override int ReadNext(Span<byte> buffer)
    {
        int count = (int)Math.Min(buffer.Length, length - Position);
        walker.ReadExactly(buffer[..count]);
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            archive?.Dispose();
        }

        base.Dispose(disposing);
    }
}
