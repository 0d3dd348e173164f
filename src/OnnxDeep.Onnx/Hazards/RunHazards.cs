using System.Text;

using Google.Protobuf.Collections;

using OnnxDeep.Onnx.Content;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Onnx.Hazards;

/// <summary>
/// The nodes of a model that would make ONNX Runtime end the process for some operands, if these come from an input or
/// a constant without being calculated. Models without such operators cost one look at the file.
/// </summary>
internal sealed class RunHazards
{
    // A larger file is read without its weights instead of being searched.
    private const long MostSearchedBytes = 16 << 20;

    // The field op_type of a node with one of the operators.
    private static readonly byte[][] s_fields = Array.ConvertAll(HazardRules.Operators, name =>
    {
        byte[] field = new byte[name.Length + 2];
        (field[0], field[1]) = (0x22, (byte)name.Length);
        Encoding.ASCII.GetBytes(name, field.AsSpan(2));
        return field;
    });

    private readonly List<Suspect> _suspects = [];
    private readonly Dictionary<(string Domain, string Name), FunctionProto> _functions = [];
    private readonly HashSet<FunctionProto> _open = [];
    private readonly OnnxLayout _layout;

    private RunHazards(OnnxLayout layout)
    {
        _layout = layout;
        ModelProto model = layout.Model;
        foreach (FunctionProto function in model.Functions)
        {
            _functions[(OnnxNames.NormalizeDomain(function.Domain), function.Name)] = function;
        }

        GraphProto graph = model.Graph;
        var scope = new Scope(null, Reach.Always);
        var inputs = graph.Input.Select(input => input.Name).ToHashSet(StringComparer.Ordinal);
        foreach (string name in inputs)
        {
            scope.Sources[name] = new OperandSource(name, true, null, [], true);
        }

        Store(graph, scope, inputs);
        var nodes = new RepeatedField<NodeProto>();
        nodes.AddRange(NodeOrder.Sort(NodeOrder.GetSources(graph.Node)).Select(index => graph.Node[index]));
        Walk(nodes, scope);
    }

    /// <summary>Reads a model that has an operator with a rule.</summary>
    /// <param name="stream">The model; its position is changed.</param>
    /// <param name="path">The path of the model.</param>
    /// <returns>Null if the model has no such operator, or is not valid, which the runtime reports.</returns>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static RunHazards? Read(FileStream stream, string path)
    {
        if (stream.Length <= MostSearchedBytes && !TensorContent.ContainsAny(stream.SafeFileHandle, s_fields))
        {
            return null;
        }

        try
        {
            stream.Position = 0;
            var hazards = new RunHazards(OnnxLayout.Read(stream, path));
            return hazards._suspects.Count > 0 ? hazards : null;
        }
        catch (FileFormatException)
        {
            return null;
        }
    }

    /// <summary>
    /// Finds a node that ends the process while the model is loaded, because its operands are constants.
    /// </summary>
    /// <returns>The node and the problem, as the rest of a sentence; null if there is none.</returns>
    public string? FindInModel() =>
        Find(null, suspect => suspect.Find(null) is { IsFatal: true } hazard ? hazard : null);

    /// <summary>Finds a node that ends the process, or divides by zero, in a run with these inputs.</summary>
    /// <returns>The node and the problem, as the rest of a sentence; null if there is none.</returns>
    public string? Find(IReadOnlyDictionary<string, OnnxValue> inputs) => Find(inputs, suspect => suspect.Reach switch
    {
        Reach.Always => suspect.Find(inputs),
        Reach.Loop => suspect.Find(inputs) is { IsFatal: true } hazard ? hazard : null,
        _ => null,
    });

    private string? Find(IReadOnlyDictionary<string, OnnxValue>? inputs, Func<Suspect, Hazard?> find)
    {
        foreach (Suspect suspect in _suspects)
        {
            if (find(suspect) is Hazard hazard)
            {
                return (inputs, hazard.IsFatal) switch
                {
                    (_, false) => $"its node {suspect} {hazard.Problem}",
                    _ => $"ONNX Runtime would end the process or never finish: its node {suspect} {hazard.Problem}",
                };
            }
        }

        return null;
    }

    private void Store(GraphProto graph, Scope scope, HashSet<string> inputs)
    {
        foreach (TensorProto tensor in graph.Initializer)
        {
            scope.Sources[tensor.Name] =
                OperandSource.Of(_layout, tensor.Name, tensor, inputs.Contains(tensor.Name));
        }
    }

    private void Walk(RepeatedField<NodeProto> nodes, Scope scope)
    {
        for (int i = 0; i < nodes.Count; i++)
        {
            NodeProto node = nodes[i];
            string domain = OnnxNames.NormalizeDomain(node.Domain);
            if (_functions.TryGetValue((domain, node.OpType), out FunctionProto? function))
            {
                Call(function, node, scope);
            }
            else if (domain == OnnxNames.DefaultDomain)
            {
                Follow(node, i, scope);
            }

            foreach ((_, GraphProto body) in GraphScope.Bodies(node))
            {
                Enter(body, scope, node.OpType == "If" ? Reach.Branch : Reach.Loop);
            }
        }
    }

    private void Follow(NodeProto node, int index, Scope scope)
    {
        if (HazardRules.Find(node.OpType) is HazardRules.Rule rule)
        {
            _suspects.Add(new Suspect(
                node,
                GraphScope.NameOf(node, index),
                rule,
                [.. node.Input.Select(scope.Find)],
                scope.Reach));
        }
        else if (node.Output.Count > 0)
        {
            string output = node.Output[0];
            scope.Sources[output] = node.OpType == "Constant" ? ReadConstant(node, output)
                : node.Input.Count > 0 ? scope.Find(node.Input[0])?.After(node)
                : null;
        }
    }

    private OperandSource? ReadConstant(NodeProto node, string output) =>
        StoredTensor.OfConstant(node) is { Sparse: null, Tensor: TensorProto tensor }
            ? OperandSource.Of(_layout, output, tensor, false)
            : null;

    // A branch may guard a division, so only what the runtime calculates while it loads the model counts there.
    private void Enter(GraphProto body, Scope outer, Reach reach)
    {
        var scope = new Scope(outer, outer.Reach == Reach.Branch ? Reach.Branch : reach);
        foreach (ValueInfoProto input in body.Input)
        {
            scope.Sources[input.Name] = null;
        }

        Store(body, scope, []);
        Walk(body.Node, scope);
    }

    private void Call(FunctionProto function, NodeProto node, Scope caller)
    {
        // A function that calls itself is invalid.
        if (!_open.Add(function))
        {
            return;
        }

        var scope = new Scope(null, caller.Reach);
        for (int i = 0; i < Math.Min(function.Input.Count, node.Input.Count); i++)
        {
            scope.Sources[function.Input[i]] = caller.Find(node.Input[i]);
        }

        Walk(function.Node, scope);
        for (int i = 0; i < Math.Min(function.Output.Count, node.Output.Count); i++)
        {
            caller.Sources[node.Output[i]] = scope.Find(function.Output[i]);
        }

        _open.Remove(function);
    }

    /// <summary>When a node runs.</summary>
    private enum Reach
    {
        /// <summary>In each run.</summary>
        Always,

        /// <summary>As often as a loop.</summary>
        Loop,

        /// <summary>If its branch is taken.</summary>
        Branch,
    }

    private sealed class Scope(Scope? outer, Reach reach)
    {
        public Reach Reach => reach;

        public Dictionary<string, OperandSource?> Sources { get; } = new(StringComparer.Ordinal);

        public OperandSource? Find(string name) =>
            Sources.TryGetValue(name, out OperandSource? source) ? source : outer?.Find(name);
    }

    private sealed record Suspect(
        NodeProto Node, string Name, HazardRules.Rule Rule, OperandSource?[] Operands, Reach Reach)
    {
        public Hazard? Find(IReadOnlyDictionary<string, OnnxValue>? inputs) =>
            Rule(Node, index => index < Operands.Length ? Operands[index]?.Get(inputs) : null);

        public override string ToString() => $"'{Name}' ({Node.OpType})";
    }
}
