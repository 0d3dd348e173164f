using System.Diagnostics.CodeAnalysis;

using Google.Protobuf.Collections;

using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Comparison;

/// <summary>Which values of a model's main graph are made of which.</summary>
internal sealed class Dataflow
{
    private readonly Dictionary<string, DataflowNode> _producers = new(StringComparer.Ordinal);

    /// <summary>Takes nodes.</summary>
    /// <param name="nodes">Each behind those that it takes values from.</param>
    public Dataflow(IReadOnlyList<DataflowNode> nodes)
    {
        Values = [.. nodes.SelectMany(node => node.Outputs)];
        foreach (DataflowNode node in nodes)
        {
            foreach (string output in node.Outputs)
            {
                _producers[output] = node;
            }
        }
    }

    /// <summary>What the nodes give, each behind what it is made of.</summary>
    public IReadOnlyList<string> Values { get; }

    /// <summary>Reads a model without the numbers of its weights.</summary>
    /// <exception cref="FileFormatException">The file is not ONNX, or not all of it.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static Dataflow Read(string path)
    {
        RepeatedField<NodeProto> nodes = OnnxLayout.Read(path).Model.Graph.Node;
        return new Dataflow(
        [
            .. NodeOrder.Sort(NodeOrder.GetSources(nodes)).Select(index => new DataflowNode(
                GraphScope.NameOf(nodes[index], index),
                nodes[index].OpType,
                [.. NodeOrder.Needs(nodes[index]).Where(name => name.Length > 0)],
                [.. nodes[index].Output.Where(name => name.Length > 0)])),
        ]);
    }

    /// <summary>The node that gives a value; none gives an input or a stored tensor.</summary>
    public bool TryGetProducer(string value, [NotNullWhen(true)] out DataflowNode? node) =>
        _producers.TryGetValue(value, out node);

    /// <summary>What a value is made of, be it by way of other values; not the value itself.</summary>
    /// <param name="value">Any name.</param>
    /// <param name="stops">Values that are told but not looked behind; null for none.</param>
    /// <returns>Names of values that nodes give, in no order.</returns>
    public IReadOnlySet<string> GetAncestors(string value, Func<string, bool>? stops = null)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var open = new Stack<string>([value]);
        while (open.TryPop(out string? next))
        {
            if (!TryGetProducer(next, out DataflowNode? node))
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
}

/// <summary>A node of a model's main graph, by what it takes and gives.</summary>
/// <param name="Name">The node's own name, else its operator and number.</param>
/// <param name="Operator">Such as Gemm.</param>
/// <param name="Inputs">Names of values, those that bodies in the node take from outside among them.</param>
/// <param name="Outputs">Names of values; outputs that are left out are not among them.</param>
internal sealed record DataflowNode(
    string Name, string Operator, IReadOnlyList<string> Inputs, IReadOnlyList<string> Outputs);
