using OnnxDeep.Onnx.Networks;

namespace OnnxDeep.Plots.Pictures;

/// <summary>A dense network as neurons and edges.</summary>
public sealed record NetworkPlot : PlotData
{
    /// <summary>
    /// The maximum number of units in a hidden or output layer; of more inputs, only the first and last are drawn.
    /// </summary>
    public const int MostUnits = 64;

    /// <summary>The maximum number of layers.</summary>
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

    /// <summary>The name of the model.</summary>
    public string Model { get; }

    /// <summary>The layers, from first to last.</summary>
    public IReadOnlyList<DenseLayerInfo> Layers { get; }

    /// <summary>
    /// The class whose probability a single output is, such as 'food'; null if the model does not specify it.
    /// </summary>
    public string? Output { get; }

    /// <summary>The names of the inputs, [inputs]; empty if they have none.</summary>
    public IReadOnlyList<string> InputNames { get; init; } = [];

    /// <summary>Creates the plot.</summary>
    /// <param name="model">The name of the model.</param>
    /// <param name="layers">The layers, at least one.</param>
    /// <param name="labels">The classes by index; may be empty.</param>
    /// <exception cref="OnnxDeepException">The network is too large or not a chain.</exception>
    public static NetworkPlot Create(string model, IReadOnlyList<DenseLayerInfo> layers, IReadOnlyList<string> labels)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentNullException.ThrowIfNull(labels);
        ArgumentOutOfRangeException.ThrowIfZero(layers.Count, nameof(layers));
        if (layers.Count > MostLayers)
        {
            throw TooLarge(model, $"has {layers.Count} dense layers, but a drawing shows at most {MostLayers}");
        }

        if (layers.FirstOrDefault(layer => layer.Units > MostUnits) is DenseLayerInfo wide)
        {
            throw TooLarge(
                model, $"has {wide.Units} units in layer '{wide.Name}', but a drawing shows at most {MostUnits}");
        }

        for (int i = 1; i < layers.Count; i++)
        {
            if (layers[i].Inputs != layers[i - 1].Units)
            {
                throw TooLarge(
                    model,
                    $"is not a plain chain of dense layers ('{layers[i].Name}' takes {layers[i].Inputs} numbers, "
                    + $"but the previous layer '{layers[i - 1].Name}' returns {layers[i - 1].Units}), "
                    + "and a drawing shows only such chains");
            }
        }

        return new NetworkPlot(model, layers, labels.Count == 2 && layers[^1].Units == 1 ? labels[1] : null);
    }

    private static OnnxDeepException TooLarge(string model, string problem) => new(
        ErrorIds.NetworkTooLarge,
        $"The model '{model}' {problem}. Draw the weights of one layer instead.");
}
