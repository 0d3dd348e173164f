using OnnxDeep.IO;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Export;

/// <summary>Writes a table in a format of other programs. Numbers keep every bit of a 32-bit float.</summary>
public static class WordVectorExporter
{
    private const int ProgressKeys = 1 << 12;

    /// <summary>Writes a file, or two where words and vectors go apart; each whole or not at all.</summary>
    /// <param name="table">The table.</param>
    /// <param name="path">The file of the vectors.</param>
    /// <param name="options">Format and extent.</param>
    /// <param name="progress">Told the share that is written, 0 to 1, now and then; may be null.</param>
    /// <param name="cancellationToken">Ends the export; nothing is written then.</param>
    /// <exception cref="OnnxDeepException">A file cannot be written.</exception>
    /// <exception cref="FileFormatException">The table is damaged.</exception>
    public static ExportResult Export(
        WordVectorTable table,
        string path,
        ExportOptions options,
        Action<double>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(options);
        path = Path.GetFullPath(path);
        void Report(int done, int all)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (done % ProgressKeys == 0)
            {
                progress?.Invoke((double)done / all);
            }
        }

        if (options.Format == WordVectorFileFormat.SafeTensors)
        {
            return TableExport.Write(table, path, options.Limit, Report);
        }

        bool joinsBlanks = options.Format != WordVectorFileFormat.Npy && !options.KeepsBlanks;
        ExportKeys keys = ExportKeys.Select(table, options.Limit, joinsBlanks, cancellationToken);
        using AtomicFile file = AtomicFile.Create(path);
        string[] files = [path];
        if (options.Format == WordVectorFileFormat.Npy)
        {
            string words = Path.ChangeExtension(path, ".words");
            using AtomicFile list = AtomicFile.Create(words);
            NpyExport.Write(table, keys.All, file.Stream, list.Stream, Report);
            list.Commit();
            files = [path, words];
        }
        else
        {
            TextExport.Write(table, keys.All, file.Stream, options.Format == WordVectorFileFormat.Word2VecText, Report);
        }

        file.Commit();
        return new ExportResult(files, keys.All.Count, keys.Joined, keys.LeftOut, table.NgramCount);
    }
}

/// <summary>How a table is written for other programs.</summary>
public sealed record ExportOptions
{
    /// <summary>The format.</summary>
    public WordVectorFileFormat Format { get; init; } = WordVectorFileFormat.Word2VecText;

    /// <summary>The most keys to write, the most common first. Null is all.</summary>
    public int? Limit { get; init; }

    /// <summary>
    /// Whether text keeps the blanks inside keys. Most programs end a word at the first blank, so that an underscore
    /// stands for it otherwise, as in word2vec's phrases.
    /// </summary>
    public bool KeepsBlanks { get; init; }
}

/// <summary>What an export wrote and left out.</summary>
/// <param name="Files">Full paths.</param>
/// <param name="Keys">Keys written.</param>
/// <param name="Joined">Keys whose blanks became underscores.</param>
/// <param name="LeftOut">
/// Keys that the format cannot hold: line breaks, no name, or the same as another key once its blanks are underscores.
/// </param>
/// <param name="Ngrams">Rows of character n-grams that the format has no place for.</param>
public sealed record ExportResult(IReadOnlyList<string> Files, int Keys, int Joined, int LeftOut, int Ngrams);

/// <summary>The formats that a table can be written in.</summary>
public enum WordVectorFileFormat
{
    /// <summary>
    /// A header line of words and dimensions, then a line a word: gensim, fastText and spaCy read it.
    /// </summary>
    Word2VecText,

    /// <summary>The same lines without the header.</summary>
    GloVe,

    /// <summary>A table of this module with 32-bit floats, which every safetensors library opens.</summary>
    SafeTensors,

    /// <summary>
    /// A NumPy array [keys, dimensions] of 32-bit floats, and beside it a list of the words, one a line.
    /// </summary>
    Npy,
}
