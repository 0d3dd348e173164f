using OnnxDeep.IO;

namespace OnnxDeep.Words.Formats.Archives;

/// <summary>
/// The files of a model in a folder. Links inside it are followed; links that lead outside are rejected.
/// </summary>
internal sealed class FolderMembers : IModelMembers
{
    // A released model has about forty files, in up to five levels of folders.
    private const int MostDepth = 8;
    private const int MostFiles = 10_000;

    private static readonly EnumerationOptions s_all = new() { AttributesToSkip = 0, IgnoreInaccessible = true };

    private readonly string _root;
    private readonly Dictionary<string, string> _files = new(StringComparer.Ordinal);
    private readonly List<(string Name, FileStream File)> _opened = [];
    private readonly SourceFiles _sources;
    private long _openedBytes;

    /// <summary>Lists a folder, which may itself be a link.</summary>
    /// <exception cref="FileFormatException">A link in the folder leads outside it.</exception>
    public FolderMembers(string path, SourceFiles files)
    {
        _sources = files;
        Path = path;
        _root = FileTarget.Resolve(path) ?? throw ArchiveName.Link(path, string.Empty);
        List(new DirectoryInfo(_root), string.Empty, [_root]);
    }

    public string Path { get; }

    public IReadOnlyCollection<string> Names => _files.Keys;

    public long BytesRead => _openedBytes - _opened.Sum(
        opened => opened.File.CanRead ? opened.File.Length - opened.File.Position : 0);

    public long TotalBytes => _openedBytes;

    public string PathOf(string name) =>
        System.IO.Path.Combine(Path, name.Replace('/', System.IO.Path.DirectorySeparatorChar));

    // Of the file that was opened, which may have another name by now.
    public long? LengthOf(string name) =>
        _opened.FindLast(opened => opened.Name == name && opened.File.CanRead).File?.Length
        ?? new FileInfo(_files[name]).Length;

    public Stream Open(string name)
    {
        FileStream file = _sources.Open(_files[name]);
        _opened.Add((name, file));
        _openedBytes += file.Length;
        return file;
    }

    public void Dispose() => _opened.ForEach(opened => opened.File.Dispose());

    // The ancestors detect links that lead back up.
    private void List(DirectoryInfo folder, string prefix, HashSet<string> ancestors)
    {
        foreach (FileSystemInfo entry in folder.EnumerateFileSystemInfos("*", s_all))
        {
            string name = prefix + entry.Name;
            string real = entry.FullName;
            if (entry.LinkTarget is not null)
            {
                real = FileTarget.Resolve(entry.FullName) is string target && FileTarget.IsInside(_root, target)
                    ? target
                    : throw ArchiveName.Link(Path, name);
            }

            if (Directory.Exists(real))
            {
                if (ancestors.Count < MostDepth && ancestors.Add(real))
                {
                    List(new DirectoryInfo(real), $"{name}/", ancestors);
                    ancestors.Remove(real);
                }
            }
            else if (File.Exists(real))
            {
                _files.Add(name, real);
                if (_files.Count > MostFiles)
                {
                    throw new FileFormatException(
                        ErrorIds.VectorsFormatUnknown,
                        Path,
                        0,
                        FormattableString.Invariant($"the folder of one model, found more than {MostFiles:N0} files"),
                        "Specify the folder of the model itself.");
                }
            }
        }
    }
}
