using Google.Protobuf.Collections;

using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Content;

/// <summary>
/// A list of nodes with its own names: the main graph, a body of If, Loop or Scan, a function, or a training graph.
/// </summary>
/// <param name="Name">The path, such as <c>loop/body</c>; empty for the main graph.</param>
/// <param name="Graph">The graph; null for a function, which is not a graph.</param>
/// <param name="Nodes">The nodes in file order.</param>
internal sealed record GraphScope(string Name, GraphProto? Graph, IReadOnlyList<NodeProto> Nodes)
{
    /// <summary>All scopes of a model, starting with the main graph, each before the scopes inside it.</summary>
    public static IEnumerable<GraphScope> Of(ModelProto model)
    {
        IEnumerable<GraphScope> functions = model.Functions.SelectMany(function => Of(
            function.Domain.Length > 0 ? $"{function.Domain}:{function.Name}" : function.Name, null, function.Node));
        IEnumerable<GraphScope> trainings = model.TrainingInfo.SelectMany(training =>
            Of("initialization", training.Initialization).Concat(Of("algorithm", training.Algorithm)));
        return Of(string.Empty, model.Graph).Concat(functions).Concat(trainings);
    }

    /// <summary>The graphs in a node's attributes, with the names of the attributes.</summary>
    public static IEnumerable<(string Attribute, GraphProto Graph)> Bodies(NodeProto node)
    {
        foreach (AttributeProto attribute in node.Attribute)
        {
            if (attribute.G is GraphProto graph)
            {
                yield return (attribute.Name, graph);
            }

            foreach (GraphProto one in attribute.Graphs)
            {
                yield return (attribute.Name, one);
            }
        }
    }

    /// <summary>A node's name, otherwise its operator and number.</summary>
    public static string NameOf(NodeProto node, int index) =>
        node.Name.Length > 0 ? node.Name : FormattableString.Invariant($"{node.OpType}#{index}");

    private static IEnumerable<GraphScope> Of(string name, GraphProto? graph) =>
        graph is null ? [] : Of(name, graph, graph.Node);

    private static IEnumerable<GraphScope> Of(string name, GraphProto? graph, RepeatedField<NodeProto> nodes)
    {
        yield return new GraphScope(name, graph, nodes);
        for (int i = 0; i < nodes.Count; i++)
        {
            foreach ((string attribute, GraphProto body) in Bodies(nodes[i]))
            {
                string inner = $"{(name.Length > 0 ? name + "/" : string.Empty)}{NameOf(nodes[i], i)}/{attribute}";
                foreach (GraphScope scope in Of(inner, body, body.Node))
                {
                    yield return scope;
                }
            }
        }
    }
}
