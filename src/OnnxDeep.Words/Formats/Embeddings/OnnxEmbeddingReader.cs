using OnnxDeep.Onnx.Files;
using OnnxDeep.Words.Formats.Arrays;

namespace OnnxDeep.Words.Formats.Embeddings;

/// <summary>
/// Reads the embedding table of an ONNX model: a tensor from which a Gather selects rows. Its words come from a
/// LabelEncoder before the Gather, or from a word list. The rows are read directly from the file; the model's other
/// weights are not read.
/// </summary>
internal static class OnnxEmbeddingReader
{
    private const string Format = "ONNX embedding";

    /// <summary>Reads the graph and finds the table and its words.</summary>
    /// <param name="path">The path of the model.</param>
    /// <param name="stream">The uncompressed model; closed before this method returns.</param>
    /// <param name="options">The name of the tensor, if the model has several tables, and the word list.</param>
    /// <param name="files">Opens the word list.</param>
    /// <exception cref="FileFormatException">The model is damaged.</exception>
    /// <exception cref="FileFormatException">The model has no table or several, or there are no words.</exception>
    public static IVectorReader Open(string path, SourceStream stream, ImportOptions options, SourceFiles files)
    {
        stream.Dispose();
        (OnnxLayout layout, EmbeddingTable table) = Interruptible.Run(
            () =>
            {
                var read = OnnxLayout.Read(path);
                return (read, Choose(path, new EmbeddingGraph(read).FindTables(), options.Entry));
            },
            _ => { },
            files.Stop);
        FloatRows rows = table.Open(layout, out Stream source);
        try
        {
            if (source is FileStream file)
            {
                files.Watch(table.FindFile(layout), file);
            }

            long length = rows.Count * rows.RowBytes;
            long start = rows.Offset;
            long BytesRead() => rows.Offset - start;
            return table.Words is not null && options.WordListPath is null
                ? new EmbeddingReader(Format, rows, table.Words, source, length)
                : new ListedVectorReader(
                    Format, path, rows, WordList.Open(path, options, files), source, BytesRead, length);
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    // A table whose words are in the model has priority over others.
    private static EmbeddingTable Choose(string path, IReadOnlyList<EmbeddingTable> tables, string? entry)
    {
        if (tables.Count == 0)
        {
            throw new FileFormatException(
                ErrorIds.VectorsFormatUnknown,
                path,
                0,
                "a tensor of floats, [words, dimensions], from which a Gather takes rows",
                "Use a model with an embedding table.");
        }

        if (entry is not null)
        {
            return tables.FirstOrDefault(table => table.Name == entry)
                ?? throw Ambiguous(path, tables, $"none is named '{entry}'");
        }

        EmbeddingTable[] worded = [.. tables.Where(table => table.Words is not null)];
        return worded.Length == 1 ? worded[0]
            : tables.Count == 1 ? tables[0]
            : throw Ambiguous(path, tables, $"there are {tables.Count}");
    }

    private static FileFormatException Ambiguous(string path, IReadOnlyList<EmbeddingTable> tables, string found)
    {
        IEnumerable<string> names = tables.Select(table => $"'{table.Name}' [{table.Rows}, {table.Dimensions}]");
        return new FileFormatException(
            ErrorIds.VectorsAmbiguous,
            path,
            0,
            $"one embedding table, {found}: {string.Join(", ", names)}",
            "Specify one of these tensors.");
    }
}
