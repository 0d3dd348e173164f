using OnnxDeep.Onnx.Networks;

namespace OnnxDeep.Plots.Pictures;

/// <summary>A dense network as neurons and edges.</summary>
public sealed record NetworkPlot : PlotData
{
    /// <summary>
    /// The most units of a hidden or output layer that are drawn; of more inputs the first and last are.
    /// </summary>
    public const int MostUnits = 64;

    /// <summary>The most layers that are drawn.</summary>
    public const int MostLayers = 8;

    private NetworkPlot(string model, IReadOnlyList<DenseLayerInfo> layers, string? output)
    {
        Model = model;
        Layers = layers;
        Output = output;
    }

    /// <inheritdoc/>
    public override string DefaultTitle =>
        $"{Model}: a {string.Join("-", Layers.Select(layer => layer.Units).Prepend(Layers[0].Inputs))} network";

    /// <summary>The model's name.</summary>
    public string Model { get; }

    /// <summary>First to last.</summary>
    public IReadOnlyList<DenseLayerInfo> Layers { get; }

    /// <summary>What a single output tells, such as 'food'; null where the model does not say.</summary>
    public string? Output { get; }

    /// <summary>Makes the plot.</summary>
    /// <param name="model">The model's name.</param>
    /// <param name="layers">At least one.</param>
    /// <param name="labels">The classes by number, or none.</param>
    /// <exception cref="OnnxDeepException">The network is too large, or not a chain.</exception>
    public static NetworkPlot Create(string model, IReadOnlyList<DenseLayerInfo> layers, IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfZero(layers.Count, nameof(layers));
        if (layers.Count > MostLayers)
        {
            throw TooLarge(model, $"has {layers.Count} dense layers, and a drawing shows {MostLayers} at most");
        }

        if (layers.FirstOrDefault(layer => layer.Units > MostUnits) is DenseLayerInfo wide)
        {
            throw TooLarge(
                model, $"has {wide.Units} units in layer '{wide.Name}', and a drawing shows {MostUnits} at most");
        }

        for (int i = 1; i < layers.Count; i++)
        {
            if (layers[i].Inputs != layers[i - 1].Units)
            {
                throw TooLarge(
                    model,
                    $"is no plain chain of dense layers ('{layers[i].Name}' takes {layers[i].Inputs} numbers, "
                    + $"'{layers[i - 1].Name}' before it gives {layers[i - 1].Units}), "
                    + "and a drawing shows nothing else");
            }
        }

        return new NetworkPlot(model, layers, labels.Count == 2 && layers[^1].Units == 1 ? labels[1] : null);
    }

    private static OnnxDeepException TooLarge(string model, string problem) => new(
        ErrorIds.NetworkTooLarge,
        $"The model '{model}' {problem}. Draw the weights of one layer instead.");
}
