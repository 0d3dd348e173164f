using OnnxDeep.Onnx.Content;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Inspection;

/// <summary>
/// The random numbers that a model draws when it runs, in its graph, bodies and functions, and the values of its main
/// graph that depend on them. Two runs of such a model differ without any difference between the models.
/// </summary>
internal sealed class RandomDraws
{
    private const string MicrosoftDomain = "com.microsoft";

    private static readonly HashSet<string> s_operators =
        ["Bernoulli", "Multinomial", "RandomNormal", "RandomNormalLike", "RandomUniform", "RandomUniformLike"];

    // The operators that draw only in training mode, with the position of the input that switches it on.
    private static readonly Dictionary<string, int> s_dropouts = new(StringComparer.Ordinal)
    {
        ["Dropout"] = 2, ["BitmaskDropout"] = 2, ["BiasDropout"] = 4, ["BitmaskBiasDropout"] = 4,
    };

    // These depend on the shape of a value only.
    private static readonly HashSet<string> s_shapes = ["Shape", "Size"];

    private readonly Dictionary<(string Domain, string Name), FunctionProto> _functions = [];
    private readonly HashSet<string> _operators = new(StringComparer.Ordinal);
    private readonly HashSet<string> _values = new(StringComparer.Ordinal);

    // Whether a function draws, by identity: one that calls another twice must not follow it twice.
    private readonly Dictionary<FunctionProto, bool> _drawing = new(ReferenceEqualityComparer.Instance);

    private RandomDraws(ModelProto model)
    {
        foreach (FunctionProto function in model.Functions)
        {
            _functions[(OnnxNames.NormalizeDomain(function.Domain), function.Name)] = function;
        }

        var stored = new StoredValueFinder(model.Graph);
        foreach (int index in NodeOrder.Sort(NodeOrder.GetSources(model.Graph.Node)))
        {
            NodeProto node = model.Graph.Node[index];
            bool draws = Draws(node, stored);
            if (draws || (!s_shapes.Contains(node.OpType) && NodeOrder.Needs(node).Any(_values.Contains)))
            {
                _values.UnionWith(node.Output);
            }
        }
    }

    /// <summary>The operators that draw, without duplicates, sorted.</summary>
    public IReadOnlyList<string> Operators => [.. _operators.Order(StringComparer.Ordinal)];

    /// <summary>Reads a model without the numbers of its weights.</summary>
    /// <exception cref="FileFormatException">The file is not ONNX, or is incomplete.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static RandomDraws Read(string path) => new(OnnxLayout.Read(path).Model);

    /// <summary>Whether a value of the main graph depends on random numbers.</summary>
    public bool Affect(string value) => _values.Contains(value);

    private bool Draws(NodeProto node, StoredValueFinder stored)
    {
        bool draws = DrawsItself(node, stored);
        if (draws)
        {
            _operators.Add(node.OpType);
        }

        foreach ((string _, GraphProto body) in GraphScope.Bodies(node))
        {
            draws |= DrawsAny(body.Node, new StoredValueFinder(body));
        }

        var name = (OnnxNames.NormalizeDomain(node.Domain), node.OpType);
        return _functions.TryGetValue(name, out FunctionProto? function)
            ? draws | Draws(function)
            : draws;
    }

    private bool Draws(FunctionProto function)
    {
        // A function that calls itself is invalid; it must not be followed without end.
        if (_drawing.TryAdd(function, false))
        {
            _drawing[function] =
                DrawsAny(function.Node, new StoredValueFinder(new GraphProto { Node = { function.Node } }));
        }

        return _drawing[function];
    }

    // Visits all nodes, because each operator that draws is to be named.
    private bool DrawsAny(IEnumerable<NodeProto> nodes, StoredValueFinder stored) =>
        nodes.Aggregate(false, (draws, node) => Draws(node, stored) || draws);

    private static bool DrawsItself(NodeProto node, StoredValueFinder stored)
    {
        string domain = OnnxNames.NormalizeDomain(node.Domain);
        if (domain is not (OnnxNames.DefaultDomain or MicrosoftDomain))
        {
            return false;
        }

        return s_dropouts.TryGetValue(node.OpType, out int mode)
            ? node.Input.Count > mode && node.Input[mode].Length > 0 && !IsFalse(node.Input[mode], stored)
            : domain == OnnxNames.DefaultDomain ? s_operators.Contains(node.OpType) : node.OpType == "Sampling";
    }

    // A mode that is not stored is decided by a run, and may be true.
    private static bool IsFalse(string name, StoredValueFinder stored) =>
        stored.Find(name, throughTranspose: false)?.Tensor is TensorProto tensor
        && (tensor.HasRawData ? tensor.RawData.Span is [0, ..] : tensor.Int32Data.FirstOrDefault(1) == 0);
}
