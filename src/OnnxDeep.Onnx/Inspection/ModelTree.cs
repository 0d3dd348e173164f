using System.Text;

using OnnxDeep.Onnx.Content;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Inspection;

/// <summary>
/// Formats a model as a text tree: inputs, nodes with their bodies, stored tensors, outputs, functions.
/// </summary>
internal sealed class ModelTree
{
    private readonly StringBuilder _text = new();

    /// <summary>The lines, separated by line feeds; control characters in names become U+FFFD.</summary>
    public static string Format(ModelProto model, OnnxModelInfo info)
    {
        var tree = new ModelTree();
        tree.AddLine(string.Empty, $"{info.Name} (IR {info.IrVersion}, {string.Join(", ", info.Opsets)})");
        List<Branch> branches = [.. Branches(model.Graph, info.Inputs.Select(input => input.ToString()))];
        foreach (FunctionProto function in model.Functions)
        {
            branches.Add(new Branch(
                $"function {OnnxNames.NormalizeDomain(function.Domain)}:{function.Name}"
                + $"({string.Join(", ", function.Input)}) → {string.Join(", ", function.Output)}",
                [.. Nodes(function.Node)]));
        }

        tree.Add(branches, string.Empty);
        return tree._text.ToString().TrimEnd('\n');
    }

    private static IEnumerable<Branch> Branches(GraphProto graph, IEnumerable<string> inputs)
    {
        foreach (string input in inputs)
        {
            yield return new Branch($"input {input}", []);
        }

        foreach (TensorProto tensor in graph.Initializer)
        {
            yield return new Branch(
                $"stored {tensor.Name}: {ElementTypes.Name(tensor.DataType)} {ModelText.Shape(tensor.Dims)}", []);
        }

        foreach (SparseTensorProto sparse in graph.SparseInitializer)
        {
            string type = ElementTypes.Name(sparse.Values?.DataType ?? 0);
            yield return new Branch($"stored {sparse.Values?.Name}: sparse {type} {ModelText.Shape(sparse.Dims)}", []);
        }

        foreach (Branch node in Nodes(graph.Node))
        {
            yield return node;
        }

        foreach (ValueInfoProto output in graph.Output)
        {
            yield return new Branch($"output {Value(output)}", []);
        }
    }

    private static IEnumerable<Branch> Nodes(IReadOnlyList<NodeProto> nodes) => nodes.Select((node, index) =>
    {
        string attributes = string.Join(", ", node.Attribute
            .Where(attribute => attribute.G is null && attribute.Graphs.Count == 0)
            .Select(attribute => $"{attribute.Name}={ModelText.Attribute(attribute)}"));
        string line = $"{GraphScope.NameOf(node, index)}: {node.OpType}({string.Join(", ", node.Input)})"
            + $"{(attributes.Length > 0 ? $" {{{attributes}}}" : string.Empty)} → {string.Join(", ", node.Output)}";
        return new Branch(
            line,
            [
                .. GraphScope.Bodies(node).Select(body => new Branch(
                    $"{body.Attribute}", [.. Branches(body.Graph, body.Graph.Input.Select(Value))])),
            ]);
    });

    private static string Value(ValueInfoProto value)
    {
        string[]? dimensions = ModelText.Dimensions(value.Type);
        string shape = dimensions is null ? string.Empty : ModelText.Shape(dimensions);
        return $"{value.Name}: {ModelText.Type(value.Type)} {shape}".TrimEnd(' ', ':');
    }

    private void Add(IReadOnlyList<Branch> branches, string indent)
    {
        for (int i = 0; i < branches.Count; i++)
        {
            bool isLast = i == branches.Count - 1;
            AddLine($"{indent}{(isLast ? "└─ " : "├─ ")}", branches[i].Line);
            Add(branches[i].Children, $"{indent}{(isLast ? "   " : "│  ")}");
        }
    }

    // A name must not be able to move the cursor or clear the screen of the reader's terminal.
    private void AddLine(string indent, string line) =>
        _text.Append(indent).Append(ShownText.Message(line)).Append('\n');

    private sealed record Branch(string Line, IReadOnlyList<Branch> Children);
}
