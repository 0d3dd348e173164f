using OnnxDeep.Learning.Networks;
using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Training;

/// <summary>
/// Splits ∂L/∂z of a unit, one number in backpropagation, into the factors of the chain rule. If several paths lead
/// from the loss to a unit, their sum ∂L/∂a is one factor.
/// </summary>
internal sealed class ChainRule(
    Network<double> network,
    BatchPass<double> pass,
    ParameterNames names,
    Loss loss,
    double[] inputs,
    double[] targets)
{
    // A chain through more layers is shown from here on as one factor: nobody reads it, and to list it for each of its
    // parameters would take memory that grows with the square of the layers.
    private const int MostLinks = 64;

    private readonly int _last = network.Layers.Count - 1;

    /// <summary>The value of a layer's input for this row, which is ∂z/∂w of its weights.</summary>
    public double GetInput(int layer, int input) =>
        layer == 0 ? inputs[input] : pass.GetActivations(layer - 1, 0)[input];

    /// <summary>The factors of ∂L/∂z of one unit, starting at the loss.</summary>
    public IReadOnlyList<ChainFactor> ToSum(int layer, int unit)
    {
        var whole = new ChainFactor($"dL/d{names.Z(layer, unit)}", pass.GetDeltas(layer, 0)[unit]);

        // Each softmax output depends on every z of its layer.
        if (network.Layers[layer].Activation == Activation.Softmax)
        {
            return [whole];
        }

        List<ChainFactor> factors = ToActivation(layer, unit);
        double slope = Slope(layer, unit);
        factors.Add(new ChainFactor($"d{names.A(layer, unit)}/d{names.Z(layer, unit)}", slope));

        // ∂L/∂y is infinite if a sigmoid saturates at 0 or 1.
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
        if (next.Units == 1 && _last - layer <= MostLinks)
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
