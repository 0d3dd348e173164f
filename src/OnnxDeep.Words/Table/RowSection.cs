using System.Buffers;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

using CommunityToolkit.HighPerformance.Buffers;

namespace OnnxDeep.Words.Table;

/// <summary>
/// Writes rows to a stream one after another, and keeps the lengths and scales to be stored with them.
/// </summary>
internal sealed class RowSection : IDisposable
{
    private const int BufferLength = 1 << 20;

    private readonly Stream _stream;
    private readonly IncrementalHash _hash;
    private readonly byte[] _buffer;
    private readonly float[] _row;
    private readonly ArrayPoolBufferWriter<float> _norms = new();
    private readonly ArrayPoolBufferWriter<float> _scales = new();
    private int _buffered;

    public RowSection(Stream stream, IncrementalHash hash, int dimensions, VectorElementType elementType)
    {
        _stream = stream;
        _hash = hash;
        ElementType = elementType;
        _row = new float[dimensions];
        _buffer = new byte[Math.Max(BufferLength, checked(dimensions * sizeof(float)))];
    }

    public VectorElementType ElementType { get; }

    /// <summary>The number of rows so far.</summary>
    public int Count => _norms.WrittenCount;

    /// <summary>The Euclidean length of each stored row.</summary>
    public ReadOnlySpan<float> Norms => _norms.WrittenSpan;

    /// <summary>The scale of each row; only for int8 rows.</summary>
    public ReadOnlySpan<float> Scales => _scales.WrittenSpan;

    /// <summary>Writes a row, unless its stored form has no finite length.</summary>
    public bool TryAdd(ReadOnlySpan<float> row)
    {
        int size = _row.Length * VectorRows.ElementSize(ElementType);
        if (_buffered + size > _buffer.Length)
        {
            Flush();
        }

        Span<byte> target = _buffer.AsSpan(_buffered, size);
        ReadOnlySpan<float> stored = _row;
        float scale = 0;
        switch (ElementType)
        {
            case VectorElementType.Float32:
                MemoryMarshal.AsBytes(row).CopyTo(target);
                stored = row;
                break;
            case VectorElementType.Float16:
                Span<Half> halves = MemoryMarshal.Cast<byte, Half>(target);
                RowEncoding.Round(row, halves);
                RowEncoding.Expand(halves, _row);
                break;
            default:
                Span<sbyte> bytes = MemoryMarshal.Cast<byte, sbyte>(target);
                scale = RowEncoding.Quantize(row, bytes);
                RowEncoding.Expand(bytes, scale, _row);
                break;
        }

        float norm = VectorMath.Norm(stored);
        if (!float.IsFinite(norm) || !float.IsFinite(scale))
        {
            return false;
        }

        _buffered += size;
        _norms.Write([norm]);
        if (ElementType == VectorElementType.Int8)
        {
            _scales.Write([scale]);
        }

        return true;
    }

    /// <summary>Writes all buffered data to the stream.</summary>
    public void Flush()
    {
        _hash.AppendData(_buffer, 0, _buffered);
        _stream.Write(_buffer, 0, _buffered);
        _buffered = 0;
    }

    /// <summary>Returns the buffers.</summary>
    public void Dispose()
    {
        _norms.Dispose();
        _scales.Dispose();
    }
}
