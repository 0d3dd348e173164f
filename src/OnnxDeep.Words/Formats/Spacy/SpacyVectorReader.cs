using System.Text;

using OnnxDeep.Words.Formats.Archives;
using OnnxDeep.Words.Formats.Arrays;

namespace OnnxDeep.Words.Formats.Spacy;

/// <summary>Reads a spaCy model's rows and their keys, many of which share a row.</summary>
internal sealed class SpacyVectorReader(
    IModelMembers members, SpacyLayout layout, SpacyMeta meta, Stream stream, FloatRows rows) : IVectorReader
{
    private const int KeysPerLook = 1 << 12;

    public string Format => "spaCy vectors";

    public string? Name => meta.Name;

    public int Dimensions => rows.Dimensions;

    public long BytesRead => members.BytesRead;

    public long TotalBytes => members.TotalBytes;

    public void ReadTo(VectorSink sink)
    {
        SpacyKeys keys = ReadKeys();
        RowMap map = AddRows(sink);
        using var names = new SpacyNames(Wanted(keys, map), keys.Hashes.Length);
        if (layout.Strings is not null)
        {
            using Stream strings = members.Open(layout.Strings);
            names.Read(strings, members.PathOf(layout.Strings), sink.Stop);
        }

        AddKeys(sink, keys, map, names);
    }

    public void Dispose()
    {
        stream.Dispose();
        members.Dispose();
    }

    private SpacyKeys ReadKeys()
    {
        if (layout.Key2Row is not null)
        {
            return SpacyKeys.ReadKey2Row(
                members.ReadSmall(layout.Key2Row), members.PathOf(layout.Key2Row), rows.Count);
        }

        using Stream keys = members.Open(layout.Keys!);
        return SpacyKeys.ReadKeys(keys, members.PathOf(layout.Keys!), rows.Count);
    }

    private RowMap AddRows(VectorSink sink)
    {
        sink.Path = members.PathOf(layout.Vectors);
        var map = new RowMap();
        float[] vector = new float[Dimensions];
        for (long row = 0; row < rows.Count && !sink.IsFull; row++)
        {
            long offset = rows.Offset;
            rows.Read(vector);
            map.Add(sink.AddRow(vector, offset));
        }

        if (!sink.IsFull)
        {
            sink.Unread = rows.SkipRest(sink.Stop);
        }

        return map;
    }

    private static IEnumerable<ulong> Wanted(SpacyKeys keys, RowMap map)
    {
        for (int i = 0; i < keys.Rows.Length; i++)
        {
            if (keys.Rows[i] >= 0 && map[keys.Rows[i]] >= 0)
            {
                yield return keys.Hashes[i];
            }
        }
    }

    private void AddKeys(VectorSink sink, SpacyKeys keys, RowMap map, SpacyNames names)
    {
        sink.Path = members.PathOf(layout.Strings ?? layout.Key2Row ?? layout.Vectors);
        for (int i = 0; i < keys.Rows.Length; i++)
        {
            if (i % KeysPerLook == 0)
            {
                sink.Stop.ThrowIfCancellationRequested();
            }

            // Key 0 is the empty string, which is not a word.
            ulong hash = keys.Hashes[i];
            int row = keys.Rows[i] < 0 || hash == 0 ? -1 : map[keys.Rows[i]];
            if (row < 0)
            {
                continue;
            }

            if (SpacyNames.NameOfSymbol(hash, meta.Version) is string symbol)
            {
                sink.AddKey(Encoding.ASCII.GetBytes(symbol), row, 0);
            }
            else if (names.TryGet(hash, out ReadOnlySpan<byte> name, out long offset))
            {
                sink.AddKey(name, row, offset);
            }
            else
            {
                sink.AddNamelessKey(hash, row);
            }
        }
    }
}
