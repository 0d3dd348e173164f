using OnnxDeep.Networks;
using OnnxDeep.Numerics;

namespace OnnxDeep.Training;

/// <summary>Losses of one row and their derivatives by the output layer's z.</summary>
internal static class LossFunctions
{
    /// <summary>Refuses a cross-entropy over outputs that are no probabilities of its kind.</summary>
    public static void Check(Loss loss, Activation output)
    {
        Activation? needed = loss switch
        {
            Loss.BinaryCrossEntropy => Activation.Sigmoid,
            Loss.CategoricalCrossEntropy => Activation.Softmax,
            _ => null,
        };
        if (needed is Activation activation && activation != output)
        {
            throw new ArgumentException(
                $"{loss} needs a last layer with {activation}, but it has {output}. "
                + $"Change the activation, or train with {Loss.MeanSquaredError}.",
                nameof(output));
        }
    }

    /// <summary>The loss of one row.</summary>
    /// <param name="loss">Which.</param>
    /// <param name="z">The logits, before the activation.</param>
    /// <param name="a">The outputs, after it.</param>
    /// <param name="y">The targets.</param>
    public static double Value(Loss loss, ReadOnlySpan<float> z, ReadOnlySpan<float> a, ReadOnlySpan<float> y)
    {
        double sum = 0;
        switch (loss)
        {
            case Loss.BinaryCrossEntropy:
                for (int i = 0; i < z.Length; i++)
                {
                    // max(z, 0) - z·y + ln(1 + e^-|z|): exact where p rounds to 0 or 1.
                    sum += Math.Max(z[i], 0) - ((double)z[i] * y[i])
                        + DeterministicMath.Log1P(DeterministicMath.Exp(-Math.Abs((double)z[i])));
                }

                return sum / z.Length;
            case Loss.CategoricalCrossEntropy:
                double largest = z[0];
                foreach (float logit in z)
                {
                    largest = Math.Max(largest, logit);
                }

                double exponentials = 0;
                double weighted = 0;
                double targets = 0;
                for (int i = 0; i < z.Length; i++)
                {
                    exponentials += DeterministicMath.Exp(z[i] - largest);
                    weighted += y[i] * (z[i] - largest);
                    targets += y[i];
                }

                return (targets * DeterministicMath.Log(exponentials)) - weighted;
            default:
                for (int i = 0; i < a.Length; i++)
                {
                    double error = (double)a[i] - y[i];
                    sum += error * error;
                }

                return loss == Loss.MeanSquaredError ? sum / a.Length : sum / 2;
        }
    }

    /// <summary>∂L/∂z of one row, times <paramref name="scale"/>.</summary>
    public static void Delta(
        Loss loss, Activation output, ReadOnlySpan<float> a, ReadOnlySpan<float> y, float scale, Span<float> delta)
    {
        if (loss == Loss.BinaryCrossEntropy)
        {
            scale /= a.Length;
        }
        else if (loss == Loss.MeanSquaredError)
        {
            scale *= 2f / a.Length;
        }

        float weight = 1;
        if (loss == Loss.CategoricalCrossEntropy)
        {
            // Σy, which is 1 for one-hot targets.
            weight = 0;
            foreach (float target in y)
            {
                weight += target;
            }
        }

        for (int i = 0; i < a.Length; i++)
        {
            delta[i] = ((a[i] * weight) - y[i]) * scale;
        }

        // The cross-entropies were differentiated by z at once: the activation's derivative cancels.
        if (loss is Loss.MeanSquaredError or Loss.HalfSquaredError)
        {
            ActivationFunctions.Backward(output, a, delta);
        }
    }
}
