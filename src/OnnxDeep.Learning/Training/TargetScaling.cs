using OnnxDeep.Learning.Networks;

namespace OnnxDeep.Learning.Training;

/// <summary>
/// Scales a numeric target to mean 0 and standard deviation 1 for the training, and back in the last layer of the
/// trained network, so that a file needs no nodes for it.
/// </summary>
/// <param name="Mean">The mean of the training rows.</param>
/// <param name="Scale">Their standard deviation; 1 if they are equal.</param>
internal sealed record TargetScaling(double Mean, double Scale)
{
    // Rounding the outputs then adds less than a thousandth of the spread.
    private const double LeastSteps = 256;

    /// <summary>Computes the mean and standard deviation of targets.</summary>
    /// <param name="targets">At least one, all finite as 32-bit floats.</param>
    public static TargetScaling Of(ReadOnlySpan<double> targets)
    {
        double sum = 0;
        foreach (double target in targets)
        {
            sum += target;
        }

        double mean = sum / targets.Length;
        double squares = 0;
        foreach (double target in targets)
        {
            squares += (target - mean) * (target - mean);
        }

        double scale = Math.Sqrt(squares / targets.Length);
        return targets.ContainsAnyExcept(targets[0]) && scale > 0
            ? new TargetScaling(mean, scale)
            : new TargetScaling(targets[0], 1);
    }

    /// <summary>
    /// Checks that 32-bit floats, the outputs of a model, can tell targets apart: near the largest one they are in
    /// steps, which have to be small beside the standard deviation.
    /// </summary>
    /// <exception cref="OnnxDeepException">They cannot.</exception>
    public void Check(ReadOnlySpan<double> targets)
    {
        double largest = 0;
        foreach (double target in targets)
        {
            largest = Math.Max(largest, Math.Abs(target));
        }

        float output = (float)largest;
        double step = MathF.BitIncrement(output) - (double)output;
        if (!(step * LeastSteps <= Scale))
        {
            throw new OnnxDeepException(
                ErrorIds.TargetTooFine,
                FormattableString.Invariant($"The target has values as large as {largest:G9}, where the 32-bit ")
                + FormattableString.Invariant($"floats of a model are in steps of {step:G3}, and its standard ")
                + FormattableString.Invariant($"deviation is only {Scale:G3}: predictions would be rounded too ")
                + FormattableString.Invariant($"coarsely. Subtract a constant such as {Mean:G6} from the target, ")
                + "and add it to the predictions.");
        }
    }

    /// <summary>Scales targets, [rows, 1].</summary>
    public float[,] Apply(ReadOnlySpan<double> targets)
    {
        float[,] scaled = new float[targets.Length, 1];
        for (int row = 0; row < targets.Length; row++)
        {
            scaled[row, 0] = (float)((targets[row] - Mean) / Scale);
        }

        return scaled;
    }

    /// <summary>Lets a network that was trained on scaled targets predict the targets themselves.</summary>
    /// <param name="network">A network with a linear last layer.</param>
    /// <exception cref="ArgumentException">The last layer is not linear.</exception>
    public Network<float> Fold(Network<float> network)
    {
        Activation activation = network.Layers[^1].Activation;
        return activation != Activation.Linear
            ? throw new ArgumentException(
                $"The last layer has the activation {activation}; only a linear one can be scaled back.",
                nameof(network))
            : network.ScaleLogits(Scale, Mean);
    }
}
