using OnnxDeep.Learning.Networks;
using OnnxDeep.Learning.Tables;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Words.Table;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Words.Export;

/// <summary>
/// Adds columns of free text to the graph of a table model. The first layer is linear up to its activation, so its
/// share of a text is the mean of its shares of the words, which the graph stores in place of the vectors.
/// </summary>
/// <param name="graph">The graph, whose input <c>texts</c> has words in lower case, separated by blanks.</param>
/// <param name="vectors">The vectors.</param>
/// <param name="keys">The words that the graph knows.</param>
/// <param name="cancellationToken">Cancels the operation.</param>
internal sealed class TextColumnsGraph(
    GraphProto graph, WordVectorTable vectors, WordModelKeys keys, CancellationToken cancellationToken)
{
    /// <summary>Adds the layers of a network.</summary>
    /// <param name="layers">The layers, the first of which takes the features of texts last.</param>
    /// <param name="encoded">The name of the features of the other columns; null if there are none.</param>
    /// <param name="texts">The columns of free text.</param>
    /// <param name="output">The name of what comes out.</param>
    public void AddLayers(
        IReadOnlyList<DenseLayer<float>> layers, string? encoded, IReadOnlyList<TextColumn> texts, string output)
    {
        DenseLayer<float> first = layers[0];
        int place = first.Inputs - texts.Sum(text => text.Dimensions);
        var shares = new List<string>();
        if (encoded is not null)
        {
            shares.Add($"{first.Name}/columns");
            OnnxGraph.AddLayers(graph, [Slice(first, 0, place, first.Biases)], encoded, shares[0]);
        }
        else if (first.HasBiases)
        {
            shares.Add(OnnxGraph.Store(graph, $"{first.Name}/bias", first.Biases, first.Units));
        }

        foreach (TextColumn text in texts)
        {
            shares.Add(AddShare(text, Slice(first, place, text.Dimensions, [])));
            place += text.Dimensions;
        }

        string sum = OnnxGraph.Add(graph, "Sum", [.. shares], $"{first.Name}/z");
        DenseLayer<float>[] rest = [.. layers.Skip(1)];
        string next = rest.Length == 0 ? output : $"{first.Name}/output";
        OnnxGraph.AddActivation(graph, first, sum, next);
        OnnxGraph.AddLayers(graph, rest, next, output);
    }

    private static DenseLayer<float> Slice(
        DenseLayer<float> layer, int start, int count, ReadOnlySpan<float> biases) => new(
            layer.Name,
            layer.Weights.Slice(start, 0, count, layer.Units),
            layer.HasBiases ? biases : [],
            Activation.Linear);

    // Row 0 has zeros, for unknown words and for the blanks after the last word of a short text.
    private string AddShare(TextColumn text, DenseLayer<float> layer)
    {
        string name = FormattableString.Invariant($"text/{text.Place}");
        string column = OnnxGraph.Store(graph, $"{name}/column", [(long)text.Place]);
        string input = OnnxGraph.Add(
            graph, "Gather", [OnnxNames.Texts, column], $"{name}/text", OnnxGraph.Attribute("axis", 1));
        graph.Node.Add(new NodeProto
        {
            Name = $"{name}/StringSplit",
            OpType = "StringSplit",
            Input = { input },
            Output = { $"{name}/words", $"{name}/count" },
        });
        string rows = AnswerGraph.AddEncoder(
            graph, keys.Texts, keys.Numbers, $"{name}/words", $"{name}/rows", other: 0);
        string folded = OnnxGraph.Store(
            graph,
            $"{name}/folded",
            FoldedTable.Create(vectors, keys.TableRows, layer, progress: null, cancellationToken),
            keys.TableRows.Count + 1,
            layer.Units);
        string words = OnnxGraph.Add(graph, "Gather", [folded, rows], $"{name}/shares");
        string axes = OnnxGraph.Store(graph, $"{name}/axes", [1L], 1);
        string sum = OnnxGraph.Add(
            graph, "ReduceSum", [words, axes], $"{name}/sum", OnnxGraph.Attribute("keepdims", 0));
        string least = OnnxGraph.Store(graph, $"{name}/least", [1L]);
        string count = OnnxGraph.Add(graph, "Max", [$"{name}/count", least], $"{name}/divisor");
        string number = OnnxGraph.Add(
            graph, "Cast", [count], $"{name}/number", OnnxGraph.Attribute("to", (long)DataType.Float));
        string divisor = OnnxGraph.Add(graph, "Unsqueeze", [number, axes], $"{name}/divisors");
        return OnnxGraph.Add(graph, "Div", [sum, divisor], $"{name}/mean");
    }
}

/// <summary>A column of free text.</summary>
/// <param name="Place">Its place among the text columns.</param>
/// <param name="Dimensions">The number of its features.</param>
internal sealed record TextColumn(int Place, int Dimensions)
{
    /// <summary>Finds the columns of free text of a schema.</summary>
    public static TextColumn[] Find(TableSchema schema) =>
        [
            .. schema.Textual
                .Select((column, place) => (column, place))
                .Where(pair => pair.column.Kind == ColumnKind.Text)
                .Select(pair => new TextColumn(pair.place, pair.column.Dimensions)),
        ];
}
