using OnnxDeep.Learning.Networks;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Networks;

namespace OnnxDeep.PowerShell.Classifiers;

/// <summary>A saved classifier whose training goes on.</summary>
/// <param name="Path">The full path of the file.</param>
/// <param name="Network">The network, with the weights to begin with.</param>
/// <param name="Metadata">The metadata.</param>
internal sealed record ContinuedModel(string Path, Network<float> Network, ModelMetadata Metadata)
{
    /// <summary>The classes; the examples have the same.</summary>
    public IReadOnlyList<string> Labels => Metadata.GetLabels(Network.Units);

    /// <summary>The layers without their weights.</summary>
    public IReadOnlyList<Dense> Layers => [.. Network.Layers.Select(layer => new Dense(layer.Units, layer.Activation))];

    /// <summary>Reads a model.</summary>
    /// <exception cref="FileFormatException">The file is not a network of dense layers.</exception>
    public static ContinuedModel Load(string path)
    {
        var file = OnnxModelFile.Load(path);
        return new ContinuedModel(file.Path, file.GetNetwork(), ModelMetadata.FromProperties(file.Properties));
    }

    /// <summary>Tells why no classifier of a kind can go on from this model; null if one can.</summary>
    /// <param name="task">The task of the cmdlet.</param>
    public string? FindProblem(string task)
    {
        Activation output = Network.Units == 1 ? Activation.Sigmoid : Activation.Softmax;
        return Metadata.Task != task ? $"its task is {Metadata.Task ?? "unknown"}, not {task}"
            : Network.Layers[^1].Activation != output
                ? $"its last layer has the activation {Network.Layers[^1].Activation}, not {output}"
            : null;
    }

    /// <summary>Tells how specified hidden layers differ from those of the model; null if they do not.</summary>
    /// <param name="units">The specified units; null for any.</param>
    /// <param name="activation">The specified activation; null for any.</param>
    public string? FindDifference(int[]? units, Activation? activation)
    {
        DenseLayer<float>[] hidden = [.. Network.Layers.SkipLast(1)];
        return units is not null && !units.SequenceEqual(hidden.Select(layer => layer.Units))
            ? $"its hidden layers have {Join(hidden.Select(layer => layer.Units))} units, not {Join(units)}"
            : activation is Activation wanted && hidden.FirstOrDefault(layer => layer.Activation != wanted) is { } other
                ? $"its layer '{other.Name}' has the activation {other.Activation}, not {wanted}"
            : null;
    }

    private static string Join(IEnumerable<int> units)
    {
        string text = string.Join(", ", units);
        return text.Length == 0 ? "no" : text;
    }
}
