using MessagePack;
using OnnxDeep.Words.Formats.Arrays;

namespace OnnxDeep.Words.Formats.Spacy;

/// <summary>The hashes of a model's words and their rows, in the order of the model.</summary>
internal sealed class SpacyKeys
{
    // One byte for the key and one for the row.
    private const int LeastEntryBytes = 2;

    private readonly ulong[] _hashes;
    private readonly int[] _rows;

    private SpacyKeys(ulong[] hashes, int[] rows)
    {
        _hashes = hashes;
        _rows = rows;
    }

    /// <summary>The hashes; a number below 512 identifies a symbol.</summary>
    public ReadOnlySpan<ulong> Hashes => _hashes;

    /// <summary>The row of each hash; -1 if it has none.</summary>
    public ReadOnlySpan<int> Rows => _rows;

    /// <summary>Reads key2row, a MessagePack map.</summary>
    /// <param name="bytes">The content of the file.</param>
    /// <param name="path">The file's name in errors.</param>
    /// <param name="rowCount">The number of rows.</param>
    /// <exception cref="FileFormatException">
    /// The file is not such a map, or refers to a row that does not exist.
    /// </exception>
    public static SpacyKeys ReadKey2Row(byte[] bytes, string path, long rowCount)
    {
        var reader = new MessagePackReader(bytes);
        try
        {
            int count = reader.ReadMapHeader();
            if (count > (bytes.Length - reader.Consumed) / LeastEntryBytes)
            {
                throw new FileFormatException(
                    path,
                    0,
                    $"{Quantity.Of(count, "key")} according to the header, "
                    + $"found {Quantity.Of(bytes.Length, "byte")}");
            }

            ulong[] hashes = new ulong[count];
            int[] rows = new int[count];
            for (int i = 0; i < count; i++)
            {
                hashes[i] = reader.ReadUInt64();
                long row = reader.ReadInt64();
                rows[i] = row >= -1 && row < rowCount
                    ? (int)row
                    : throw new FileFormatException(
                        path,
                        reader.Consumed,
                        FormattableString.Invariant($"a row below {rowCount:N0}, found {row}"));
            }

            return reader.End
                ? new SpacyKeys(hashes, rows)
                : throw new FileFormatException(
                    path, reader.Consumed, $"the end after {Quantity.Of(count, "key")}, found more");
        }
        catch (Exception e) when (e is MessagePackSerializationException or EndOfStreamException or OverflowException)
        {
            throw new FileFormatException(path, reader.Consumed, "a MessagePack map of hashes and rows", e);
        }
    }

    /// <summary>Reads the older file of hashes: each belongs to the row with its index.</summary>
    /// <exception cref="FileFormatException">
    /// The file is not such an array, or has more hashes than there are rows.
    /// </exception>
    public static SpacyKeys ReadKeys(Stream stream, string path, long rowCount)
    {
        ulong[] hashes = NpyFile.ReadHashes(stream, path, (int)rowCount);
        return new SpacyKeys(hashes, [.. Enumerable.Range(0, hashes.Length)]);
    }
}
