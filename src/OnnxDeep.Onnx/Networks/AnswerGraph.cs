using Google.Protobuf;

using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.AttributeProto.Types;
using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Onnx.Networks;

/// <summary>Adds to graphs what turns texts into numbers and scores into the names of classes.</summary>
internal static class AnswerGraph
{
    /// <summary>Adds the numbers of texts.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="texts">The texts, each once.</param>
    /// <param name="numbers">The number of each text.</param>
    /// <param name="input">The name of the texts to look up.</param>
    /// <param name="output">The name of their numbers, of the same shape.</param>
    /// <param name="other">The number of all other texts.</param>
    public static string AddEncoder(
        GraphProto graph,
        IEnumerable<string> texts,
        IEnumerable<long> numbers,
        string input,
        string output,
        long other)
    {
        var keys = new AttributeProto { Name = "keys_strings", Type = AttributeType.Strings };
        keys.Strings.AddRange(texts.Select(ByteString.CopyFromUtf8));
        var values = new AttributeProto { Name = "values_int64s", Type = AttributeType.Ints };
        values.Ints.AddRange(numbers);
        OnnxGraph.Add(
            graph, "LabelEncoder", [input], output, OnnxGraph.Attribute("default_int64", other), keys, values);
        graph.Node[^1].Domain = OnnxNames.MachineLearningDomain;
        return output;
    }

    /// <summary>Adds the number of the class with the highest score, or of the side of a threshold.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="score">The name of the scores, [N, units].</param>
    /// <param name="columns">The name of the stored axes of the units, [1].</param>
    /// <param name="units">The number of scores of a row.</param>
    /// <param name="threshold">The minimum score at which a single one means class 1.</param>
    /// <returns>The name of the number, [N].</returns>
    public static string AddClass(GraphProto graph, string score, string columns, int units, float threshold)
    {
        const string output = "answer/class";
        if (units > 1)
        {
            return OnnxGraph.Add(
                graph,
                "ArgMax",
                [score],
                output,
                OnnxGraph.Attribute("axis", 1),
                OnnxGraph.Attribute("keepdims", 0));
        }

        string limit = OnnxGraph.Store(graph, "answer/threshold", [threshold]);
        string reaches = OnnxGraph.Add(graph, "GreaterOrEqual", [score, limit], "answer/reaches");
        string whole = OnnxGraph.Add(
            graph, "Cast", [reaches], "answer/number", OnnxGraph.Attribute("to", (long)DataType.Int64));
        return OnnxGraph.Add(graph, "Squeeze", [whole, columns], output);
    }

    /// <summary>Adds the output with the names of classes.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="isKnown">The name of a condition, [N]; rows for which it is false have no class.</param>
    /// <param name="number">The name of the classes' numbers, [N].</param>
    /// <param name="labels">The names of the classes.</param>
    public static void AddLabel(GraphProto graph, string isKnown, string number, IReadOnlyList<string> labels)
    {
        string unknown = OnnxGraph.Store(graph, "answer/unknown", [(long)labels.Count]);
        string index = OnnxGraph.Add(graph, "Where", [isKnown, number, unknown], "answer/label");
        string names = OnnxGraph.Store(graph, "answer/labels", [.. labels, ModelMetadata.UnknownLabel]);
        OnnxGraph.Add(graph, "Gather", [names, index], OnnxNames.Label, OnnxGraph.Attribute("axis", 0));
    }
}
