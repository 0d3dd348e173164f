using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Training;

/// <summary>Backpropagation of one row, laid open: the pass that trains, in double precision.</summary>
public sealed class NetworkGradient
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

    /// <summary>The network's answer, [units].</summary>
    public double[] Outputs => _pass.GetActivations(_network.Layers.Count - 1, 0).ToArray();

    /// <summary>Runs one row forward and backward.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">[inputs].</param>
    /// <param name="targets">What the network should have answered, [units].</param>
    /// <param name="loss">What is differentiated.</param>
    /// <exception cref="ArgumentException">Inputs, targets, outputs and loss do not fit each other.</exception>
    public static NetworkGradient Compute(
        Network<double> network, ReadOnlySpan<double> inputs, ReadOnlySpan<double> targets, Loss loss)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (inputs.Length != network.Inputs || targets.Length != network.Units)
        {
            throw new ArgumentException(
                $"{inputs.Length} inputs and {targets.Length} targets were given "
                + $"to a network that takes {network.Inputs} "
                + $"and gives {network.Units}.",
                nameof(inputs));
        }

        LossFunctions.Check(loss, network.Layers[^1].Activation);
        return new NetworkGradient(network, inputs, targets, loss);
    }

    /// <summary>Every parameter: layer by layer, for each unit its weights, then its bias.</summary>
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

/// <summary>How the loss of one row changes with one weight or bias.</summary>
/// <param name="Layer">The layer's name.</param>
/// <param name="Index">The layer's number, from 0.</param>
/// <param name="Input">The input that a weight multiplies, from 0; null for a bias.</param>
/// <param name="Unit">The unit that it belongs to, from 0.</param>
/// <param name="Name">Such as <c>w21</c>.</param>
/// <param name="Value">The parameter's own number.</param>
/// <param name="Gradient">∂L/∂w or ∂L/∂b.</param>
/// <param name="Factors">
/// The factors of the chain rule, from the loss to the parameter; their product is the gradient.
/// </param>
public sealed record ParameterGradient(
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
/// <param name="Value">Its number.</param>
public readonly record struct ChainFactor(string Name, double Value);
