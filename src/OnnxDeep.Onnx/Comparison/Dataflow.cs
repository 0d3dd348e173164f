using System.Diagnostics.CodeAnalysis;

using Google.Protobuf.Collections;

using OnnxDeep.Onnx.Content;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Comparison;

/// <summary>The dependencies between the values of a model's main graph.</summary>
internal sealed class Dataflow
{
    private readonly Dictionary<string, Node> _producers = new(StringComparer.Ordinal);

    /// <summary>Builds the dependencies of nodes.</summary>
    /// <param name="nodes">The nodes, each after those whose values it takes.</param>
    public Dataflow(IReadOnlyList<Node> nodes)
    {
        Values = [.. nodes.SelectMany(node => node.Outputs)];
        foreach (Node node in nodes)
        {
            foreach (string output in node.Outputs)
            {
                _producers[output] = node;
            }
        }
    }

    /// <summary>The values that the nodes compute, each after the values that it depends on.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>Reads a model without the numbers of its weights.</summary>
    /// <exception cref="FileFormatException">The file is not ONNX, or is incomplete.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static Dataflow Read(string path)
    {
        RepeatedField<NodeProto> nodes = OnnxLayout.Read(path).Model.Graph.Node;
        return new Dataflow(
        [
            .. NodeOrder.Sort(NodeOrder.GetSources(nodes)).Select(index => new Node(
                GraphScope.NameOf(nodes[index], index),
                nodes[index].OpType,
                [.. NodeOrder.Needs(nodes[index]).Where(name => name.Length > 0)],
                [.. nodes[index].Output.Where(name => name.Length > 0)])),
        ]);
    }

    /// <summary>Gets the node that computes a value; inputs and stored tensors have none.</summary>
    public bool TryGetProducer(string value, [NotNullWhen(true)] out Node? node) =>
        _producers.TryGetValue(value, out node);

    /// <summary>The values that a value depends on, directly or indirectly, without the value itself.</summary>
    /// <param name="value">The name of any value.</param>
    /// <param name="stops">Values to include without following their own dependencies; null for none.</param>
    /// <returns>Names of values that nodes compute, in no particular order.</returns>
    public IReadOnlySet<string> GetAncestors(string value, Func<string, bool>? stops = null)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([value]);
        while (open.TryPop(out string? next))
        {
            if (!TryGetProducer(next, out Node? node))
            {
                continue;
            }

            foreach (string input in node.Inputs)
            {
                if (_producers.ContainsKey(input) && found.Add(input) && stops?.Invoke(input) != true)
                {
                    open.Push(input);
                }
            }
        }

        return found;
    }

    /// <summary>A node of a model's main graph, with the values that it takes and computes.</summary>
    /// <param name="Name">The node's name, otherwise its operator and number.</param>
    /// <param name="Operator">Such as Gemm.</param>
    /// <param name="Inputs">The names of values, including those that bodies in the node take from outside.</param>
    /// <param name="Outputs">The names of values, without omitted outputs.</param>
    internal sealed record Node(
        string Name, string Operator, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs);
}
