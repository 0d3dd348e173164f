using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx;

/// <summary>
/// Finds dense layers in a graph of any exporter: Gemm, or MatMul with an Add behind it; weights as initialisers or
/// constants, perhaps behind Identity, Cast or Transpose.
/// </summary>
internal sealed class DenseLayerReader
{
    private readonly string _path;
    private readonly GraphProto _graph;
    private readonly Dictionary<string, TensorProto> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NodeProto> _producers = new(StringComparer.Ordinal);
    private readonly ILookup<string, NodeProto> _consumers;

    public DenseLayerReader(string path, GraphProto graph)
    {
        _path = path;
        _graph = graph;
        foreach (TensorProto tensor in graph.Initializer)
        {
            _tensors[tensor.Name] = tensor;
        }

        foreach (NodeProto node in graph.Node)
        {
            foreach (string output in node.Output)
            {
                _producers[output] = node;
            }
        }

        _consumers = graph.Node
            .SelectMany(node => node.Input.Distinct(StringComparer.Ordinal).Select(input => (input, node)))
            .ToLookup(pair => pair.input, pair => pair.node, StringComparer.Ordinal);
    }

    public List<DenseLayerInfo> Read()
    {
        var layers = new List<DenseLayerInfo>();
        foreach (NodeProto node in _graph.Node)
        {
            if (Read(node) is DenseLayerInfo layer)
            {
                layers.Add(layer);
            }
        }

        return layers;
    }

    /// <summary>The layer that a node computes; null where it is no Gemm or MatMul with stored weights.</summary>
    public DenseLayerInfo? Read(NodeProto node) => node.OpType switch
    {
        "Gemm" => ReadGemm(node),
        "MatMul" => ReadMatMul(node),
        _ => null,
    };

    /// <summary>The numbers of a stored vector, or of one number that stands for all; null where there are none such.</summary>
    public float[]? FindVector(string name, int length)
    {
        for (int depth = 0; depth < 8; depth++)
        {
            if (FindTensor(name) is TensorProto tensor)
            {
                float[]? values = TensorReader.ReadFloats(_path, tensor);
                return values?.Length == length ? [.. values]
                    : values?.Length == 1 ? [.. Enumerable.Repeat(values[0], length)] : null;
            }

            if (!_producers.TryGetValue(name, out NodeProto? node) || node.OpType is not ("Identity" or "Cast"))
            {
                return null;
            }

            name = node.Input.FirstOrDefault() ?? string.Empty;
        }

        return null;
    }

    // Y = alpha·A'·B' + beta·C; B holds the weights, as [units, inputs] where transB is set.
    private DenseLayerInfo? ReadGemm(NodeProto node)
    {
        if (node.Input.Count < 2 || node.Output.Count < 1 || FindMatrix(node.Input[1]) is not float[,] weights)
        {
            return null;
        }

        float alpha = Attribute(node, "alpha")?.F ?? 1;
        float beta = Attribute(node, "beta")?.F ?? 1;
        if (Attribute(node, "transB")?.I == 1)
        {
            weights = Transpose(weights);
        }

        float[] biases = new float[weights.GetLength(1)];
        if (node.Input.Count > 2 && FindVector(node.Input[2], biases.Length) is float[] found)
        {
            biases = found;
        }

        Scale(weights, alpha);
        for (int u = 0; u < biases.Length; u++)
        {
            biases[u] *= beta;
        }

        return new DenseLayerInfo(NameOf(node, node.Input[1]), ActivationAfter(node.Output[0]), weights, biases);
    }

    private DenseLayerInfo? ReadMatMul(NodeProto node)
    {
        if (node.Input.Count != 2 || node.Output.Count < 1)
        {
            return null;
        }

        string name = node.Input[1];
        float[,]? weights = FindMatrix(name);
        if (weights is null)
        {
            // W·x instead of x·W: the same layer seen from the other side.
            name = node.Input[0];
            weights = FindMatrix(name) is float[,] left ? Transpose(left) : null;
        }

        if (weights is null)
        {
            return null;
        }

        string output = node.Output[0];
        float[] biases = new float[weights.GetLength(1)];
        if (Single(output) is { OpType: "Add", Output.Count: > 0 } add
            && FindVector(add.Input.FirstOrDefault(input => input != output) ?? string.Empty, biases.Length) is float[] found)
        {
            biases = found;
            output = add.Output[0];
        }

        return new DenseLayerInfo(NameOf(node, name), ActivationAfter(output), weights, biases);
    }

    private static string NameOf(NodeProto node, string weights) => node.Name.Length > 0 ? node.Name : weights;

    private string ActivationAfter(string value) => Single(value)?.OpType switch
    {
        "Relu" => "ReLU",
        "Sigmoid" or "Tanh" or "Softmax" or "LogSoftmax" or "LeakyRelu" or "Elu" or "Selu" or "Gelu" or "HardSigmoid"
            or "HardSwish" or "Softplus" or "Softsign" or "PRelu" or "Clip" or "ThresholdedRelu" or "Celu" or "Mish"
            => Single(value)!.OpType,
        _ => "Linear",
    };

    private NodeProto? Single(string value) => _consumers[value].Take(2).ToArray() is [var only] ? only : null;

    private float[,]? FindMatrix(string name, int depth = 0)
    {
        if (FindTensor(name) is TensorProto tensor)
        {
            return tensor.Dims.Count == 2 && TensorReader.ReadFloats(_path, tensor) is float[] values
                ? ToMatrix(values, (int)tensor.Dims[0], (int)tensor.Dims[1])
                : null;
        }

        // A chain of conversions is short; a longer one would be a cycle.
        if (depth > 8 || !_producers.TryGetValue(name, out NodeProto? node) || node.Input.Count == 0)
        {
            return null;
        }

        return node.OpType switch
        {
            "Identity" or "Cast" => FindMatrix(node.Input[0], depth + 1),
            "Transpose" => FindMatrix(node.Input[0], depth + 1) is float[,] matrix ? Transpose(matrix) : null,
            _ => null,
        };
    }

    private TensorProto? FindTensor(string name) =>
        _tensors.TryGetValue(name, out TensorProto? tensor) ? tensor
        : _producers.TryGetValue(name, out NodeProto? node) && node.OpType == "Constant" ? Attribute(node, "value")?.T
        : null;

    private static AttributeProto? Attribute(NodeProto node, string name) =>
        node.Attribute.FirstOrDefault(attribute => attribute.Name == name);

    private static float[,] ToMatrix(float[] values, int rows, int columns)
    {
        float[,] matrix = new float[rows, columns];
        Buffer.BlockCopy(values, 0, matrix, 0, values.Length * sizeof(float));
        return matrix;
    }

    private static float[,] Transpose(float[,] matrix)
    {
        float[,] transposed = new float[matrix.GetLength(1), matrix.GetLength(0)];
        for (int i = 0; i < matrix.GetLength(0); i++)
        {
            for (int j = 0; j < matrix.GetLength(1); j++)
            {
                transposed[j, i] = matrix[i, j];
            }
        }

        return transposed;
    }

    private static void Scale(float[,] matrix, float factor)
    {
        for (int i = 0; factor != 1 && i < matrix.GetLength(0); i++)
        {
            for (int j = 0; j < matrix.GetLength(1); j++)
            {
                matrix[i, j] *= factor;
            }
        }
    }
}
