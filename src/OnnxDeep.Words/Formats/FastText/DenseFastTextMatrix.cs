using System.Runtime.InteropServices;

using OnnxDeep.IO;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Formats.FastText;

/// <summary>A matrix with rows of floats.</summary>
internal sealed class DenseFastTextMatrix : FastTextMatrix
{
    private DenseFastTextMatrix(RowFile rows)
        : base(rows)
    {
    }

    /// <inheritdoc cref="FastTextMatrix.Open"/>
    public static DenseFastTextMatrix Open(FileStream file, string path, long offset, int dimensions)
    {
        file.Position = offset;
        var reader = new SourceReader(file, path, offset);
        long count = ReadCount(reader, dimensions);
        return new DenseFastTextMatrix(
            RowsAt(file.SafeFileHandle, path, reader.Offset, dimensions * sizeof(float), count, file.Length));
    }

    /// <inheritdoc/>
    protected override void Add(long row, ReadOnlySpan<byte> stored, Span<float> sum) =>
        RowSum.Add(sum, MemoryMarshal.Cast<byte, float>(stored));
}
