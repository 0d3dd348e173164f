using CommunityToolkit.HighPerformance;

using OnnxDeep.Learning.Networks;

namespace OnnxDeep.Learning.Training;

/// <summary>Between networks and the flat parameters that are trained.</summary>
internal static class TrainingNetwork
{
    /// <summary>A network's numbers, as floats.</summary>
    public static TrainingParameters<float> ToParameters(Network network)
    {
        var parameters = new TrainingParameters<float>(
            [.. network.Layers.Select(layer => new LayerShape(layer.Inputs, layer.Units, layer.Activation))]);
        for (int i = 0; i < network.Layers.Count; i++)
        {
            parameters.Set(i, network.Layers[i].Weights, network.Layers[i].Biases);
        }

        return parameters;
    }

    /// <summary>A network's numbers, as doubles.</summary>
    public static TrainingParameters<double> ToParameters(PreciseNetwork network)
    {
        var parameters = new TrainingParameters<double>(
            [.. network.Layers.Select(layer => new LayerShape(layer.Inputs, layer.Units, layer.Activation))]);
        for (int i = 0; i < network.Layers.Count; i++)
        {
            parameters.Set(i, new ReadOnlySpan2D<double>(network.Layers[i].Weights), network.Layers[i].Biases);
        }

        return parameters;
    }

    /// <summary>A network of the same shape and names with other numbers.</summary>
    /// <param name="shape">The shape and the names.</param>
    /// <param name="parameters">Where the numbers of a layer lie.</param>
    /// <param name="values">The numbers, in the layout of <paramref name="parameters"/>.</param>
    public static Network FromParameters(Network shape, TrainingParameters<float> parameters, float[] values)
    {
        var layers = new DenseLayer[shape.Layers.Count];
        for (int i = 0; i < layers.Length; i++)
        {
            DenseLayer old = shape.Layers[i];
            float[,] weights = new float[old.Inputs, old.Units];
            DenseKernels.Unpack<float>(parameters.Weights(values, i), weights);
            layers[i] = new DenseLayer(
                old.Name, new ReadOnlySpan2D<float>(weights), parameters.Biases(values, i), old.Activation);
        }

        return new Network(layers);
    }
}
