using OnnxDeep.Onnx.Content;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Onnx.Inspection;

/// <summary>
/// The learned numbers that a model stores, counted from shapes and types alone. <see cref="OnnxModelInfo.Parameters"/>
/// states the rule; everything that counts parameters of a file counts them here.
/// </summary>
/// <param name="Count">The number of parameters.</param>
/// <param name="Bytes">Their size in the file, or in the files beside it.</param>
internal readonly record struct ModelParameters(long Count, long Bytes)
{
    // External tensors may declare any size, so sums must not overflow.
    private const long Most = long.MaxValue / 2;

    // Lists of floats that translate or describe values, but are not learned.
    private static readonly HashSet<string> s_tables = ["LabelEncoder", "CategoryMapper", "OneHotEncoder"];
    private const string HitRates = "nodes_hitrates";
    private const string TermWeights = "TfIdfVectorizer";

    /// <summary>Counts the parameters of a model.</summary>
    /// <param name="path">The file, for errors.</param>
    /// <param name="model">The model, with or without the numbers of its tensors.</param>
    /// <exception cref="FileFormatException">A tensor's shape does not fit into any memory.</exception>
    public static ModelParameters OfModel(string path, ModelProto model)
    {
        NodeProto[] nodes = [.. GraphScope.Of(model).SelectMany(scope => scope.Nodes)];
        HashSet<string> biases = [.. nodes.Select(QuantizedBias).OfType<string>()];
        var total = default(ModelParameters);
        foreach (StoredTensor stored in StoredTensor.Of(model))
        {
            total = total.Add(Of(path, stored.Tensor, biases.Contains(stored.Name)));
        }

        foreach (NodeProto node in nodes)
        {
            total = total.Add(OfAttributes(path, node));
        }

        return total;
    }

    /// <summary>Counts the parameters in a tensor.</summary>
    /// <param name="path">The file, for errors.</param>
    /// <param name="tensor">The tensor; only its type and shape matter.</param>
    /// <param name="isQuantizedBias">Whether a quantised operator adds it, so that 32-bit integers count.</param>
    /// <exception cref="FileFormatException">The shape does not fit into any memory.</exception>
    public static ModelParameters Of(string path, TensorProto tensor, bool isQuantizedBias = false)
    {
        bool counts = (DataType)tensor.DataType switch
        {
            DataType.Undefined or DataType.String or DataType.Bool => false,
            DataType.Int64 or DataType.Uint64 or DataType.Uint32 => false,
            DataType.Int32 => isQuantizedBias,
            _ => true,
        };
        return counts && tensor.Dims.Count > 0
            ? new ModelParameters(TensorStorage.Count(path, tensor), TensorStorage.Size(path, tensor))
            : default;
    }

    private static ModelParameters OfAttributes(string path, NodeProto node)
    {
        bool isLearned = node.OpType == TermWeights
            || (node.Domain == OnnxNames.MachineLearningDomain && !s_tables.Contains(node.OpType));
        if (!isLearned)
        {
            return default;
        }

        var total = default(ModelParameters);
        foreach (AttributeProto attribute in node.Attribute.Where(attribute => attribute.Name != HitRates))
        {
            long floats = attribute.Floats.Count;
            total = total.Add(new ModelParameters(floats, floats * sizeof(float)));
            total = attribute.T is TensorProto tensor ? total.Add(Of(path, tensor)) : total;
        }

        return total;
    }

    // The biases of quantised operators are 32-bit integers.
    private static string? QuantizedBias(NodeProto node) => (node.OpType, node.Input.Count) switch
    {
        ("DequantizeLinear", > 0) => node.Input[0],
        ("QLinearConv", > 8) => node.Input[8],
        ("QGemm", > 6) => node.Input[6],
        _ => null,
    };

    private ModelParameters Add(ModelParameters other) => new(
        Math.Min(Most, Count + Math.Min(Most, other.Count)), Math.Min(Most, Bytes + Math.Min(Most, other.Bytes)));
}
