using OnnxDeep.Onnx.Content;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Onnx.Conversion;

/// <summary>
/// Stores weights as float16, with a Cast that restores them as float32 under their original name: the nodes that use
/// them do not change, and runtimes fold the Cast when they load the model.
/// </summary>
internal sealed class HalfWeightConverter(ModelProto model, string path) : WeightConverter(model, path)
{
    private readonly Dictionary<string, NodeProto> _constants = new(StringComparer.Ordinal);

    // Protobuf messages compare by content, but the identity of the node is needed here.
    private readonly HashSet<NodeProto> _replaced = new(ReferenceEqualityComparer.Instance);
    private readonly List<NodeProto> _casts = [];

    /// <inheritdoc/>
    public override int LeastOpset => 6;

    /// <inheritdoc/>
    public override long SizeOf(TensorProto weights) => TensorStorage.Count(Path, weights) * sizeof(ushort);

    /// <inheritdoc/>
    public override int Convert(IReadOnlyList<WeightSite> sites, CancellationToken cancellationToken)
    {
        HashSet<string> converted = new(StringComparer.Ordinal);
        foreach (NodeProto node in Model.Graph.Node.Where(node => node.OpType == "Constant"))
        {
            foreach (string output in node.Output)
            {
                _constants.TryAdd(output, node);
            }
        }

        foreach (WeightSite site in sites.DistinctBy(site => site.Name))
        {
            cancellationToken.ThrowIfCancellationRequested();
            TensorProto tensor = site.Weights.Tensor;
            if (tensor.DataType != (int)DataType.Float)
            {
                Skip(site, $"its numbers are {ElementTypes.Name(tensor.DataType)}, not float");
                continue;
            }

            float[] values = TensorReader.ReadFloats(Path, tensor)!;
            if (FindUnfit(values) is string unfit)
            {
                Skip(site, unfit);
                continue;
            }

            Replace(site, [.. values.Select(value => (Half)value)]);
            converted.Add(site.Name);
        }

        if (converted.Count > 0)
        {
            // First of all nodes, since any of them may use the weights.
            GraphProto graph = Model.Graph;
            NodeProto[] nodes = [.. Enumerable.Reverse(_casts), .. graph.Node.Where(node => !_replaced.Contains(node))];
            graph.Node.Clear();
            graph.Node.AddRange(nodes);
            TakeFromInputs(converted);
        }

        return converted.Count;
    }

    private static string? FindUnfit(float[] values)
    {
        // Below this, float16 gradually loses digits until none are left.
        const float SmallestNormal = 6.103515625e-5f;
        float largest = 0;
        foreach (float value in values)
        {
            if (!(MathF.Abs(value) <= (float)Half.MaxValue))
            {
                return FormattableString.Invariant($"it contains {value}, but float16 ends at 65504");
            }

            largest = MathF.Max(largest, MathF.Abs(value));
        }

        return largest is > 0 and < SmallestNormal
            ? FormattableString.Invariant($"its largest number is {largest}, ")
                + "too small for float16, which begins at 6.1E-05"
            : null;
    }

    private void Replace(WeightSite site, Half[] values)
    {
        GraphProto graph = Model.Graph;
        TensorProto tensor = site.Weights.Tensor;
        if (_constants.TryGetValue(site.Name, out NodeProto? constant))
        {
            _replaced.Add(constant);
            graph.Initializer.Add(tensor);
        }

        tensor.Name = Names.Take(site.Name + "/float16");
        TensorContent.Set(tensor, DataType.Float16, values);

        _casts.Add(new NodeProto
        {
            Name = site.Name + "/Cast",
            OpType = "Cast",
            Input = { tensor.Name },
            Output = { site.Name },
            Attribute = { OnnxGraph.Attribute("to", (long)DataType.Float) },
        });
    }
}
