namespace OnnxDeep.IO;

/// <summary>A new file whose errors, such as a full disk, name the path that it is meant for.</summary>
internal sealed class OutputStream(string target, string path)
    : FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None)
{
    public override void Write(byte[] buffer, int offset, int count) => Guard(() => base.Write(buffer, offset, count));

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        try
        {
            base.Write(buffer);
        }
        catch (IOException e)
        {
            throw AtomicFile.NotWritable(target, e);
        }
    }

    public override void SetLength(long value) => Guard(() => base.SetLength(value));

    public override void Flush(bool flushToDisk) => Guard(() => base.Flush(flushToDisk));

    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (IOException e)
        {
            throw AtomicFile.NotWritable(target, e);
        }
    }
}
