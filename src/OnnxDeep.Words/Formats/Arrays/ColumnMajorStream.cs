using System.Runtime.InteropServices;

using OnnxDeep.IO;

namespace OnnxDeep.Words.Formats.Arrays;

/// <summary>
/// A matrix that a file stores column by column, read row by row, and then the rest of the file. Only a block of rows
/// is in memory.
/// </summary>
internal sealed class ColumnMajorStream : ForwardStream
{
    private const int BlockBytes = 1 << 22;

    private readonly Stream _file;
    private readonly long _start;
    private readonly long _rows;
    private readonly int _columns;
    private readonly int _size;
    private readonly byte[] _block;
    private readonly byte[] _column;
    private long _row;
    private int _blockPosition;
    private int _blockEnd;

    /// <summary>Creates a stream at the first row.</summary>
    /// <param name="file">The file, which can seek; not closed.</param>
    /// <param name="start">The offset of the first column.</param>
    /// <param name="rows">The number of rows.</param>
    /// <param name="columns">The number of columns.</param>
    /// <param name="size">The size of a number: 2, 4 or 8 bytes.</param>
    public ColumnMajorStream(Stream file, long start, long rows, int columns, int size)
    {
        _file = file;
        _start = start;
        _rows = rows;
        _columns = columns;
        _size = size;
        int blockRows = (int)Math.Clamp(BlockBytes / ((long)columns * size), 1, rows);
        _column = new byte[blockRows * size];
        _block = new byte[_column.Length * columns];
    }

    protected override int ReadNext(Span<byte> buffer)
    {
        if (_blockPosition == _blockEnd)
        {
            if (_row == _rows)
            {
                return _file.Read(buffer);
            }

            if (!FillBlock())
            {
                return 0;
            }
        }

        int count = Math.Min(buffer.Length, _blockEnd - _blockPosition);
        _block.AsSpan(_blockPosition, count).CopyTo(buffer);
        _blockPosition += count;
        return count;
    }

    // The next rows; false at the end of the file. Afterwards, the file is at the end of a column.
    private bool FillBlock()
    {
        int count = (int)Math.Min(_column.Length / _size, _rows - _row);
        Span<byte> column = _column.AsSpan(0, count * _size);
        for (int i = 0; i < _columns; i++)
        {
            _file.Position = _start + (((i * _rows) + _row) * _size);
            if (_file.ReadAtLeast(column, column.Length, throwOnEndOfStream: false) < column.Length)
            {
                return false;
            }

            switch (_size)
            {
                case sizeof(ushort):
                    Spread<ushort>(column, i);
                    break;
                case sizeof(uint):
                    Spread<uint>(column, i);
                    break;
                default:
                    Spread<ulong>(column, i);
                    break;
            }
        }

        _row += count;
        _blockPosition = 0;
        _blockEnd = column.Length * _columns;
        return true;
    }

    private void Spread<T>(ReadOnlySpan<byte> column, int index)
        where T : unmanaged
    {
        Span<T> block = MemoryMarshal.Cast<byte, T>(_block.AsSpan());
        foreach (T value in MemoryMarshal.Cast<byte, T>(column))
        {
            block[index] = value;
            index += _columns;
        }
    }
}
