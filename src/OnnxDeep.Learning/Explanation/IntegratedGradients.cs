using CommunityToolkit.HighPerformance;

using OnnxDeep.Learning.Networks;

namespace OnnxDeep.Learning.Explanation;

/// <summary>
/// Distributes the difference between a network's output for a row and for a baseline over the inputs: the gradient,
/// averaged over the straight path from the baseline, times the distance. Source: Sundararajan, Taly and Yan (2017).
/// Between the points where a ReLU switches, the logits are linear, so the path is split there and not sampled blindly.
/// </summary>
public sealed class IntegratedGradients
{
    // Bisections of a segment whose parts do not add up yet, and how far they may be off.
    private const int MostBisections = 40;
    private const double Tolerance = 1e-12;

    private static readonly (double Node, double Weight)[] s_gauss =
    [
        (0.1834346424956498, 0.3626837833783620),
        (0.5255324099163290, 0.3137066458778873),
        (0.7966664774136267, 0.2223810344533745),
        (0.9602898564975363, 0.1012285362903763),
    ];

    private readonly DenseLayer<double>[] _layers;
    private readonly int _unit;
    private readonly bool _ofLogit;
    private readonly double[] _start;
    private readonly double[] _slope;
    private readonly double[][] _outputs;
    private readonly double[][] _gradients;

    private IntegratedGradients(
        IReadOnlyList<DenseLayer<double>> layers, int unit, bool ofLogit, double[] start, double[] end)
    {
        _layers = [.. layers];
        (_unit, _ofLogit) = (unit, ofLogit);
        _outputs = [.. _layers.Select(layer => new double[layer.Units])];
        _gradients = [.. _layers.Select(layer => new double[layer.Units])];
        _start = start;
        _slope = [.. end.Zip(start, (to, from) => to - from)];
    }

    /// <summary>Computes the contribution of each input.</summary>
    /// <param name="network">The network.</param>
    /// <param name="inputs">[inputs].</param>
    /// <param name="baseline">[inputs]: the row to compare with.</param>
    /// <param name="unit">The output to explain.</param>
    /// <param name="ofLogit">Whether to explain the output before its activation, the logit.</param>
    /// <param name="cancellationToken">Cancels the computation.</param>
    /// <exception cref="ArgumentException">The inputs or the unit do not fit the network.</exception>
    public static Attribution Compute(
        Network<double> network,
        ReadOnlySpan<double> inputs,
        ReadOnlySpan<double> baseline,
        int unit,
        bool ofLogit = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(network);
        if (inputs.Length != network.Inputs || baseline.Length != network.Inputs)
        {
            throw new ArgumentException(
                $"The network takes {network.Inputs} inputs, but {inputs.Length} inputs and a baseline of "
                + $"{baseline.Length} were given.",
                nameof(inputs));
        }

        double[] start = new double[network.Layers[0].Units];
        double[] end = new double[start.Length];
        Sum(network.Layers[0], baseline, start);
        Sum(network.Layers[0], inputs, end);
        Attribution units = ComputeGradients(network.Layers, start, end, unit, ofLogit, cancellationToken);
        ReadOnlySpan2D<double> weights = network.Layers[0].Weights;
        double[] contributions = new double[inputs.Length];
        for (int i = 0; i < contributions.Length; i++)
        {
            double gradient = 0;
            for (int u = 0; u < start.Length; u++)
            {
                gradient += weights[i, u] * units.Contributions[u];
            }

            contributions[i] = (inputs[i] - baseline[i]) * gradient;
        }

        return units with { Contributions = contributions };
    }

    /// <summary>
    /// Computes the gradients of the first layer's weighted sums, averaged over the path: whatever adds s to the sums
    /// contributes its product with them.
    /// </summary>
    /// <param name="layers">The layers; the weights of the first do not matter.</param>
    /// <param name="start">[units of the first layer]: its weighted sums for the baseline.</param>
    /// <param name="end">[units of the first layer]: those for the row.</param>
    /// <param name="unit">The output to explain.</param>
    /// <param name="ofLogit">Whether to explain the output before its activation, the logit.</param>
    /// <param name="cancellationToken">Cancels the computation.</param>
    /// <returns>One gradient for each unit of the first layer.</returns>
    public static Attribution ComputeGradients(
        IReadOnlyList<DenseLayer<double>> layers,
        double[] start,
        double[] end,
        int unit,
        bool ofLogit = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)unit, (uint)layers[^1].Units, nameof(unit));
        var path = new IntegratedGradients(layers, unit, ofLogit, start, end);
        return new Attribution(path.Integrate(cancellationToken), path.Run(1), path.Run(0));
    }

    // The mean of ∂f/∂z over the path, for the units of the first layer: the rest of the path is the same for all
    // inputs of a unit.
    private double[] Integrate(CancellationToken cancellationToken)
    {
        double[] sums = new double[_start.Length];
        List<double> points = FindSwitches();
        for (int i = 1; i < points.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            Integrate(points[i - 1], points[i], MostBisections, sums);
        }

        return sums;
    }

    private void Integrate(double from, double to, int bisections, double[] sums)
    {
        double[] part = new double[sums.Length];
        double half = (to - from) / 2;
        double middle = from + half;
        foreach ((double node, double weight) in s_gauss)
        {
            AddGradient(middle - (half * node), weight * half, part);
            AddGradient(middle + (half * node), weight * half, part);
        }

        double difference = Run(to) - Run(from);
        double size = 1;
        for (int u = 0; u < part.Length; u++)
        {
            difference -= part[u] * _slope[u];
            size += Math.Abs(part[u] * _slope[u]);
        }

        if (Math.Abs(difference) > Tolerance * size && bisections > 0)
        {
            Integrate(from, middle, bisections - 1, sums);
            Integrate(middle, to, bisections - 1, sums);
            return;
        }

        for (int u = 0; u < part.Length; u++)
        {
            sums[u] += part[u];
        }
    }

    // The points of the path, from 0 to 1, where a ReLU switches.
    private List<double> FindSwitches()
    {
        var points = new List<double> { 0, 1 };
        for (int layer = 0; layer < _layers.Length - 1 && _layers[layer].Activation == Activation.ReLU; layer++)
        {
            var switches = new List<double>();
            double[] before = SumAt(points[0], layer);
            for (int i = 1; i < points.Count; i++)
            {
                double[] after = SumAt(points[i], layer);
                for (int u = 0; u < after.Length; u++)
                {
                    if (before[u] < 0 != after[u] < 0)
                    {
                        double share = before[u] / (before[u] - after[u]);
                        switches.Add(points[i - 1] + (share * (points[i] - points[i - 1])));
                    }
                }

                before = after;
            }

            points = [.. points.Concat(switches).Where(point => point is >= 0 and <= 1).Distinct().Order()];
        }

        return points;
    }

    // The weighted sums of a layer, before its activation.
    private double[] SumAt(double point, int layer)
    {
        Run(point);
        double[] sums = new double[_layers[layer].Units];
        if (layer == 0)
        {
            MoveTo(point, sums);
        }
        else
        {
            Sum(_layers[layer], _outputs[layer - 1], sums);
        }

        return sums;
    }

    // The output at a point of the path; the outputs of all layers stay in the buffers.
    private double Run(double point)
    {
        for (int i = 0; i < _layers.Length; i++)
        {
            if (i == 0)
            {
                MoveTo(point, _outputs[0]);
            }
            else
            {
                Sum(_layers[i], _outputs[i - 1], _outputs[i]);
            }

            if (i < _layers.Length - 1 || !_ofLogit)
            {
                ActivationFunctions.Apply(_layers[i].Activation, _outputs[i].AsSpan());
            }
        }

        return _outputs[^1][_unit];
    }

    private void AddGradient(double point, double weight, double[] sums)
    {
        Run(point);
        _gradients[^1].AsSpan().Clear();
        _gradients[^1][_unit] = 1;
        for (int i = _layers.Length - 1; i >= 0; i--)
        {
            if (i < _layers.Length - 1 || !_ofLogit)
            {
                ActivationFunctions.Backward<double>(_layers[i].Activation, _outputs[i], _gradients[i]);
            }

            for (int input = 0; i > 0 && input < _layers[i].Inputs; input++)
            {
                double sum = 0;
                for (int u = 0; u < _layers[i].Units; u++)
                {
                    sum += _gradients[i][u] * _layers[i].Weights[input, u];
                }

                _gradients[i - 1][input] = sum;
            }
        }

        for (int u = 0; u < sums.Length; u++)
        {
            sums[u] += weight * _gradients[0][u];
        }
    }

    private void MoveTo(double point, Span<double> sums)
    {
        for (int u = 0; u < sums.Length; u++)
        {
            sums[u] = _start[u] + (point * _slope[u]);
        }
    }

    private static void Sum(DenseLayer<double> layer, ReadOnlySpan<double> inputs, Span<double> sums)
    {
        layer.Biases.CopyTo(sums);
        ReadOnlySpan2D<double> weights = layer.Weights;
        for (int i = 0; i < inputs.Length; i++)
        {
            ReadOnlySpan<double> row = weights.GetRowSpan(i);
            for (int u = 0; u < row.Length; u++)
            {
                sums[u] += inputs[i] * row[u];
            }
        }
    }
}

/// <summary>The contributions of a network's inputs to one of its outputs.</summary>
/// <param name="Contributions">[inputs]; they add up to the difference of the outputs.</param>
/// <param name="Output">The output for the row.</param>
/// <param name="BaselineOutput">The output for the baseline.</param>
public sealed record Attribution(double[] Contributions, double Output, double BaselineOutput);
