using System.Globalization;

using OnnxDeep.Learning.Networks;

namespace OnnxDeep.Learning.Training;

/// <summary>
/// What the numbers of a network are called, counted from 1. One hidden layer and one output have the notebook's names:
/// z_1, a_1, b_1, w21 … w25, b_output, z_output, y. Its w_in of a hidden layer becomes w1(i,n), since its w_21 would be
/// another weight than w21. Other networks have w2(i,n), b2(n), z2(n) and a2(n) for the second layer.
/// </summary>
internal sealed class ParameterNames(Network<double> network)
{
    private const int MostDigits = 9;

    private readonly int _last = network.Layers.Count - 1;
    private readonly bool _hasOneOutput = network.Units == 1;
    private readonly bool _isNotebooks =
        network is { Units: 1, Layers.Count: 2 } && network.Layers[0].Units <= MostDigits;

    /// <summary>A weighted sum.</summary>
    public string Z(int layer, int unit) =>
        layer == _last && _hasOneOutput ? "z_output"
        : _isNotebooks ? Text($"z_{unit + 1}")
        : Text($"z{layer + 1}({unit + 1})");

    /// <summary>A layer's answer.</summary>
    public string A(int layer, int unit) =>
        layer == _last ? (_hasOneOutput ? "y" : Text($"y({unit + 1})"))
        : _isNotebooks ? Text($"a_{unit + 1}")
        : Text($"a{layer + 1}({unit + 1})");

    /// <summary>A weight.</summary>
    public string Weight(int layer, int input, int unit) => _isNotebooks && layer == _last
        ? Text($"w2{input + 1}")
        : Text($"w{layer + 1}({input + 1},{unit + 1})");

    /// <summary>A bias.</summary>
    public string Bias(int layer, int unit) =>
        layer == _last && _hasOneOutput ? "b_output"
        : _isNotebooks ? Text($"b_{unit + 1}")
        : Text($"b{layer + 1}({unit + 1})");

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
