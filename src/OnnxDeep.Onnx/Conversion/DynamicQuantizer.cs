using OnnxDeep.Onnx.Content;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Onnx.Conversion;

/// <summary>
/// Replaces Gemm and MatMul with DynamicQuantizeLinear, MatMulInteger and rescaling: standard operators, in the order
/// that ONNX Runtime fuses into one.
/// </summary>
internal sealed class DynamicQuantizer(ModelProto model, string path) : WeightConverter(model, path)
{
    private readonly StoredValueFinder _stored = new(model.Graph);
    private readonly Dictionary<string, (string Values, string Scale, string Zero)> _activations =
        new(StringComparer.Ordinal);
    private readonly Dictionary<
        (string Name, bool IsTransposed, float Alpha), (string Values, string Scales)> _weights = [];
    private readonly HashSet<string> _replaced = new(StringComparer.Ordinal);

    /// <inheritdoc/>
    public override int LeastOpset => 11;

    /// <inheritdoc/>
    public override long SizeOf(TensorProto weights) => TensorStorage.Count(Path, weights);

    /// <inheritdoc/>
    public override int Convert(IReadOnlyList<WeightSite> sites, CancellationToken cancellationToken)
    {
        // Protobuf messages compare by content, but the identity of the node is needed here.
        var byNode = new Dictionary<NodeProto, WeightSite>(ReferenceEqualityComparer.Instance);
        foreach (WeightSite site in sites)
        {
            byNode.Add(site.Node, site);
        }

        GraphProto graph = Model.Graph;
        NodeProto[] nodes = [.. graph.Node];
        graph.Node.Clear();
        foreach (NodeProto node in nodes)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (byNode.TryGetValue(node, out WeightSite? found) && Quantize(found) is (string, string) weights)
            {
                Replace(node, weights);
                _replaced.UnionWith(found.Weights.Names);
            }
            else
            {
                graph.Node.Add(node);
            }
        }

        if (_weights.Count > 0)
        {
            TakeFromInputs(new HashSet<string>());
            RemoveUnused(Model, _replaced);
        }

        return _weights.Keys.Select(key => key.Name).Distinct().Count();
    }

    private static AttributeProto? Attribute(NodeProto node, string name) =>
        node.Attribute.FirstOrDefault(attribute => attribute.Name == name);

    private (string Values, string Scales)? Quantize(WeightSite site)
    {
        (TensorProto tensor, bool isTransposed, DataType type, _) = site.Weights;
        isTransposed ^= Attribute(site.Node, "transB")?.I == 1;
        var key = (site.Name, isTransposed, Attribute(site.Node, "alpha")?.F ?? 1);
        if (_weights.TryGetValue(key, out (string, string) done))
        {
            return done;
        }

        int inputs = (int)tensor.Dims[isTransposed ? 1 : 0];
        string? why = Attribute(site.Node, "transA")?.I == 1 ? "its layer takes its input transposed (transA)"
            : type != DataType.Float || !TensorReader.IsFloat(tensor)
                ? $"its numbers are {ElementTypes.Name((int)type)}, not float"
            : inputs > QuantizedMatrix.MostInputs
                ? FormattableString.Invariant($"it has {inputs} inputs, whose sum may not fit into 32 bits")
            : null;
        QuantizedMatrix? matrix = why is not null ? null : QuantizedMatrix.Create(
            TensorReader.ReadFloats(Path, tensor)!, inputs, (int)tensor.Dims[isTransposed ? 0 : 1], isTransposed);
        if (matrix is null)
        {
            Skip(site, why ?? "it contains numbers that are not finite");
            return null;
        }

        return _weights[key] = Store(site.Name, matrix, inputs, key.Item3);
    }

    private (string Values, string Scales) Store(string name, QuantizedMatrix matrix, int inputs, float alpha)
    {
        var tensor = new TensorProto { Name = Names.Take(name + "/int8"), Dims = { inputs, matrix.Scales.Length } };
        TensorContent.Set(tensor, DataType.Int8, matrix.Values);
        Model.Graph.Initializer.Add(tensor);
        string scales = OnnxGraph.Store(
            Model.Graph,
            Names.Take(name + "/scale"),
            [.. matrix.Scales.Select(scale => alpha * scale)],
            matrix.Scales.Length);
        return (tensor.Name, scales);
    }

    private void Replace(NodeProto node, (string Values, string Scales) weights)
    {
        GraphProto graph = Model.Graph;
        string name = node.Name.Length > 0 ? node.Name : node.Output[0];
        (string values, string scale, string zero) = QuantizeActivation(node.Input[0]);
        string sum = Add("MatMulInteger", "integers", [values, weights.Values, zero]);
        string real = OnnxGraph.Add(
            graph, "Cast", [sum], Names.Take(name + "/sums"), OnnxGraph.Attribute("to", (long)DataType.Float));
        string scales = Add("Mul", "scales", [scale, weights.Scales]);
        string? bias = FindBias(node, name);
        if (bias is null)
        {
            OnnxGraph.Add(graph, "Mul", [real, scales], node.Output[0]);
            return;
        }

        OnnxGraph.Add(graph, "Add", [Add("Mul", "product", [real, scales]), bias], node.Output[0]);

        string Add(string operation, string suffix, string[] inputs) =>
            OnnxGraph.Add(graph, operation, inputs, Names.Take($"{name}/{suffix}"));
    }

    // Layers that take the same values share their quantisation.
    private (string Values, string Scale, string Zero) QuantizeActivation(string name)
    {
        if (!_activations.TryGetValue(name, out (string Values, string Scale, string Zero) outputs))
        {
            outputs = (Names.Take(name + "/uint8"), Names.Take(name + "/scale"), Names.Take(name + "/zero_point"));
            Model.Graph.Node.Add(new NodeProto
            {
                Name = outputs.Values + "/DynamicQuantizeLinear",
                OpType = "DynamicQuantizeLinear",
                Input = { name },
                Output = { outputs.Values, outputs.Scale, outputs.Zero },
            });
            _activations.Add(name, outputs);
        }

        return outputs;
    }

    private string? FindBias(NodeProto node, string name)
    {
        float beta = Attribute(node, "beta")?.F ?? 1;
        if (node.OpType != "Gemm" || node.Input.Count < 3 || node.Input[2].Length == 0 || beta == 0)
        {
            return null;
        }

        string bias = node.Input[2];
        if (beta == 1)
        {
            return bias;
        }

        string scaled = Names.Take(name + "/bias");
        if (_stored.Find(bias, throughTranspose: false) is { ElementType: DataType.Float } stored
            && TensorReader.ReadFloats(Path, stored.Tensor) is float[] values)
        {
            _replaced.UnionWith(stored.Names);
            return OnnxGraph.Store(
                Model.Graph, scaled, [.. values.Select(value => beta * value)], [.. stored.Tensor.Dims]);
        }

        string factor = OnnxGraph.Store(Model.Graph, Names.Take(name + "/beta"), [beta]);
        return OnnxGraph.Add(Model.Graph, "Mul", [bias, factor], scaled);
    }

    // Removes values of the main graph that no node uses, repeatedly until none are left.
    private static void RemoveUnused(ModelProto model, IEnumerable<string> candidates)
    {
        GraphProto graph = model.Graph;
        HashSet<string> names = [.. candidates];
        while (names.Count > 0)
        {
            HashSet<string> used = FindUsed(model);
            HashSet<string> unused = [.. names.Where(name => !used.Contains(name))];
            if (unused.Count == 0)
            {
                return;
            }

            names.ExceptWith(unused);
            OnnxGraph.Keep(graph.Initializer, tensor => !unused.Contains(tensor.Name));
            OnnxGraph.Keep(graph.Input, value => !unused.Contains(value.Name));
            OnnxGraph.Keep(graph.ValueInfo, value => !unused.Contains(value.Name));
            OnnxGraph.Keep(graph.Node, node => node.Output.Count != 1 || !unused.Contains(node.Output[0]));
        }
    }

    private static HashSet<string> FindUsed(ModelProto model)
    {
        HashSet<string> used = new(StringComparer.Ordinal);
        foreach (GraphScope scope in GraphScope.Of(model))
        {
            used.UnionWith(scope.Nodes.SelectMany(node => node.Input));
            used.UnionWith(scope.Graph?.Output.Select(value => value.Name) ?? []);
        }

        return used;
    }
}
