using System.Globalization;

using OnnxDeep.Learning.Networks;

namespace OnnxDeep.Learning.Training;

/// <summary>
/// The names of the numbers in a network, counted from 1. A network of one hidden layer and one output has the names of
/// the notebook: z_1, a_1, b_1, w21 … w25, b_output, z_output, y. But w_in of its hidden layer becomes w1(i,n), since
/// w_21 and w21 would be different weights. Other networks have w2(i,n), b2(n), z2(n) and a2(n) for the second layer.
/// </summary>
internal sealed class ParameterNames(Network<double> network)
{
    private const int MostDigits = 9;

    private readonly int _last = network.Layers.Count - 1;
    private readonly bool _hasOneOutput = network.Units == 1;
    private readonly bool _isNotebook =
        network is { Units: 1, Layers.Count: 2 } && network.Layers[0].Units <= MostDigits;

    /// <summary>The name of a weighted sum.</summary>
    public string Z(int layer, int unit) =>
        layer == _last && _hasOneOutput ? "z_output"
        : _isNotebook ? Text($"z_{unit + 1}")
        : Text($"z{layer + 1}({unit + 1})");

    /// <summary>The name of an activation.</summary>
    public string A(int layer, int unit) =>
        layer == _last ? (_hasOneOutput ? "y" : Text($"y({unit + 1})"))
        : _isNotebook ? Text($"a_{unit + 1}")
        : Text($"a{layer + 1}({unit + 1})");

    /// <summary>The name of a weight.</summary>
    public string Weight(int layer, int input, int unit) => _isNotebook && layer == _last
        ? Text($"w2{input + 1}")
        : Text($"w{layer + 1}({input + 1},{unit + 1})");

    /// <summary>The name of a bias.</summary>
    public string Bias(int layer, int unit) =>
        layer == _last && _hasOneOutput ? "b_output"
        : _isNotebook ? Text($"b_{unit + 1}")
        : Text($"b{layer + 1}({unit + 1})");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
