using OnnxDeep.Learning.Networks;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Networks;

/// <summary>Adds dense layers to a graph, each as a Gemm and an activation.</summary>
internal static class DenseGraph
{
    /// <summary>Adds layers; the last one computes <paramref name="output"/>, [N, units].</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="layers">The layers, first to last; none makes the output the input.</param>
    /// <param name="input">[N, inputs of the first].</param>
    /// <param name="output">The name of what comes out.</param>
    public static void AddLayers(GraphProto graph, IReadOnlyList<DenseLayer<float>> layers, string input, string output)
    {
        for (int i = 0; i < layers.Count; i++)
        {
            string next = i == layers.Count - 1 ? output : layers[i].Name + "/output";
            AddLayer(graph, layers[i], input, next);
            input = next;
        }
    }

    /// <summary>Adds the activation of a layer whose weighted sums are already in the graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="sum">The name of z, [N, units].</param>
    /// <param name="output">The name of f(z).</param>
    public static void AddActivation(GraphProto graph, DenseLayer<float> layer, string sum, string output)
    {
        string operation = OperatorOf(layer.Activation);
        var node = new NodeProto
        {
            Name = $"{layer.Name}/{operation}", OpType = operation, Input = { sum }, Output = { output },
        };
        if (layer.Activation == Activation.Softmax)
        {
            node.Attribute.Add(OnnxGraph.Attribute("axis", 1));
        }

        graph.Node.Add(node);
    }

    private static void AddLayer(GraphProto graph, DenseLayer<float> layer, string input, string output)
    {
        float[] weights = new float[layer.Weights.Length];
        layer.Weights.CopyTo(weights);
        string kernel = OnnxGraph.Store(graph, layer.Name + "/kernel", weights, layer.Inputs, layer.Units);
        string bias = OnnxGraph.Store(graph, layer.Name + "/bias", layer.Biases, layer.Units);
        bool isLinear = layer.Activation == Activation.Linear;
        string sum = isLinear ? output : layer.Name + "/z";
        graph.Node.Add(new NodeProto
        {
            Name = layer.Name,
            OpType = "Gemm",
            Input = { input, kernel, bias },
            Output = { sum },
        });
        if (!isLinear)
        {
            AddActivation(graph, layer, sum, output);
        }
    }

    private static string OperatorOf(Activation activation) => activation switch
    {
        Activation.Linear => "Identity",
        Activation.ReLU => "Relu",
        _ => activation.ToString(),
    };
}
