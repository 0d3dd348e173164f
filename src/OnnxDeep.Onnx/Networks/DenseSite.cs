using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Networks;

/// <summary>The place of a dense layer in a graph. Finding it reads no weights.</summary>
/// <param name="Name">The node's name, or the name of its weights if the node has none.</param>
/// <param name="Activation">Linear, Sigmoid, ReLU, Tanh or Softmax, else the ONNX operator that follows.</param>
/// <param name="Weights">A float tensor of two dimensions.</param>
/// <param name="IsTransposed">Whether the tensor is [units, inputs] instead of [inputs, units].</param>
/// <param name="Biases">A float tensor of one number for each unit, or one number for all; null for none.</param>
/// <param name="Alpha">The factor of the weights.</param>
/// <param name="Beta">The factor of the biases.</param>
internal sealed record DenseSite(
    string Name,
    string Activation,
    TensorProto Weights,
    bool IsTransposed,
    TensorProto? Biases,
    float Alpha,
    float Beta)
{
    /// <summary>The number of inputs that the file declares.</summary>
    public long Inputs => Weights.Dims[IsTransposed ? 1 : 0];

    /// <summary>The number of units that the file declares.</summary>
    public long Units => Weights.Dims[IsTransposed ? 0 : 1];

    /// <summary>The tensors that store the layer's numbers.</summary>
    public IEnumerable<TensorProto> Stored => Biases is null ? [Weights] : [Weights, Biases];

    /// <summary>Reads a stored vector.</summary>
    /// <param name="path">The model file.</param>
    /// <param name="tensor">As many numbers as the length, or one number for all.</param>
    /// <param name="length">The length.</param>
    /// <returns>[length]; null if the tensor holds no floats.</returns>
    /// <exception cref="FileFormatException">The tensor's bytes do not fit its shape.</exception>
    public static float[]? ReadVector(string path, TensorProto tensor, int length)
    {
        float[]? values = TensorReader.ReadFloats(path, tensor);
        return values is [float only] && length != 1 ? [.. Enumerable.Repeat(only, length)] : values;
    }

    /// <summary>Reads the numbers of the layer.</summary>
    /// <param name="path">The model file.</param>
    /// <exception cref="FileFormatException">A tensor's bytes do not fit its shape.</exception>
    public DenseLayerInfo Read(string path)
    {
        float[] values = TensorReader.ReadFloats(path, Weights)!;
        float[,] weights = new float[Weights.Dims[0], Weights.Dims[1]];
        Buffer.BlockCopy(values, 0, weights, 0, values.Length * sizeof(float));
        if (IsTransposed)
        {
            weights = Transpose(weights);
        }

        Scale(weights, Alpha);
        float[]? biases = Biases is null ? null : ReadVector(path, Biases, weights.GetLength(1))!;
        for (int u = 0; u < biases?.Length; u++)
        {
            biases[u] *= Beta;
        }

        return new DenseLayerInfo(Name, Activation, weights, biases)
        {
            // A number without a dimension is not counted, as in OnnxModelInfo.Parameters.
            Parameters = weights.Length
                + (Biases is { Dims.Count: > 0 } ? (int)(TensorReader.CountOrNull(Biases.Dims) ?? 0) : 0),
        };
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
