using System.Globalization;
using System.Text;

using OnnxDeep.IO;
using OnnxDeep.Words.Formats.Text;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Formats;

/// <summary>
/// An open source of word vectors: spaCy models, GloVe, word2vec and fastText files, safetensors, NumPy arrays and the
/// embedding tables of ONNX models. It can be imported once.
/// </summary>
public sealed class WordVectorSource : IDisposable
{
    private static readonly string[] s_extensions =
        [".gz", ".zip", ".tar", ".tgz", ".whl", ".txt", ".vec", ".bin", ".ftz", ".npy", ".safetensors", ".onnx"];

    private readonly string _path;
    private readonly ImportOptions _options;
    private readonly IVectorReader _reader;
    private readonly SourceFiles _files;

    private WordVectorSource(string path, ImportOptions options, IVectorReader reader, SourceFiles files)
    {
        _files = files;
        _path = path;
        _options = options;
        _reader = reader;
        Name = options.Name ?? reader.Name ?? NameOf(path);
    }

    /// <summary>
    /// The name of the table: the requested name, otherwise the one stored in the source, otherwise the file's name.
    /// </summary>
    public string Name { get; }

    /// <summary>The format that was detected, such as "GloVe text".</summary>
    public string Format => _reader.Format;

    /// <summary>The number of dimensions of a vector.</summary>
    public int Dimensions => _reader.Dimensions;

    /// <summary>Detects the format of a file or folder and reads its header.</summary>
    /// <param name="path">The path of a file or a spaCy folder.</param>
    /// <param name="options">Options for reading and storing.</param>
    /// <param name="temporaryFolder">
    /// The folder in which to decompress a file for a reader that needs random access.
    /// </param>
    /// <param name="cancellationToken">Cancels the decompression.</param>
    /// <exception cref="FileNotFoundException">The file does not exist.</exception>
    /// <exception cref="FileFormatException">The source is damaged or not in a supported format.</exception>
    /// <exception cref="OnnxDeepException">The source is changed meanwhile.</exception>
    public static WordVectorSource Open(
        string path, ImportOptions options, string temporaryFolder, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(options);
        path = Path.GetFullPath(path);
        var files = new SourceFiles(temporaryFolder, cancellationToken);
        try
        {
            return new WordVectorSource(path, options, VectorReaders.Open(path, options, files), files);
        }
        catch (Exception e)
        {
            using (files)
            {
                CheckDamage(files, e);
            }

            throw;
        }
    }

    /// <summary>Writes a table, completely or not at all.</summary>
    /// <param name="tablePath">
    /// The path of the table; an existing table is replaced once the new one is complete.
    /// </param>
    /// <param name="progress">Called from time to time, on this thread; may be null.</param>
    /// <param name="cancellationToken">Cancels the import; no table is written.</param>
    /// <exception cref="FileFormatException">The source is damaged.</exception>
    /// <exception cref="OnnxDeepException">
    /// The source was changed since it was opened, or the table cannot be written.
    /// </exception>
    public ImportResult Import(
        string tablePath, Action<ImportProgress>? progress = null, CancellationToken cancellationToken = default) =>
        Import(tablePath, ExistingFile.Replace, progress, cancellationToken);

    /// <summary>Writes a table, completely or not at all.</summary>
    /// <param name="tablePath">The path of the table.</param>
    /// <param name="existing">What happens to an existing table.</param>
    /// <param name="progress">Called from time to time, on this thread; may be null.</param>
    /// <param name="cancellationToken">Cancels the import; no table is written.</param>
    /// <exception cref="FileFormatException">The source is damaged.</exception>
    /// <exception cref="OnnxDeepException">
    /// The source was changed since it was opened, or the table cannot be written, or exists and must not be replaced.
    /// </exception>
    internal ImportResult Import(
        string tablePath,
        ExistingFile existing,
        Action<ImportProgress>? progress,
        CancellationToken cancellationToken)
    {
        var metadata = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            [WordVectorTableNames.NameKey] = Name,
            [WordVectorTableNames.SourceKey] =
                $"{Path.GetFileName(Path.TrimEndingDirectorySeparator(_path))} ({Format})",
        };
        using AtomicFile file = AtomicFile.Create(tablePath, existing);
        using var writer = new WordVectorTableWriter(file.Stream, Dimensions, _options.ElementType, metadata);
        var sink = new VectorSink(
            writer,
            _path,
            _reader.IsUtf8 ? _options with { Encoding = Encoding.UTF8 } : _options,
            progress is null
                ? null
                : () => progress(new ImportProgress(writer.RowCount, _reader.BytesRead, _reader.TotalBytes)),
            cancellationToken);
        try
        {
            _reader.ReadTo(sink);
        }
        catch (FileFormatException e)
        {
            CheckDamage(_files, e);
            throw;
        }

        _files.Check();
        if (writer.KeyCount == 0 && (sink.Invalid > 0 || !writer.HasNgrams))
        {
            throw sink.NotFiniteError ?? sink.InvalidError ?? NothingFound(sink);
        }

        writer.Complete(new Dictionary<string, string>
        {
            [WordVectorTableNames.DuplicatesKey] = sink.Duplicates.ToString(CultureInfo.InvariantCulture),
            [WordVectorTableNames.SkippedKey] = Skipped(sink).ToString(CultureInfo.InvariantCulture),
        });
        file.Commit(cancellationToken);
        return new ImportResult
        {
            Format = Format,
            Name = Name,
            Keys = writer.KeyCount,
            Rows = writer.RowCount,
            Dimensions = Dimensions,
            Duplicates = sink.Duplicates,
            Nameless = sink.Nameless,
            Ragged = sink.Ragged,
            Invalid = sink.Invalid,
            Replaced = sink.Replaced,
            InvalidWords = sink.InvalidWords,
            NotFinite = sink.NotFinite,
            Skipped = sink.Skipped,
            NotFiniteError = sink.NotFiniteError,
            Unannounced = sink.Unannounced,
            Unread = sink.Unread,
        };
    }

    /// <summary>Closes the source.</summary>
    public void Dispose()
    {
        _reader.Dispose();
        _files.Dispose();
    }

    // What seems to be damage in a file that was changed meanwhile is the change.
    private static void CheckDamage(SourceFiles files, Exception error)
    {
        if (error is FileFormatException)
        {
            files.Check();
        }
    }

    private static long Skipped(VectorSink sink) => sink.Ragged + sink.NotFinite + sink.Invalid - sink.Replaced;

    private FileFormatException NothingFound(VectorSink sink)
    {
        string expected = $"at least one word with its {Dimensions} numbers, found none";
        return sink.Skipped.Count == 0
            ? new FileFormatException(_path, 0, expected)
            : new FileFormatException(
                ErrorIds.VectorsDamaged,
                _path,
                sink.Skipped[0].Offset,
                $"{expected}; the first entry, '{sink.Skipped[0].Key}', {sink.Skipped[0].Problem}",
                TextVectorReader.LineAdvice);
    }

    // Without the extensions of the format.
    private static string NameOf(string path)
    {
        string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
        while (Array.Find(
            s_extensions, e => name.Length > e.Length && name.EndsWith(e, StringComparison.OrdinalIgnoreCase))
            is string extension)
        {
            name = name[..^extension.Length];
        }

        return name;
    }
}
