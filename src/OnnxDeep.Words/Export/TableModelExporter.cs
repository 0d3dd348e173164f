using Google.Protobuf;

using OnnxDeep.Learning.Networks;
using OnnxDeep.Learning.Tables;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Tables;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Export;

/// <summary>
/// Writes a network as an ONNX file that takes the columns of a table: input <c>features</c> [N, numeric columns], NaN
/// for a missing number, as 32-bit floats or, where they are too coarse, 64-bit ones; input <c>texts</c> string
/// [N, text columns], empty for a missing text. Classifiers have the outputs <c>probability</c> [N, units] and
/// <c>label</c> string [N], regressors <c>prediction</c> [N, units]. Equal inputs give equal bytes.
/// </summary>
public static class TableModelExporter
{
    /// <summary>Gets the bytes of the model.</summary>
    /// <param name="network">A network that takes the features of the columns.</param>
    /// <param name="schema">The columns.</param>
    /// <param name="metadata">
    /// The metadata to store in the file, with task, labels and threshold; the columns are added.
    /// </param>
    /// <param name="graphName">The name that viewers show for the graph.</param>
    /// <param name="vectors">The word vectors of columns of free text; null if there is no such column.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ArgumentException">
    /// The network's inputs are not the features of the columns, or the vectors do not fit the columns of free text.
    /// </exception>
    /// <exception cref="OnnxDeepException">The vectors have no words, or too many.</exception>
    public static byte[] Export(
        Network<float> network,
        TableSchema schema,
        ModelMetadata? metadata = null,
        string graphName = "table",
        WordVectorTable? vectors = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        ArgumentNullException.ThrowIfNull(schema);
        metadata = (metadata ?? new ModelMetadata()) with { Table = schema };
        if (network.Inputs != schema.Width)
        {
            throw new ArgumentException(
                $"The network takes {Quantity.Of(network.Inputs, "number")}, but the columns have "
                + $"{Quantity.Of(schema.Width, "feature")}.",
                nameof(network));
        }

        var table = new TableGraph(graphName, schema);
        string? encoded = table.AddEncoding();
        bool isRegression = metadata.Task == ModelMetadata.Regression;
        string output = isRegression ? OnnxNames.Prediction : OnnxNames.Probability;
        TextColumn[] texts = TextColumn.Find(schema);
        WordModelKeys? keys = null;
        if (texts.Length == 0)
        {
            OnnxGraph.AddLayers(table.Graph, network.Layers, encoded!, output);
        }
        else
        {
            ArgumentNullException.ThrowIfNull(vectors);
            keys = CollectKeys(texts, vectors, network.Layers[0].Units, cancellationToken);
            new TextColumnsGraph(table.Graph, vectors, keys, cancellationToken)
                .AddLayers(network.Layers, encoded, texts, output);
            metadata = WordModelExporter.Describe(metadata, network, vectors, keys);
        }

        if (isRegression)
        {
            table.AddPrediction(network.Units);
        }
        else
        {
            table.AddAnswer(network.Units, metadata.GetLabels(network.Units), metadata.Threshold);
        }

        int encoders = schema.Textual.Count == 0 ? 0 : TableGraph.MachineLearningVersion;
        return OnnxGraph.Model(table.Graph, metadata, encoders, splitsText: texts.Length > 0).ToByteArray();
    }

    private static WordModelKeys CollectKeys(
        TextColumn[] texts, WordVectorTable vectors, int units, CancellationToken cancellationToken)
    {
        if (Array.Find(texts, text => text.Dimensions != vectors.Dimensions) is TextColumn other)
        {
            throw new ArgumentException(
                $"A column of free text has {Quantity.Of(other.Dimensions, "feature")}, "
                + $"but the vectors '{vectors.Name}' have {vectors.Dimensions}.",
                nameof(vectors));
        }

        WordModelKeys keys = WordModelKeys.CollectWords(vectors, cancellationToken);
        keys.CheckSize(vectors, texts.Length * units);
        return keys;
    }
}
