using Google.Protobuf;

using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Metadata;

/// <summary>The ranges of a model file to copy, and the bytes to insert between them.</summary>
internal sealed class MetadataPlan
{
    private const int PieceBytes = 1 << 16;

    // A larger entry is not metadata, and ProtoSource would need twice its size in memory.
    private const long MostEntryBytes = 1 << 28;

    private readonly List<Cut> _cuts = [];
    private readonly long _sourceLength;

    private MetadataPlan(long sourceLength) => _sourceLength = sourceLength;

    /// <summary>Whether the output differs from the model.</summary>
    public bool HasChanges => _cuts.Count > 0;

    /// <summary>The size of the output, in bytes.</summary>
    public long Length => _sourceLength + _cuts.Sum(cut => cut.Bytes.Length - cut.Length);

    /// <summary>Finds the metadata entries in the model and decides what to do with each.</summary>
    /// <param name="stream">The model, at its start.</param>
    /// <param name="path">The model's name in errors.</param>
    /// <param name="change">The edit.</param>
    /// <exception cref="FileFormatException">The file is not protobuf.</exception>
    public static MetadataPlan Make(Stream stream, string path, MetadataChange change)
    {
        var plan = new MetadataPlan(stream.Length);
        List<Entry> entries = ReadEntries(new ProtoSource(stream, path));

        // If a key occurs more than once, the last entry counts: it gets the new value, and the others are removed.
        Dictionary<string, int> last = [];
        for (int i = 0; i < entries.Count; i++)
        {
            last[entries[i].Pair.Key] = i;
        }

        var removed = change.Remove.ToHashSet(StringComparer.Ordinal);
        for (int i = 0; i < entries.Count; i++)
        {
            (StringStringEntryProto pair, long offset, long length) = entries[i];
            bool isSet = change.Set.TryGetValue(pair.Key, out string? value);
            if ((isSet && last[pair.Key] != i) || (!isSet && (change.RemovesOthers || removed.Contains(pair.Key))))
            {
                plan._cuts.Add(new Cut(offset, length, []));
            }
            else if (isSet && pair.Value != value)
            {
                StringStringEntryProto edited = pair.Clone();
                edited.Value = value;
                plan._cuts.Add(new Cut(offset, length, ToField(edited)));
            }
        }

        byte[] added =
        [
            .. change.Set
                .Where(item => !last.ContainsKey(item.Key))
                .OrderBy(item => item.Key, StringComparer.Ordinal)
                .SelectMany(item => ToField(new StringStringEntryProto { Key = item.Key, Value = item.Value })),
        ];
        if (added.Length > 0)
        {
            plan._cuts.Add(new Cut(plan._sourceLength, 0, added));
        }

        return plan;
    }

    /// <summary>Writes the output.</summary>
    /// <param name="source">The model, seekable.</param>
    /// <param name="target">Receives the bytes.</param>
    /// <param name="cancellationToken">Checked before each 64 KiB.</param>
    public void Write(Stream source, Stream target, CancellationToken cancellationToken)
    {
        byte[] piece = new byte[PieceBytes];
        source.Position = 0;
        foreach (Cut cut in _cuts.Append(new Cut(_sourceLength, 0, [])))
        {
            while (source.Position < cut.Offset)
            {
                cancellationToken.ThrowIfCancellationRequested();
                Span<byte> bytes = piece.AsSpan(0, (int)Math.Min(piece.Length, cut.Offset - source.Position));
                source.ReadExactly(bytes);
                target.Write(bytes);
            }

            source.Position += cut.Length;
            target.Write(cut.Bytes);
        }
    }

    private static List<Entry> ReadEntries(ProtoSource source)
    {
        List<Entry> entries = [];
        while (source.Position < source.Length)
        {
            long start = source.Position;
            uint tag = source.ReadTag();
            switch ((WireFormat.WireType)(tag & 7))
            {
                case WireFormat.WireType.Varint:
                    source.ReadVarint();
                    break;
                case WireFormat.WireType.Fixed64:
                    source.Skip(sizeof(ulong));
                    break;
                case WireFormat.WireType.Fixed32:
                    source.Skip(sizeof(uint));
                    break;
                case WireFormat.WireType.LengthDelimited:
                    long length = (long)source.ReadVarint();
                    if (tag >> 3 != ModelProto.MetadataPropsFieldNumber)
                    {
                        source.Skip(length);
                        break;
                    }

                    entries.Add(new Entry(ReadPair(source, length), start, source.Position - start));
                    break;
                default:
                    throw source.Damaged(null);
            }
        }

        return entries;
    }

    private static StringStringEntryProto ReadPair(ProtoSource source, long length)
    {
        if (length > MostEntryBytes)
        {
            throw source.Damaged(null);
        }

        var bytes = new ProtoOutput();
        source.CopyTo(bytes, (int)length);
        try
        {
            return StringStringEntryProto.Parser.ParseFrom(bytes.ToInput());
        }
        catch (InvalidProtocolBufferException e)
        {
            throw source.Damaged(e);
        }
    }

    private static byte[] ToField(StringStringEntryProto pair)
    {
        var bytes = new ProtoOutput();
        bytes.WriteVarint(WireFormat.MakeTag(ModelProto.MetadataPropsFieldNumber, WireFormat.WireType.LengthDelimited));
        byte[] content = pair.ToByteArray();
        bytes.WriteVarint((ulong)content.Length);
        bytes.Write(content);
        return bytes.ToArray();
    }

    private sealed record Entry(StringStringEntryProto Pair, long Offset, long Length);

    private sealed record Cut(long Offset, long Length, byte[] Bytes);
}
