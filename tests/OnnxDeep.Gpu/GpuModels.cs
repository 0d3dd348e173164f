using OnnxDeep.Onnx.Tensors;
using OnnxDeep.Tests.Comparison;
using OnnxDeep.Tests.Conversion;

namespace OnnxDeep.Gpu;

/// <summary>Models that are large enough to benefit from a GPU.</summary>
internal static class GpuModels
{
    /// <summary>
    /// Writes a network with layers of 1,024 - 1,024 - 1,024 whose values and weights all have one type.
    /// </summary>
    public static string WriteDense(string path, OnnxElementType type)
    {
        const int Units = 1024;
        GraphBuilder graph = new GraphBuilder().Input("x", type, -1, Units);
        Action<string, long[], float[]> store = type == OnnxElementType.Float16
            ? (name, shape, values) => graph.StoreHalves(name, shape, values)
            : (name, shape, values) => graph.Store(name, shape, values);
        foreach (string layer in new[] { "1", "2" })
        {
            store("w" + layer, [Units, Units], Weights(Units * Units, Units));
            store("b" + layer, [Units], Weights(Units, Units));
        }

        return graph
            .Node("Gemm", "h1", "x", "w1", "b1")
            .Node("Relu", "a1", "h1")
            .Node("Gemm", "y", "a1", "w2", "b2")
            .Output("y", type, -1, Units)
            .Write(path);
    }

    /// <summary>Writes a network that takes pictures of 3 x 32 x 32 through two convolutions to 10 classes.</summary>
    public static string WriteConvolutional(string path) => new GraphBuilder()
        .Input("x", OnnxElementType.Float, -1, 3, 32, 32)
        .Store("k1", [16, 3, 3, 3], Weights(16 * 27, 27))
        .Store("k2", [32, 16, 3, 3], Weights(32 * 144, 144))
        .Store("w", [32, 10], Weights(320, 32))
        .Store("b", [10], Weights(10, 32))
        .Node(
            "Conv",
            "c1",
            ["x", "k1"],
            [DenseModels.OnnxAttribute("pads", 1, 1, 1, 1), DenseModels.OnnxAttribute("strides", 2, 2)])
        .Node("Relu", "a1", "c1")
        .Node(
            "MaxPool",
            "p1",
            ["a1"],
            [DenseModels.OnnxAttribute("kernel_shape", 2, 2), DenseModels.OnnxAttribute("strides", 2, 2)])
        .Node("Conv", "c2", ["p1", "k2"], [DenseModels.OnnxAttribute("pads", 1, 1, 1, 1)])
        .Node("Relu", "a2", "c2")
        .Node("GlobalAveragePool", "p2", "a2")
        .Node("Flatten", "f", "p2")
        .Node("Gemm", "y", "f", "w", "b")
        .Output("y", OnnxElementType.Float, -1, 10)
        .Write(path);

    /// <summary>Writes a model that returns its input, which copies a value from device memory to the CPU.</summary>
    public static string WriteIdentity(string path, OnnxElementType type, params long[] shape) => new GraphBuilder()
        .Input("x", type, shape)
        .Node("Identity", "y", "x")
        .Output("y", type, shape)
        .Write(path);

    /// <summary>
    /// Writes a model that extracts the positive values: querying their number ends the capture of a graph.
    /// </summary>
    public static string WriteUncapturable(string path) => new GraphBuilder()
        .Input("x", OnnxElementType.Float, -1, 300)
        .Node("Relu", "a", "x")
        .Node("NonZero", "places", "a")
        .Node("Transpose", "pairs", "places")
        .Node("GatherND", "positive", "a", "pairs")
        .Output("positive", OnnxElementType.Float, -1)
        .Write(path);

    // Scaled so that the values of each layer are about as large as those of the previous one.
    private static float[] Weights(int count, int inputs) =>
        [.. DenseModels.Random(count, (ulong)count).Select(weight => weight / MathF.Sqrt(inputs))];
}
