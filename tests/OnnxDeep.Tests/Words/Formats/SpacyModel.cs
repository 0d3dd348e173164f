using System.Buffers.Binary;
using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

using OnnxDeep.Numerics;

namespace OnnxDeep.Tests.Words.Formats;

/// <summary>Writes the files of a small spaCy model by hand: rows of two numbers, [1, 2], [3, 4], …</summary>
internal static class SpacyModel
{
    public static readonly (ulong Key, int Row)[] Keys =
    [
        (Hash("coffee"), 0), (Hash("tea"), 1), (Hash("café"), 0), (Hash("hidden"), 2), (449, 1), (0, 2),
        (Hash("unset"), -1),
    ];

    public static readonly string[] Strings = ["café", "coffee", "tea", "unset", "never used"];

    public static ulong Hash(string word) => WordHash.Murmur64A(Encoding.UTF8.GetBytes(word));

    /// <summary>Three rows with seven keys, of which four are words, one is a symbol and one has no name.</summary>
    public static Dictionary<string, byte[]> Files(string folder = "") => new()
    {
        [$"{folder}vectors"] = Npy("'<f4'", [3, 2], Floats(1, 2, 3, 4, 5, 6)),
        [$"{folder}key2row"] = Key2Row(Keys),
        [$"{folder}strings.json"] = JsonSerializer.SerializeToUtf8Bytes(Strings),
        [$"{folder}vectors.cfg"] = """{"mode":"default"}"""u8.ToArray(),
    };

    public static byte[] Npy(string type, long[] shape, byte[] data, string order = "False", byte version = 1)
    {
        string extents = string.Concat(shape.Select(extent => $"{extent}, "));
        byte[] header = Encoding.ASCII.GetBytes(
            $"{{'descr': {type}, 'fortran_order': {order}, 'shape': ({extents}), }}\n");
        byte[] length = version == 1 ? [(byte)header.Length, 0] : [(byte)header.Length, 0, 0, 0];
        return [0x93, .. "NUMPY"u8, version, 0, .. length, .. header, .. data];
    }

    public static byte[] Floats(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];

    public static byte[] Key2Row(params (ulong Key, int Row)[] keys)
    {
        byte[] bytes = new byte[3 + (keys.Length * 14)];
        bytes[0] = 0xDE;
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(1), (ushort)keys.Length);
        for (int i = 0; i < keys.Length; i++)
        {
            Span<byte> entry = bytes.AsSpan(3 + (i * 14));
            entry[0] = 0xCF;
            BinaryPrimitives.WriteUInt64BigEndian(entry[1..], keys[i].Key);
            entry[9] = 0xD2;
            BinaryPrimitives.WriteInt32BigEndian(entry[10..], keys[i].Row);
        }

        return bytes;
    }

    public static string Write(TemporaryDirectory directory, IReadOnlyDictionary<string, byte[]> files)
    {
        foreach ((string name, byte[] bytes) in files)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(directory.File(name))!);
            directory.Write(name, bytes);
        }

        return directory.Path;
    }

    public static byte[] Zip(
        IReadOnlyDictionary<string, byte[]> files, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var stream = new MemoryStream();
        using (var archive = new ZipArchive(stream, ZipArchiveMode.Create))
        {
            foreach ((string name, byte[] bytes) in files)
            {
                using Stream entry = archive.CreateEntry(name, level).Open();
                entry.Write(bytes);
            }
        }

        return stream.ToArray();
    }

    public static byte[] Tar(IReadOnlyDictionary<string, byte[]> files, TarEntryFormat format = TarEntryFormat.Pax)
    {
        using var stream = new MemoryStream();
        using (var writer = new TarWriter(stream, format, leaveOpen: true))
        {
            foreach ((string name, byte[] bytes) in files)
            {
                TarEntry entry = format switch
                {
                    TarEntryFormat.Gnu => new GnuTarEntry(TarEntryType.RegularFile, name),
                    TarEntryFormat.Ustar => new UstarTarEntry(TarEntryType.RegularFile, name),
                    _ => new PaxTarEntry(TarEntryType.RegularFile, name),
                };
                entry.DataStream = new MemoryStream(bytes);
                writer.WriteEntry(entry);
            }
        }

        return stream.ToArray();
    }

    public static byte[] Gzip(byte[] bytes)
    {
        using var stream = new MemoryStream();
        using (var gzip = new GZipStream(stream, CompressionLevel.Fastest))
        {
            gzip.Write(bytes);
        }

        return stream.ToArray();
    }
}
