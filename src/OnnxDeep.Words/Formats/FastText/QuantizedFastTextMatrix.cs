using OnnxDeep.IO;

namespace OnnxDeep.Words.Formats.FastText;

/// <summary>
/// A matrix with rows of codes, each of which selects one of 256 stretches of numbers. If lengths were quantised
/// separately, another code selects the factor of the row.
/// </summary>
internal sealed class QuantizedFastTextMatrix : FastTextMatrix
{
    private readonly ProductQuantizer _quantizer;
    private readonly ProductQuantizer? _normQuantizer;
    private readonly RowFile? _norms;

    private QuantizedFastTextMatrix(
        RowFile rows, ProductQuantizer quantizer, RowFile? norms, ProductQuantizer? normQuantizer)
        : base(rows)
    {
        _quantizer = quantizer;
        _normQuantizer = normQuantizer;
        _norms = norms;
    }

    /// <inheritdoc cref="FastTextMatrix.Open"/>
    public static QuantizedFastTextMatrix Open(FileStream file, string path, long offset, int dimensions)
    {
        SourceReader reader = ReaderAt(file, path, offset);
        byte hasNorms = reader.ReadByte("whether lengths are quantised");
        if (hasNorms > 1)
        {
            throw new FileFormatException(
                path, offset, $"0 or 1, whether lengths are quantised, found {hasNorms}");
        }

        long count = ReadCount(reader, dimensions);
        int codeBytes = reader.ReadInt32("a number of codes");
        long codesOffset = reader.Offset;
        long codesPerRow = count == 0 ? 0 : codeBytes / count;
        if (codesPerRow < 1 || codesPerRow > dimensions || codesPerRow * count != codeBytes)
        {
            throw new FileFormatException(
                path,
                codesOffset - sizeof(int),
                $"1 to {Quantity.Of(dimensions, "code")} a row for {Quantity.Of(count, "row")}, found {codeBytes}");
        }

        RowFile rows = RowsAt(file.SafeFileHandle, path, codesOffset, (int)codesPerRow, count, file.Length);
        reader = ReaderAt(file, path, rows.Offset(count));
        ProductQuantizer quantizer = ProductQuantizer.Read(reader, dimensions, (int)codesPerRow, file.Length);
        if (hasNorms == 0)
        {
            return new QuantizedFastTextMatrix(rows, quantizer, null, null);
        }

        RowFile norms = RowsAt(file.SafeFileHandle, path, reader.Offset, 1, count, file.Length);
        ProductQuantizer normQuantizer = ProductQuantizer.Read(
            ReaderAt(file, path, norms.Offset(count)), dimensions: 1, codes: 1, file.Length);
        return new QuantizedFastTextMatrix(rows, quantizer, norms, normQuantizer);
    }

    /// <inheritdoc/>
    protected override void Add(long row, ReadOnlySpan<byte> stored, Span<float> sum)
    {
        float norm = _norms is null || _normQuantizer is null ? 1 : _normQuantizer.Centroid(0, _norms.Get(row)[0])[0];
        _quantizer.Add(stored, norm, sum);
    }

    private static SourceReader ReaderAt(FileStream file, string path, long offset)
    {
        file.Position = offset;
        return new SourceReader(file, path, offset);
    }
}
