using System.Numerics;

using OnnxDeep.Learning.Metrics;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Training;

/// <summary>What training minimizes: the mean of this loss over the rows of a batch.</summary>
public enum Loss
{
    /// <summary>-(y·ln p + (1-y)·ln(1-p)), from the logits of sigmoid outputs; mean over the outputs.</summary>
    BinaryCrossEntropy,

    /// <summary>-Σ y·ln p, from the logits of softmax outputs.</summary>
    CategoricalCrossEntropy,

    /// <summary>(y - ŷ)², mean over the outputs.</summary>
    MeanSquaredError,

    /// <summary>½(y - ŷ)², summed over the outputs: the loss of the notebook, with the derivative ŷ - y.</summary>
    HalfSquaredError,

    /// <summary>|y - ŷ|, mean over the outputs; its derivative at 0 is 0.</summary>
    MeanAbsoluteError,
}

/// <summary>The losses of one row and their derivatives.</summary>
internal static class LossFunctions
{
    private const double SmallestProbability = 1e-6;

    /// <summary>Checks that the last activation gives the probabilities that a cross-entropy needs.</summary>
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
                $"{loss} needs {activation} in the last layer, which has {output}. "
                + $"Change the activation, or use {Loss.MeanSquaredError}.");
        }
    }

    /// <summary>The loss of one row.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="z">The logits, before the activation.</param>
    /// <param name="a">The outputs, after it.</param>
    /// <param name="y">The targets.</param>
    public static double Value<T>(Loss loss, ReadOnlySpan<T> z, ReadOnlySpan<T> a, ReadOnlySpan<T> y)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        double sum = 0;
        switch (loss)
        {
            case Loss.BinaryCrossEntropy:
                for (int i = 0; i < z.Length; i++)
                {
                    sum += LogLoss.OfLogit(Wide(z[i]), Wide(y[i]));
                }

                return sum / z.Length;
            case Loss.CategoricalCrossEntropy:
                double largest = Wide(z[0]);
                foreach (T logit in z)
                {
                    largest = Math.Max(largest, Wide(logit));
                }

                double exponentials = 0;
                double weighted = 0;
                double targets = 0;
                for (int i = 0; i < z.Length; i++)
                {
                    exponentials += DeterministicMath.Exp(Wide(z[i]) - largest);
                    weighted += Wide(y[i]) * (Wide(z[i]) - largest);
                    targets += Wide(y[i]);
                }

                return (targets * DeterministicMath.Log(exponentials)) - weighted;
            case Loss.MeanAbsoluteError:
                for (int i = 0; i < a.Length; i++)
                {
                    sum += Math.Abs(Wide(a[i]) - Wide(y[i]));
                }

                return sum / a.Length;
            default:
                for (int i = 0; i < a.Length; i++)
                {
                    double error = Wide(a[i]) - Wide(y[i]);
                    sum += error * error;
                }

                return loss == Loss.MeanSquaredError ? sum / a.Length : sum / 2;
        }
    }

    /// <summary>
    /// The loss of one row of outputs, without their logits. Probabilities below one in a million cost no more: one
    /// confident mistake must not outweigh all other rows.
    /// </summary>
    /// <param name="loss">The loss.</param>
    /// <param name="a">The outputs.</param>
    /// <param name="y">The targets.</param>
    public static double OfOutputs(Loss loss, ReadOnlySpan<float> a, ReadOnlySpan<float> y)
    {
        if (loss is not (Loss.BinaryCrossEntropy or Loss.CategoricalCrossEntropy))
        {
            return Value(loss, a, a, y);
        }

        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            double p = Math.Clamp(a[i], SmallestProbability, 1 - SmallestProbability);
            sum -= y[i] * DeterministicMath.Log(p);
            sum -= loss == Loss.BinaryCrossEntropy ? (1 - y[i]) * DeterministicMath.Log(1 - p) : 0;
        }

        return loss == Loss.BinaryCrossEntropy ? sum / a.Length : sum;
    }

    /// <summary>∂L/∂z of the output layer for one row, multiplied by <paramref name="scale"/>.</summary>
    public static void Delta<T>(
        Loss loss, Activation output, ReadOnlySpan<T> a, ReadOnlySpan<T> y, T scale, Span<T> delta)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        if (loss is Loss.BinaryCrossEntropy or Loss.MeanAbsoluteError)
        {
            scale /= T.CreateTruncating(a.Length);
        }
        else if (loss == Loss.MeanSquaredError)
        {
            scale *= T.CreateTruncating(2) / T.CreateTruncating(a.Length);
        }

        T weight = T.One;
        if (loss == Loss.CategoricalCrossEntropy)
        {
            // Σy; 1 for one-hot targets.
            weight = T.Zero;
            foreach (T target in y)
            {
                weight += target;
            }
        }

        for (int i = 0; i < a.Length; i++)
        {
            T error = (a[i] * weight) - y[i];
            delta[i] = (loss == Loss.MeanAbsoluteError ? Sign(error) : error) * scale;
        }

        // For the cross-entropies the formula above is ∂L/∂z, since the activation's derivative cancels.
        if (IsOfOutputs(loss))
        {
            ActivationFunctions.Backward(output, a, delta);
        }
    }

    /// <summary>
    /// ∂L/∂a of the output layer for one row, the first factor of the chain rule. The categorical cross-entropy has
    /// no such factor, since each softmax output depends on every z.
    /// </summary>
    public static void OutputGradient(
        Loss loss, ReadOnlySpan<double> a, ReadOnlySpan<double> y, Span<double> gradient)
    {
        // For a linear output ∂L/∂z is ∂L/∂a.
        Delta(loss, Activation.Linear, a, y, 1, gradient);
        for (int i = 0; loss == Loss.BinaryCrossEntropy && i < a.Length; i++)
        {
            gradient[i] /= a[i] * (1 - a[i]);
        }
    }

    private static bool IsOfOutputs(Loss loss) =>
        loss is Loss.MeanSquaredError or Loss.HalfSquaredError or Loss.MeanAbsoluteError;

    // NaN stays NaN, so that training notices it.
    private static T Sign<T>(T value)
        where T : struct, IBinaryFloatingPointIeee754<T> =>
        value > T.Zero ? T.One : value < T.Zero ? -T.One : value;

    private static double Wide<T>(T value)
        where T : struct, IBinaryFloatingPointIeee754<T> =>
        double.CreateTruncating(value);
}
