namespace OnnxDeep.IO;

/// <summary>The base class of streams that are read once, from start to end.</summary>
internal abstract class ForwardStream : Stream
{
    private long _position;

    public override bool CanRead => true;

    public sealed override bool CanSeek => false;

    public sealed override bool CanWrite => false;

    public sealed override long Length => throw new NotSupportedException();

    public sealed override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public sealed override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public sealed override int Read(Span<byte> buffer)
    {
        int count = ReadNext(buffer);
        _position += count;
        return count;
    }

    public sealed override void Flush()
    {
    }

    public sealed override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public sealed override void SetLength(long value) => throw new NotSupportedException();

    public sealed override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>Reads the bytes at <see cref="Position"/>, which the caller updates; returns 0 at the end.</summary>
    protected abstract int ReadNext(Span<byte> buffer);
}
