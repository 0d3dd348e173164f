using OnnxDeep.Learning.Networks;
using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Training;

/// <summary>
/// Splits ∂L/∂z of a unit, which backpropagation carries as one number, into the factors that it is made of. Where
/// several ways lead from the loss to a unit, ∂L/∂a is one factor: the sum over them.
/// </summary>
internal sealed class ChainRule(
    Network<double> network,
    BatchPass<double> pass,
    ParameterNames names,
    Loss loss,
    double[] inputs,
    double[] targets)
{
    private readonly int _last = network.Layers.Count - 1;

    /// <summary>What an input of a layer was for this row: ∂z/∂w of its weights.</summary>
    public double GetInput(int layer, int input) =>
        layer == 0 ? inputs[input] : pass.GetActivations(layer - 1, 0)[input];

    /// <summary>The factors of ∂L/∂z of one unit, from the loss on.</summary>
    public IReadOnlyList<ChainFactor> ToSum(int layer, int unit)
    {
        var whole = new ChainFactor($"dL/d{names.Z(layer, unit)}", pass.GetDeltas(layer, 0)[unit]);

        // Each softmax output depends on every z of its layer, and ∂L/∂y has no finite number where a sigmoid is full.
        if (network.Layers[layer].Activation == Activation.Softmax)
        {
            return [whole];
        }

        List<ChainFactor> factors = ToActivation(layer, unit);
        double slope = Slope(layer, unit);
        factors.Add(new ChainFactor($"d{names.A(layer, unit)}/d{names.Z(layer, unit)}", slope));
        return factors.All(factor => double.IsFinite(factor.Value)) ? factors : [whole];
    }

    private List<ChainFactor> ToActivation(int layer, int unit)
    {
        string a = names.A(layer, unit);
        if (layer == _last)
        {
            double[] gradient = new double[targets.Length];
            LossFunctions.OutputGradient(loss, pass.GetActivations(layer, 0), targets, gradient);
            return [new ChainFactor($"dL/d{a}", gradient[unit])];
        }

        DenseLayer<double> next = network.Layers[layer + 1];
        if (next.Units == 1)
        {
            return
            [
                .. ToSum(layer + 1, 0),
                new ChainFactor($"d{names.Z(layer + 1, 0)}/d{a}", next.Weights[unit, 0]),
            ];
        }

        double[] sums = new double[LaneMath.Pad(next.Inputs)];
        DenseKernels.BackwardInputs(pass.GetDeltas(layer + 1, 0), next.Packed, sums);
        return [new ChainFactor($"dL/d{a}", sums[unit])];
    }

    private double Slope(int layer, int unit)
    {
        ReadOnlySpan<double> a = pass.GetActivations(layer, 0).Slice(unit, 1);
        Span<double> slope = [1.0];
        ActivationFunctions.Backward(network.Layers[layer].Activation, a, slope);
        return slope[0];
    }
}
