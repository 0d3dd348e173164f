using System.Globalization;

using Google.Protobuf;

using OnnxDeep.IO;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Export;

/// <summary>
/// Writes a network and the words of a vector table as one ONNX file that takes text: input <c>word</c> string [N];
/// outputs <c>probability</c> float [N, units], <c>label</c> string [N] and <c>is_known</c> bool [N]. The file does not
/// contain the vectors themselves, only the results of the first layer. Opset 17 and ai.onnx.ml 2; equal inputs give
/// equal bytes.
/// </summary>
public static class WordModelExporter
{
    /// <summary>Writes the file, completely or not at all.</summary>
    /// <param name="path">The file; its folder is created if needed.</param>
    /// <param name="network">A network that takes the table's vectors.</param>
    /// <param name="table">The vectors.</param>
    /// <param name="metadata">The metadata of the network; the table's name and hash are added.</param>
    /// <param name="keys">The number of most common keys to include; null for all.</param>
    /// <param name="graphName">The name that viewers show for the graph.</param>
    /// <param name="progress">Called with the fraction of rows that have been folded, from 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ArgumentException">The network's inputs do not match the table's dimensions.</exception>
    /// <exception cref="OnnxDeepException">The table has no words, or too many.</exception>
    /// <exception cref="FileFormatException">The table is damaged.</exception>
    /// <exception cref="OnnxDeepException">The file cannot be written.</exception>
    public static WordModelExport Write(
        string path,
        Network<float> network,
        WordVectorTable table,
        ModelMetadata? metadata = null,
        int? keys = null,
        string graphName = "words",
        Action<double>? progress = null,
        CancellationToken cancellationToken = default) =>
        Write(path, ExistingFile.Replace, network, table, metadata, keys, graphName, progress, cancellationToken);

    /// <summary>Writes the file, completely or not at all.</summary>
    /// <param name="path">The file; its folder is created if needed.</param>
    /// <param name="existing">What happens to an existing file.</param>
    /// <param name="network">A network that takes the table's vectors.</param>
    /// <param name="table">The vectors.</param>
    /// <param name="metadata">The metadata of the network; the table's name and hash are added.</param>
    /// <param name="keys">The number of most common keys to include; null for all.</param>
    /// <param name="graphName">The name that viewers show for the graph.</param>
    /// <param name="progress">Called with the fraction of rows that have been folded, from 0 to 1.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    internal static WordModelExport Write(
        string path,
        ExistingFile existing,
        Network<float> network,
        WordVectorTable table,
        ModelMetadata? metadata,
        int? keys,
        string graphName,
        Action<double>? progress,
        CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(table);
        if (network.Inputs != table.Dimensions)
        {
            throw new ArgumentException(
                $"The network takes {network.Inputs} numbers, but the vectors '{table.Name}' have {table.Dimensions}.",
                nameof(table));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(keys ?? 1, 1, nameof(keys));
        WordModelKeys known = WordModelKeys.Collect(table, keys, cancellationToken);
        known.CheckSize(table, network.Layers[0].Units);
        metadata ??= new ModelMetadata();
        GraphProto graph = WordModelGraph.Create(
            graphName,
            network,
            known,
            FoldedTable.Create(table, known.TableRows, network.Layers[0], progress, cancellationToken),
            metadata.GetLabels(network.Units),
            metadata.Threshold);
        ModelProto model = OnnxGraph.Model(
            graph, Describe(metadata, network, table, known), WordModelGraph.MachineLearningVersion);
        path = Path.GetFullPath(path);
        AtomicFile.Write(path, model.WriteTo, existing, cancellationToken);
        return new WordModelExport(
            path, known.KeyCount, known.Texts.Count - known.KeyCount, known.TableRows.Count, model.CalculateSize());
    }

    /// <summary>Adds what the file contains of the vectors to the metadata of a network.</summary>
    /// <param name="metadata">The metadata of the network.</param>
    /// <param name="network">The network.</param>
    /// <param name="table">The vectors.</param>
    /// <param name="keys">The words in the file.</param>
    internal static ModelMetadata Describe(
        ModelMetadata metadata, Network<float> network, WordVectorTable table, WordModelKeys keys)
    {
        bool isSame = table.ContentSha256.Equals(metadata.VectorsContentSha256, StringComparison.OrdinalIgnoreCase);
        var folded = new Dictionary<string, string>
        {
            ["keys"] = Text(keys.KeyCount),
            ["spellings"] = Text(keys.Texts.Count - keys.KeyCount),
            ["rows"] = Text(keys.TableRows.Count),
            ["layer"] = network.Layers[0].Name,
            ["dimensions"] = Text(table.Dimensions),
        };

        // The file contains the words themselves, so their source and licence apply to it.
        foreach (string key in (string[])[WordVectorTableNames.SourceKey, WordVectorTableNames.LicenseKey])
        {
            if (table.Metadata.TryGetValue(key, out string? text))
            {
                folded[key] = text;
            }
        }

        return metadata with
        {
            Labels = metadata.GetLabels(network.Units),
            VectorsName = table.Name,
            VectorsSha256 = isSame ? metadata.VectorsSha256 : null,
            VectorsContentSha256 = table.ContentSha256.Length > 0 ? table.ContentSha256 : null,
            Folded = folded,
        };
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}

/// <summary>The result of writing a word model.</summary>
/// <param name="Path">The full path of the file.</param>
/// <param name="Keys">The number of keys of the vector table that it knows.</param>
/// <param name="Spellings">The number of other spellings of these keys that it also knows.</param>
/// <param name="Rows">The number of distinct rows of the folded table, without the one for unknown words.</param>
/// <param name="Size">The size of the file, in bytes.</param>
public sealed record WordModelExport(string Path, int Keys, int Spellings, int Rows, long Size);
