using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Networks;

/// <summary>Reads the numbers of the dense layers that <see cref="DenseLayerFinder"/> finds.</summary>
internal sealed class DenseLayerReader
{
    private readonly string _path;
    private readonly DenseLayerFinder _finder;

    public DenseLayerReader(string path, GraphProto graph)
    {
        _path = path;
        _finder = new DenseLayerFinder(graph);
    }

    /// <summary>All layers, in graph order.</summary>
    /// <exception cref="FileFormatException">A tensor's bytes do not match its shape.</exception>
    public List<DenseLayerInfo> Read() => [.. _finder.Find().Select(Read)];

    /// <summary>The layer that a node computes; null if it is not a Gemm or MatMul with stored weights.</summary>
    public DenseLayerInfo? Read(NodeProto node) => _finder.Find(node) is DenseLayerSite site ? Read(site) : null;

    /// <summary>
    /// The numbers of a stored vector, or of a scalar repeated to that length; null if neither is stored.
    /// </summary>
    public float[]? FindVector(string name, int length) =>
        _finder.FindStored(name) is TensorProto tensor && TensorReader.CountOrNull(tensor.Dims) is long count
        && (count == length || count == 1)
            ? Spread(TensorReader.ReadFloats(_path, tensor), length)
            : null;

    private DenseLayerInfo Read(DenseLayerSite site)
    {
        float[] values = TensorReader.ReadFloats(_path, site.Weights)!;
        float[,] weights = new float[site.Weights.Dims[0], site.Weights.Dims[1]];
        Buffer.BlockCopy(values, 0, weights, 0, values.Length * sizeof(float));
        if (site.IsTransposed)
        {
            weights = Transpose(weights);
        }

        Scale(weights, site.Alpha);
        int units = weights.GetLength(1);
        float[] biases = site.Biases is null
            ? new float[units]
            : Spread(TensorReader.ReadFloats(_path, site.Biases), units)!;
        for (int u = 0; u < biases.Length; u++)
        {
            biases[u] *= site.Beta;
        }

        return new DenseLayerInfo(site.Name, site.Activation, weights, biases);
    }

    private static float[]? Spread(float[]? values, int length) =>
        values is [float only] && length != 1 ? [.. Enumerable.Repeat(only, length)] : values;

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
