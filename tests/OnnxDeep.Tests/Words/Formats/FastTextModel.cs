using System.Text;

namespace OnnxDeep.Tests.Words.Formats;

/// <summary>Writes fastText models of a few words in the layout of version 0.9.2 of the tool.</summary>
internal sealed record FastTextModel
{
    public int Version { get; init; } = 12;

    /// <summary>Whether the model has neither a mark nor a version, as before May 2017.</summary>
    public bool IsUnmarked { get; init; }

    public int Model { get; init; } = 2;

    public int Dimensions { get; init; } = 3;

    public int Buckets { get; init; } = 5;

    public int MinimumLength { get; init; } = 2;

    public int MaximumLength { get; init; } = 3;

    public IReadOnlyList<byte[]> Words { get; init; } =
    [
        "</s>"u8.ToArray(), "tea"u8.ToArray(), "größe"u8.ToArray(), "New York"u8.ToArray(),
    ];

    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>The bucket and row of the n-grams that pruning kept; null if the model is not pruned.</summary>
    public IReadOnlyList<(int Bucket, int Row)>? Kept { get; init; }

    public bool IsQuantized { get; init; }

    public bool HasNorms { get; init; }

    public int Stretch { get; init; } = 2;

    public int MatrixRows => Words.Count + (Kept?.Count ?? (MaximumLength > 0 ? Buckets : 0));

    /// <summary>The number in column <paramref name="column"/> of a dense row.</summary>
    public static float Value(long row, int column) => ((row * 7) + column + 1) / 16f;

    /// <summary>The number in column <paramref name="column"/> of a quantised row.</summary>
    public float QuantizedValue(int row, int column) =>
        Centroid(Code(row, column / Stretch), column) * (HasNorms ? Norm(row) : 1);

    public byte[] ToBytes()
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        foreach (int number in IsUnmarked ? [] : new[] { 793712314, Version })
        {
            writer.Write(number);
        }

        foreach (int number in new[]
        {
            Dimensions, 5, 5, 1, 5, 1, 1, Model, Buckets, MinimumLength, MaximumLength, 100,
        })
        {
            writer.Write(number);
        }

        writer.Write(1e-4);
        WriteDictionary(writer);
        if (!IsUnmarked)
        {
            writer.Write(IsQuantized);
        }

        if (IsQuantized)
        {
            WriteCodes(writer);
        }
        else
        {
            writer.Write((long)MatrixRows);
            writer.Write((long)Dimensions);
            for (int i = 0; i < MatrixRows * Dimensions; i++)
            {
                writer.Write(Value(i / Dimensions, i % Dimensions));
            }
        }

        writer.Write("the output matrix, which nobody reads"u8);
        return stream.ToArray();
    }

    private static byte Code(int row, int stretch) => (byte)((row * 3) + stretch);

    private static float Centroid(byte code, int column) => (code + column) / 32f;

    private static float Norm(int row) => 1 + (row / 4f);

    private void WriteDictionary(BinaryWriter writer)
    {
        writer.Write(Words.Count + Labels.Count);
        writer.Write(Words.Count);
        writer.Write(Labels.Count);
        writer.Write(1000L);
        if (!IsUnmarked)
        {
            writer.Write(Kept is null ? -1L : Kept.Count);
        }

        IEnumerable<(byte[] Text, byte Kind)> words = Words.Select(word => (word, (byte)0));
        IEnumerable<(byte[] Text, byte Kind)> labels =
            Labels.Select(label => (Encoding.UTF8.GetBytes(label), (byte)1));
        foreach ((byte[] text, byte kind) in words.Concat(labels))
        {
            writer.Write(text);
            writer.Write((byte)0);
            writer.Write(10L);
            writer.Write(kind);
        }

        foreach ((int bucket, int row) in Kept ?? [])
        {
            writer.Write(bucket);
            writer.Write(row);
        }
    }

    private void WriteCodes(BinaryWriter writer)
    {
        int stretches = (Dimensions + Stretch - 1) / Stretch;
        int last = Dimensions - ((stretches - 1) * Stretch);
        writer.Write(HasNorms);
        writer.Write((long)MatrixRows);
        writer.Write((long)Dimensions);
        writer.Write(MatrixRows * stretches);
        for (int i = 0; i < MatrixRows * stretches; i++)
        {
            writer.Write(Code(i / stretches, i % stretches));
        }

        WriteExtents(writer, Dimensions, stretches, Stretch, last);
        for (int stretch = 0; stretch < stretches; stretch++)
        {
            int length = stretch == stretches - 1 ? last : Stretch;
            for (int i = 0; i < 256 * length; i++)
            {
                writer.Write(Centroid((byte)(i / length), (stretch * Stretch) + (i % length)));
            }
        }

        if (HasNorms)
        {
            for (int row = 0; row < MatrixRows; row++)
            {
                writer.Write((byte)row);
            }

            WriteExtents(writer, 1, 1, 1, 1);
            for (int code = 0; code < 256; code++)
            {
                writer.Write(Norm(code));
            }
        }
    }

    private static void WriteExtents(BinaryWriter writer, params int[] extents)
    {
        foreach (int extent in extents)
        {
            writer.Write(extent);
        }
    }
}
