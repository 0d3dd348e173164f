using OnnxDeep.IO;

namespace OnnxDeep.Words.Formats.FastText;

/// <summary>
/// fastText's product quantiser: a row is split into stretches, and each stretch is one of 256 centroids. Source:
/// Jégou, Douze and Schmid, Product Quantization for Nearest Neighbor Search, 2011.
/// </summary>
internal sealed class ProductQuantizer
{
    private const int Examples = 256;

    private readonly int _codes;
    private readonly int _stretch;
    private readonly int _lastStretch;
    private readonly float[] _centroids;

    private ProductQuantizer(int codes, int stretch, int lastStretch, float[] centroids)
    {
        _codes = codes;
        _stretch = stretch;
        _lastStretch = lastStretch;
        _centroids = centroids;
    }

    /// <summary>Reads a quantiser and checks its sizes.</summary>
    /// <param name="reader">The reader, at the quantiser's four extents.</param>
    /// <param name="dimensions">The number of dimensions of a row.</param>
    /// <param name="codes">The number of stretches of a row.</param>
    /// <param name="fileLength">The size of the file in bytes.</param>
    /// <exception cref="FileFormatException">
    /// The sizes do not match, or the quantiser is longer than the file.
    /// </exception>
    public static ProductQuantizer Read(SourceReader reader, int dimensions, int codes, long fileLength)
    {
        long offset = reader.Offset;
        int numbers = reader.ReadInt32("a quantiser's dimensions");
        int stretches = reader.ReadInt32("a quantiser's stretches");
        int stretch = reader.ReadInt32("the length of a stretch");
        int last = reader.ReadInt32("the length of the last stretch");
        if (numbers != dimensions
            || stretches != codes
            || stretch < 1
            || last < 1
            || last > stretch
            || ((codes - 1L) * stretch) + last != dimensions)
        {
            throw new FileFormatException(
                reader.Path,
                offset,
                $"a quantiser of {Quantity.Of(dimensions, "number")} in {codes} stretches, "
                + $"found {numbers} in {stretches} of {stretch}, the last of {last}");
        }

        long length = (long)dimensions * Examples;
        if (length > (fileLength - reader.Offset) / sizeof(float))
        {
            throw new FileFormatException(
                reader.Path,
                fileLength,
                $"{Quantity.Of(length, "number")} of a quantiser, found the end of the file");
        }

        float[] centroids = new float[length];
        reader.ReadFloats(centroids, "the numbers of a quantiser");
        return new ProductQuantizer(codes, stretch, last, centroids);
    }

    /// <summary>The numbers of a centroid.</summary>
    /// <param name="stretch">The index of the stretch, from 0.</param>
    /// <param name="code">The index of the centroid, 0 to 255.</param>
    public ReadOnlySpan<float> Centroid(int stretch, byte code)
    {
        int length = stretch == _codes - 1 ? _lastStretch : _stretch;
        return _centroids.AsSpan((stretch * Examples * _stretch) + (code * length), length);
    }

    /// <summary>Adds norm · row to a sum.</summary>
    /// <param name="codes">The codes of the row.</param>
    /// <param name="norm">The factor of the row.</param>
    /// <param name="sum">[dimensions].</param>
    public void Add(ReadOnlySpan<byte> codes, float norm, Span<float> sum)
    {
        for (int stretch = 0; stretch < codes.Length; stretch++)
        {
            ReadOnlySpan<float> centroid = Centroid(stretch, codes[stretch]);
            Span<float> target = sum.Slice(stretch * _stretch, centroid.Length);
            for (int i = 0; i < centroid.Length; i++)
            {
                target[i] += norm * centroid[i];
            }
        }
    }
}
