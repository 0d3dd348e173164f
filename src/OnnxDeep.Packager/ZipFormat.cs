using System.Text;

namespace OnnxDeep.Packager;

/// <summary>
/// Writes zip files from compressed files: the same files give the same bytes, on every system and at any time.
/// </summary>
/// <remarks>https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT.</remarks>
internal static class ZipFormat
{
    private const uint LocalHeader = 0x04034B50;
    private const uint DirectoryHeader = 0x02014B50;
    private const uint EndOfDirectory = 0x06054B50;
    private const ushort VersionNeeded = 20;
    private const ushort Utf8Names = 1 << 11;
    private const ushort Deflate = 8;

    // January 1, 1980: the first day of the format.
    private const uint Time = ((1 << 5) | 1) << 16;

    // Made on Unix, with the mode of a file that its owner may write and everybody may read.
    private const ushort MadeBy = (3 << 8) | VersionNeeded;
    private const uint Mode = 0x81A4u << 16;

    /// <summary>Writes all files in the given order.</summary>
    public static void Write(Stream output, IReadOnlyList<KeyValuePair<string, PackedFile>> files)
    {
        using var writer = new BinaryWriter(output, Encoding.UTF8, leaveOpen: true);
        var offsets = new uint[files.Count];
        for (int index = 0; index < files.Count; index++)
        {
            offsets[index] = checked((uint)output.Position);
            writer.Write(LocalHeader);
            WriteCommon(writer, files[index]);
            writer.Write(Encoding.UTF8.GetBytes(files[index].Key));
            writer.Write(files[index].Value.Deflated.Span);
        }

        uint start = checked((uint)output.Position);
        for (int index = 0; index < files.Count; index++)
        {
            writer.Write(DirectoryHeader);
            writer.Write(MadeBy);
            WriteCommon(writer, files[index]);
            writer.Write((ushort)0); // Comment
            writer.Write((ushort)0); // Disk
            writer.Write((ushort)0); // Internal attributes
            writer.Write(Mode);
            writer.Write(offsets[index]);
            writer.Write(Encoding.UTF8.GetBytes(files[index].Key));
        }

        uint length = checked((uint)output.Position) - start;
        writer.Write(EndOfDirectory);
        writer.Write(0); // Disks
        writer.Write((ushort)files.Count);
        writer.Write((ushort)files.Count);
        writer.Write(length);
        writer.Write(start);
        writer.Write((ushort)0); // Comment
    }

    private static void WriteCommon(BinaryWriter writer, KeyValuePair<string, PackedFile> file)
    {
        writer.Write(VersionNeeded);
        writer.Write(Utf8Names);
        writer.Write(Deflate);
        writer.Write(Time);
        writer.Write(file.Value.Crc);
        writer.Write(file.Value.Deflated.Length);
        writer.Write(file.Value.Length);
        writer.Write((ushort)Encoding.UTF8.GetByteCount(file.Key));
        writer.Write((ushort)0); // Extra field
    }
}
