using System.Runtime.Intrinsics;

using OnnxDeep.Numerics;

namespace OnnxDeep.Networks;

/// <summary>The activations and their derivatives over one row of units.</summary>
internal static class ActivationFunctions
{
    /// <summary>a = f(z), in place.</summary>
    public static void Apply(Activation activation, Span<float> row)
    {
        switch (activation)
        {
            case Activation.Sigmoid:
                LaneMath.Apply<SigmoidFunction>(row, row);
                break;
            case Activation.ReLU:
                LaneMath.Apply<ReLUFunction>(row, row);
                break;
            case Activation.Tanh:
                LaneMath.Apply<TanhFunction>(row, row);
                break;
            case Activation.Softmax:
                Softmax(row);
                break;
        }
    }

    /// <summary>a = f(z) over rows of whole lanes, in place; the padding stays zero.</summary>
    /// <param name="activation">f.</param>
    /// <param name="rows">[rows, stride].</param>
    /// <param name="units">The numbers of a row that count.</param>
    /// <param name="stride">The padded length of a row.</param>
    public static void ApplyPadded(Activation activation, Span<float> rows, int units, int stride)
    {
        if (activation != Activation.Softmax)
        {
            Apply(activation, rows);
        }

        for (int start = 0; start < rows.Length; start += stride)
        {
            if (activation == Activation.Softmax)
            {
                Softmax(rows.Slice(start, units));
            }
            else if (activation == Activation.Sigmoid)
            {
                // The sigmoid of the padding is one half, and would train the padding of the next layer's weights.
                rows[(start + units)..(start + stride)].Clear();
            }
        }
    }

    /// <summary>Turns ∂L/∂a into ∂L/∂z in place, given a = f(z).</summary>
    public static void Backward(Activation activation, ReadOnlySpan<float> a, Span<float> gradient)
    {
        switch (activation)
        {
            case Activation.Sigmoid:
                for (int i = 0; i < a.Length; i++)
                {
                    gradient[i] *= a[i] * (1 - a[i]);
                }

                break;
            case Activation.ReLU:
                for (int i = 0; i < a.Length; i++)
                {
                    gradient[i] = a[i] > 0 ? gradient[i] : 0;
                }

                break;
            case Activation.Tanh:
                for (int i = 0; i < a.Length; i++)
                {
                    gradient[i] *= 1 - (a[i] * a[i]);
                }

                break;
            case Activation.Softmax:
                float mean = 0;
                for (int i = 0; i < a.Length; i++)
                {
                    mean += gradient[i] * a[i];
                }

                for (int i = 0; i < a.Length; i++)
                {
                    gradient[i] = a[i] * (gradient[i] - mean);
                }

                break;
        }
    }

    private static void Softmax(Span<float> row)
    {
        float largest = row[0];
        foreach (float z in row)
        {
            largest = Math.Max(largest, z);
        }

        // Without the largest logit as origin e^z leaves the range of a float at 89.
        for (int i = 0; i < row.Length; i++)
        {
            row[i] -= largest;
        }

        LaneMath.Apply<ExpFunction>(row, row);
        float sum = 0;
        foreach (float e in row)
        {
            sum += e;
        }

        for (int i = 0; i < row.Length; i++)
        {
            row[i] /= sum;
        }
    }

    private readonly struct SigmoidFunction : ILaneFunction
    {
        public static Vector256<float> Invoke(Vector256<float> x) => LaneMath.Sigmoid(x);
    }

    private readonly struct TanhFunction : ILaneFunction
    {
        public static Vector256<float> Invoke(Vector256<float> x) => LaneMath.Tanh(x);
    }

    private readonly struct ReLUFunction : ILaneFunction
    {
        public static Vector256<float> Invoke(Vector256<float> x) => Vector256.Max(x, Vector256<float>.Zero);
    }

    private readonly struct ExpFunction : ILaneFunction
    {
        public static Vector256<float> Invoke(Vector256<float> x) => LaneMath.Exp(x);
    }
}
