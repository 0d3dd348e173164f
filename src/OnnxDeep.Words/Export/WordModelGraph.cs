using OnnxDeep.Learning.Networks;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Words.Export;

/// <summary>
/// The graph of a word model: text → row of the folded table → remaining layers of the network → answer.
/// </summary>
internal sealed class WordModelGraph(GraphProto graph)
{
    /// <summary>The opset of ai.onnx.ml whose LabelEncoder maps strings to integers.</summary>
    public const int MachineLearningVersion = 2;

    /// <summary>Builds the complete graph.</summary>
    /// <param name="name">The name that viewers show for the graph.</param>
    /// <param name="network">The network, whose first layer is in the table.</param>
    /// <param name="keys">The texts.</param>
    /// <param name="table">[rows + 1, units of the first layer]; row 0 is for unknown words.</param>
    /// <param name="labels">The names of the classes.</param>
    /// <param name="threshold">The minimum probability at which a single output means class 1.</param>
    public static GraphProto Create(
        string name,
        Network<float> network,
        WordModelKeys keys,
        float[] table,
        IReadOnlyList<string> labels,
        float threshold)
    {
        var graph = new GraphProto { Name = name };
        graph.Input.Add(OnnxGraph.Value(OnnxNames.Word, DataType.String));
        graph.Output.Add(OnnxGraph.Value(OnnxNames.Probability, DataType.Float, network.Units));
        graph.Output.Add(OnnxGraph.Value(OnnxNames.Label, DataType.String));
        graph.Output.Add(OnnxGraph.Value(OnnxNames.IsKnown, DataType.Bool));
        var builder = new WordModelGraph(graph);
        string row = builder.AddLookUp(keys);
        string score = builder.AddNetwork(network, row, table);
        builder.AddAnswers(score, network.Units, labels, threshold);
        return graph;
    }

    // The word as written has priority over its lower case. Both are looked up together, so the keys are stored only
    // once. Every machine has the locale C; without the default en_US.UTF-8, the file would not load.
    private string AddLookUp(WordModelKeys keys)
    {
        string lower = OnnxGraph.Add(
            graph,
            "StringNormalizer",
            [OnnxNames.Word],
            "word/lower",
            OnnxGraph.Attribute("case_change_action", "LOWER"),
            OnnxGraph.Attribute("is_case_sensitive", 1),
            OnnxGraph.Attribute("locale", "C"));
        string both = OnnxGraph.Add(
            graph, "Concat", [OnnxNames.Word, lower], "word/both", OnnxGraph.Attribute("axis", 0));
        string rows = AnswerGraph.AddEncoder(graph, keys.Texts, keys.Numbers, both, "word/rows", other: 0);
        graph.Node.Add(new NodeProto
        {
            Name = "word/Split", OpType = "Split", Input = { rows }, Output = { "word/row_written", "word/row_lower" },
        });
        string zero = OnnxGraph.Store(graph, "word/unknown", [0L]);
        string isWritten = OnnxGraph.Add(graph, "Greater", ["word/row_written", zero], "word/is_key");
        string row = OnnxGraph.Add(graph, "Where", [isWritten, "word/row_written", "word/row_lower"], "word/row");
        OnnxGraph.Add(graph, "Greater", [row, zero], OnnxNames.IsKnown);
        return row;
    }

    private string AddNetwork(Network<float> network, string row, float[] table)
    {
        DenseLayer<float> first = network.Layers[0];
        string folded = OnnxGraph.Store(graph, first.Name + "/folded", table, table.Length / first.Units, first.Units);
        string sum = OnnxGraph.Add(graph, "Gather", [folded, row], first.Name + "/z", OnnxGraph.Attribute("axis", 0));
        const string score = "score";
        DenseLayer<float>[] rest = [.. network.Layers.Skip(1)];
        string output = rest.Length == 0 ? score : first.Name + "/output";
        OnnxGraph.AddActivation(graph, first, sum, output);
        OnnxGraph.AddLayers(graph, rest, output, score);
        return score;
    }

    // An unknown word has no probability: its score is NaN, for which every comparison is false.
    private void AddAnswers(string score, int units, IReadOnlyList<string> labels, float threshold)
    {
        string columns = OnnxGraph.Store(graph, "answer/columns", [1L], 1);
        string isKnown = OnnxGraph.Add(graph, "Unsqueeze", [OnnxNames.IsKnown, columns], "answer/is_known");
        string none = OnnxGraph.Store(graph, "answer/none", [float.NaN]);
        OnnxGraph.Add(graph, "Where", [isKnown, score, none], OnnxNames.Probability);

        string number = AnswerGraph.AddClass(graph, score, columns, units, threshold);
        AnswerGraph.AddLabel(graph, OnnxNames.IsKnown, number, labels);
    }
}
