using System.IO.Compression;

namespace OnnxDeep.Words.Formats.Archives;

/// <summary>
/// The files of a zip archive, such as a Python wheel. Each file is read through its own file handle.
/// </summary>
internal sealed class ZipMembers : IModelMembers
{
    // The upper half of the external attributes is the Unix mode, whose upper four bits are the file type.
    private const int ModeShift = 16;
    private const int KindMask = 0xF000;
    private const int LinkKind = 0xA000;

    // An IOException of .NET itself, such as a seek before the start; errors of the system have other numbers.
    private const int InvalidPosition = unchecked((int)0x80131620);

    private readonly Dictionary<string, int> _entries;
    private readonly SourceFiles _files;
    private SourceStream? _last;

    private ZipMembers(string path, Dictionary<string, int> entries, long length, SourceFiles files)
    {
        _files = files;
        Path = path;
        _entries = entries;
        TotalBytes = length;
    }

    public string Path { get; }

    public IReadOnlyCollection<string> Names => _entries.Keys;

    public long BytesRead => _last is { CanRead: true } ? _last.FilePosition : 0;

    public long TotalBytes { get; }

    /// <summary>Lists an archive.</summary>
    /// <exception cref="FileFormatException">The archive is damaged, or a name leads outside it.</exception>
    public static ZipMembers OpenArchive(string path, SourceFiles files)
    {
        using FileStream file = files.Open(path);
        using ZipArchive archive = OpenZip(path, file);
        var entries = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < archive.Entries.Count; i++)
        {
            string name = ArchiveName.Check(path, archive.Entries[i].FullName);
            if (!name.EndsWith('/'))
            {
                entries.TryAdd(name, i);
            }
        }

        return new ZipMembers(path, entries, file.Length, files);
    }

    /// <summary>Opens a file for sequential reading; closing it closes the archive.</summary>
    /// <exception cref="FileFormatException">The file is a link, encrypted, or compressed incorrectly.</exception>
    public SourceStream OpenAlone(string name)
    {
        FileStream file = _files.Open(Path);
        try
        {
            // The archive object holds only the file, which the stream closes.
            ZipArchiveEntry entry = OpenZip(Path, file).Entries[_entries[name]];
            CheckKind(entry, name);
            long length = entry.Length;
            _last = new SourceStream(
                PathOf(name), entry.Open(), file, stream => CheckEnd(name, length, stream), _files.Stop);
            return _last;
        }
        catch (Exception e) when (IsDamage(e))
        {
            file.Dispose();
            throw new FileFormatException(PathOf(name), 0, "a file with valid zip compression", e);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public Stream Open(string name) => OpenAlone(name);

    /// <summary>The path of a file, for errors.</summary>
    public string PathOf(string name) => $"{Path}!{name}";

    public void Dispose() => _last?.Dispose();

    private static ZipArchive OpenZip(string path, FileStream file)
    {
        try
        {
            var archive = new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true);

            // The first access reads and checks the directory.
            _ = archive.Entries;
            return archive;
        }
        catch (Exception e) when (IsDamage(e))
        {
            throw new FileFormatException(path, file.Length, "the directory of a zip archive", e);
        }
    }

    private void CheckKind(ZipArchiveEntry entry, string name)
    {
        if (((entry.ExternalAttributes >> ModeShift) & KindMask) == LinkKind)
        {
            throw ArchiveName.Link(Path, name);
        }

        if (entry.IsEncrypted)
        {
            throw new FileFormatException(
                ErrorIds.VectorsFormatUnknown,
                PathOf(name),
                0,
                "a file that is not encrypted",
                "Unpack the archive with its password and import its content.");
        }
    }

    // .NET does not distinguish truncated compressed data from complete data.
    private void CheckEnd(string name, long length, SourceStream stream)
    {
        if (stream.Unpacked != length)
        {
            throw new FileFormatException(
                PathOf(name),
                stream.Unpacked,
                $"{Quantity.Of(length, "byte")} as the archive's directory says");
        }
    }

    // Exceptions that ZipArchive throws on damaged archives, including undocumented ones.
    private static bool IsDamage(Exception e) => e is InvalidDataException or EndOfStreamException or ArgumentException
        or OverflowException or NotSupportedException or IOException { HResult: InvalidPosition };
}
