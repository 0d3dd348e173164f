using System.Text;

using OnnxDeep.IO;
using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Export;

/// <summary>Writes a table in a format of other programs. Numbers keep the full precision of a 32-bit float.</summary>
public static class WordVectorExporter
{
    private const int ProgressKeys = 1 << 12;

    /// <summary>Writes one file, or two if words and vectors are separate; each completely or not at all.</summary>
    /// <param name="table">The table.</param>
    /// <param name="path">The file of the vectors.</param>
    /// <param name="options">The format and the number of keys.</param>
    /// <param name="progress">Called from time to time with the fraction written, 0 to 1; may be null.</param>
    /// <param name="cancellationToken">Cancels the export; no file is written.</param>
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
            return ExportFormats.WriteTable(table, path, options, Report, cancellationToken);
        }

        bool joinsBlanks = options.Format != WordVectorFileFormat.Npy && !options.KeepsBlanks;
        ExportKeys keys = ExportKeys.Select(table, options.Limit, joinsBlanks, cancellationToken);
        using AtomicFile file = AtomicFile.Create(path, options.Existing);
        string[] files = [path];
        if (options.Format == WordVectorFileFormat.Npy)
        {
            string words = Path.ChangeExtension(path, ".words");
            using AtomicFile list = CreateWordList(words, file, options.Existing);
            ExportFormats.WriteNumPy(table, keys.All, file.Stream, list.Stream, Report);
            list.Commit(cancellationToken);
            files = [path, words];
        }
        else
        {
            bool hasHeader = options.Format == WordVectorFileFormat.Word2VecText;
            ExportFormats.WriteText(table, keys.All, file.Stream, hasHeader, Report);
        }

        try
        {
            file.Commit(cancellationToken);
        }
        catch when (options.Existing == ExistingFile.Keep)
        {
            // The word list is new, and would be in the way of the next attempt.
            Array.ForEach(files[1..], File.Delete);
            throw;
        }

        return new ExportResult(files, keys.All.Count, keys.Joined, keys.LeftOut, table.NgramCount);
    }

    private static AtomicFile CreateWordList(string path, AtomicFile array, ExistingFile existing) => array.IsStream
        ? throw new OnnxDeepException(
            ErrorIds.OutputNotWritable,
            $"The words belong in a file '{path}' beside the array, but the array goes into a pipe or device. "
            + "Specify the path of a file, or use a format that has the words inside.")
        : AtomicFile.Create(path, existing);

    /// <summary>The keys of a table in the form that a line-based format can hold, and the number of changes.</summary>
    private sealed class ExportKeys
    {
        private ExportKeys(List<(byte[] Text, int Row)> keys, int joined, int leftOut)
        {
            All = keys;
            Joined = joined;
            LeftOut = leftOut;
        }

        /// <summary>The UTF-8 and the row of each key, most common first.</summary>
        public List<(byte[] Text, int Row)> All { get; }

        /// <summary>The number of keys whose blanks became underscores.</summary>
        public int Joined { get; }

        /// <summary>The number of keys that cannot be written on a line.</summary>
        public int LeftOut { get; }

        /// <summary>Selects the keys in advance, since the header of a text file contains their number.</summary>
        public static ExportKeys Select(WordVectorTable table, int? limit, bool joinsBlanks, CancellationToken stop)
        {
            var keys = new List<(byte[] Text, int Row)>();
            var joined = new HashSet<string>(StringComparer.Ordinal);
            int leftOut = 0;
            for (int i = 0; i < table.KeyCount && !(keys.Count >= limit); i++)
            {
                stop.ThrowIfCancellationRequested();
                string key = table.GetKey(i);
                bool hasBlank = key.AsSpan().IndexOfAny(' ', '\t') >= 0;
                string text = hasBlank && joinsBlanks ? Term.Join(key).Replace('\t', '_') : key;
                bool isTaken = hasBlank && joinsBlanks && (table.TryGetRow(text, out _) || !joined.Add(text));
                if (text.Length == 0 || text.AsSpan().IndexOfAny('\n', '\r') >= 0 || isTaken)
                {
                    leftOut++;
                    continue;
                }

                keys.Add((Encoding.UTF8.GetBytes(text), table.GetKeyRow(i)));
            }

            return new ExportKeys(keys, joined.Count, leftOut);
        }
    }
}

/// <summary>Options for writing a table for other programs.</summary>
public sealed record ExportOptions
{
    /// <summary>The format.</summary>
    public WordVectorFileFormat Format { get; init; } = WordVectorFileFormat.Word2VecText;

    /// <summary>The maximum number of keys to write, most common first; null for all.</summary>
    public int? Limit { get; init; }

    /// <summary>
    /// Whether a text file keeps blanks inside keys. Most programs end a word at the first blank, so by default blanks
    /// become underscores, as in word2vec's phrases.
    /// </summary>
    public bool KeepsBlanks { get; init; }

    /// <summary>What happens to existing files.</summary>
    internal ExistingFile Existing { get; init; }
}

/// <summary>The result of an export.</summary>
/// <param name="Files">The full paths of the files.</param>
/// <param name="Keys">The number of keys written.</param>
/// <param name="Joined">The number of keys whose blanks became underscores.</param>
/// <param name="LeftOut">
/// The number of keys that the format cannot hold: they contain line breaks, have no name, or equal another key once
/// their blanks are underscores.
/// </param>
/// <param name="Ngrams">The number of rows of character n-grams that the format cannot store.</param>
public sealed record ExportResult(IReadOnlyList<string> Files, int Keys, int Joined, int LeftOut, int Ngrams);

/// <summary>The formats that a table can be written in.</summary>
public enum WordVectorFileFormat
{
    /// <summary>
    /// A header line with the numbers of words and dimensions, then one line per word; for gensim, fastText and spaCy.
    /// </summary>
    Word2VecText,

    /// <summary>The same lines without the header.</summary>
    GloVe,

    /// <summary>A table of this module with 32-bit floats, which every safetensors library can open.</summary>
    SafeTensors,

    /// <summary>
    /// A NumPy array [keys, dimensions] of 32-bit floats, and a word list beside it, with one word per line.
    /// </summary>
    Npy,
}
