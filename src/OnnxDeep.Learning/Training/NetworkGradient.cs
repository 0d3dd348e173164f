using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Training;

/// <summary>The gradients of one row, from the backpropagation that training uses, in double precision.</summary>
internal sealed class NetworkGradient
{
    private readonly Network<double> _network;
    private readonly TrainingParameters<double> _parameters;
    private readonly BatchPass<double> _pass;
    private readonly double[] _gradients;
    private readonly ChainRule _chain;
    private readonly ParameterNames _names;

    private NetworkGradient(
        Network<double> network, ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets, Loss loss)
    {
        _network = network;
        _parameters = new TrainingParameters<double>(network);
        _pass = new BatchPass<double>(_parameters, loss, batchSize: 1);
        _gradients = new double[_parameters.Values.Length];
        double[] features = new double[LaneMath.Pad(inputs.Length)];
        inputs.CopyTo(features);
        var row = new SampleRows<double>(features, targets, features.Length, targets.Length);
        Loss = _pass.Forward(row, [0]);
        _pass.Backward(row, [0], _gradients);
        _names = new ParameterNames(network);
        _chain = new ChainRule(network, _pass, _names, loss, inputs.ToArray(), targets.ToArray());
    }

    /// <summary>The loss of the row.</summary>
    public double Loss { get; }

    /// <summary>The network's outputs, [units].</summary>
    public double[] Outputs => _pass.GetActivations(_network.Layers.Count - 1, 0).ToArray();

    /// <summary>Runs one row forward and backward.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">[inputs].</param>
    /// <param name="targets">The target outputs, [units].</param>
    /// <param name="loss">The loss to differentiate.</param>
    /// <exception cref="ArgumentException">The inputs, targets or loss do not fit the network.</exception>
    public static NetworkGradient Compute(
        Network<double> network, ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets, Loss loss)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (inputs.Length != network.Inputs || targets.Length != network.Units)
        {
            throw new ArgumentException(
                $"The network takes {network.Inputs} inputs and gives {network.Units} outputs, "
                + $"but {inputs.Length} inputs and {targets.Length} targets were given.",
                nameof(inputs));
        }

        LossFunctions.Check(loss, network.Layers[^1].Activation);
        return new NetworkGradient(network, inputs, targets, loss);
    }

    /// <summary>
    /// Enumerates the parameters layer by layer and unit by unit: the weights of a unit, then its bias if it has one.
    /// </summary>
    public IEnumerable<ParameterGradient> GetParameters()
    {
        for (int layer = 0; layer < _network.Layers.Count; layer++)
        {
            DenseLayer<double> values = _network.Layers[layer];
            int stride = LaneMath.Pad(values.Inputs);
            for (int unit = 0; unit < values.Units; unit++)
            {
                IReadOnlyList<ChainFactor> toSum = _chain.ToSum(layer, unit);
                string z = _names.Z(layer, unit);
                for (int input = 0; input < values.Inputs; input++)
                {
                    string name = _names.Weight(layer, input, unit);
                    yield return new ParameterGradient(
                        values.Name,
                        layer,
                        input,
                        unit,
                        name,
                        values.Weights[input, unit],
                        _parameters.Weights(_gradients, layer)[(unit * stride) + input],
                        [.. toSum, new ChainFactor($"d{z}/d{name}", _chain.GetInput(layer, input))]);
                }

                if (!values.HasBiases)
                {
                    continue;
                }

                string bias = _names.Bias(layer, unit);
                yield return new ParameterGradient(
                    values.Name,
                    layer,
                    null,
                    unit,
                    bias,
                    values.Biases[unit],
                    _parameters.Biases(_gradients, layer)[unit],
                    [.. toSum, new ChainFactor($"d{z}/d{bias}", 1)]);
            }
        }
    }
}

/// <summary>The derivative of the loss of one row by one weight or bias.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Index">The index of the layer, from 0.</param>
/// <param name="Input">The index of the input that a weight multiplies, from 0; null for a bias.</param>
/// <param name="Unit">The index of the unit, from 0.</param>
/// <param name="Name">Such as <c>w21</c>.</param>
/// <param name="Value">The value of the parameter.</param>
/// <param name="Gradient">∂L/∂w or ∂L/∂b.</param>
/// <param name="Factors">
/// The factors of the chain rule, from the loss to the parameter; their product is the gradient.
/// </param>
internal sealed record ParameterGradient(
    string Layer,
    int Index,
    int? Input,
    int Unit,
    string Name,
    double Value,
    double Gradient,
    IReadOnlyList<ChainFactor> Factors);

/// <summary>One factor of the chain rule.</summary>
/// <param name="Name">Such as <c>dL/dy</c> or <c>dz_output/dw21</c>.</param>
/// <param name="Value">The value of the factor.</param>
internal readonly record struct ChainFactor(string Name, double Value);
