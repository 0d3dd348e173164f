using OnnxDeep.IO;
using OnnxDeep.Words.Formats.Spacy;

namespace OnnxDeep.Words.Formats.Archives;

/// <summary>
/// The files of a tape archive, compressed with gzip or not. A first pass lists them, checks the complete archive and
/// keeps the model's small files; each large file needs another pass.
/// </summary>
internal sealed class TarMembers : IModelMembers
{
    // A released model has about forty files.
    private const int MostFiles = 10_000;

    private readonly Dictionary<string, byte[]?> _members = new(StringComparer.Ordinal);
    private readonly HashSet<string> _links = new(StringComparer.Ordinal);
    private readonly SourceFiles _files;
    private SourceStream? _last;
    private long _keptBytes;

    private TarMembers(string path, SourceFiles files) => (Path, _files) = (path, files);

    public string Path { get; }

    public IReadOnlyCollection<string> Names => _members.Keys;

    public long BytesRead => _last is { CanRead: true } ? _last.FilePosition : 0;

    public long TotalBytes { get; private set; }

    /// <summary>Lists an archive.</summary>
    /// <exception cref="FileFormatException">
    /// The archive is damaged or truncated, or a name leads outside it.
    /// </exception>
    public static TarMembers OpenArchive(string path, SourceFiles files)
    {
        var members = new TarMembers(path, files);
        using SourceStream stream = OpenStream(path, files);
        members.TotalBytes = stream.FileLength;
        var walker = new TarWalker(stream, path);
        while (walker.TryMoveNext(out TarWalker.Entry entry))
        {
            members.Add(entry, walker);
        }

        return members;
    }

    public Stream Open(string name) =>
        _members[name] is byte[] kept ? new MemoryStream(kept, writable: false) : Find(name);

    /// <summary>Opens a file for sequential reading; closing it closes the archive.</summary>
    /// <exception cref="FileFormatException">The file is a link.</exception>
    public SourceStream OpenAlone(string name)
    {
        TarEntryStream entry = Find(name);
        return new SourceStream($"{Path}!{name}", entry, _last!);
    }

    public void Dispose() => _last?.Dispose();

    private static SourceStream OpenStream(string path, SourceFiles files)
    {
        SourceStream stream = SourceStream.Open(path, files);
        if (VectorFormats.Detect(stream.Prefix) != VectorFormat.Gzip)
        {
            return stream;
        }

        stream.Dispose();
        return SourceStream.OpenGzip(path, files);
    }

    private void Add(TarWalker.Entry entry, TarWalker walker)
    {
        string name = ArchiveName.Check(Path, entry.Name);
        if (_members.Count >= MostFiles)
        {
            throw new FileFormatException(
                Path, walker.Offset, FormattableString.Invariant($"a model of at most {MostFiles:N0} files"));
        }

        if (!_members.TryAdd(name, null))
        {
            return;
        }

        if (entry.IsLink)
        {
            _links.Add(name);
        }
        else if (SpacyLayout.IsSmall(name))
        {
            _keptBytes += entry.Length;
            if (_keptBytes > SourceLimits.MemberBytes)
            {
                throw new FileFormatException(
                    Path,
                    walker.Offset,
                    FormattableString.Invariant($"keys and strings of at most {SourceLimits.MemberBytes:N0} bytes"));
            }

            using var stream = new TarEntryStream(null, walker, entry.Length);
            _members[name] = IModelMembers.ReadSmall(stream, Path);
        }
    }

    private TarEntryStream Find(string name)
    {
        if (_links.Contains(name))
        {
            throw ArchiveName.Link(Path, name);
        }

        SourceStream stream = _last = OpenStream(Path, _files);
        try
        {
            var walker = new TarWalker(stream, Path);
            while (walker.TryMoveNext(out TarWalker.Entry entry))
            {
                if (!entry.IsLink && ArchiveName.Check(Path, entry.Name) == name)
                {
                    return new TarEntryStream(stream, walker, entry.Length);
                }
            }
        }
        catch
        {
            stream.Dispose();
            throw;
        }

        stream.Dispose();
        throw new FileFormatException(Path, 0, $"the file '{name}', which was there before");
    }

    /// <summary>
    /// Reads one file of a tape archive sequentially; closing the stream closes the archive, if one is given.
    /// </summary>
    private sealed class TarEntryStream(SourceStream? archive, TarWalker walker, long length) : ForwardStream
    {
        protected override int ReadNext(Span<byte> buffer)
        {
            int count = (int)Math.Min(buffer.Length, length - Position);
            walker.ReadExactly(buffer[..count]);
            return count;
        }

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                archive?.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
