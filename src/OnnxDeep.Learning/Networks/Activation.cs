using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Networks;

/// <summary>The function that a layer applies to its weighted sums z.</summary>
public enum Activation
{
    /// <summary>z itself.</summary>
    Linear,

    /// <summary>1 / (1 + e⁻ᶻ), from 0 to 1.</summary>
    Sigmoid,

    /// <summary>max(0, z).</summary>
    ReLU,

    /// <summary>tanh z, from -1 to 1.</summary>
    Tanh,

    /// <summary>eᶻ / Σ eᶻ over the units of the layer: probabilities that add up to 1.</summary>
    Softmax,
}

/// <summary>The activations and their derivatives over a row of units, of float or double.</summary>
internal static class ActivationFunctions
{
    /// <summary>a = f(z), in place.</summary>
    public static void Apply<T>(Activation activation, Span<T> row)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        if (activation == Activation.Softmax)
        {
            Softmax(row);
        }
        else if (typeof(T) == typeof(float))
        {
            ApplyLanes(activation, MemoryMarshal.Cast<T, float>(row));
        }
        else
        {
            foreach (ref double z in MemoryMarshal.Cast<T, double>(row))
            {
                z = Apply(activation, z);
            }
        }
    }

    /// <summary>a = f(z) over padded rows, in place; the padding stays zero.</summary>
    /// <param name="activation">f.</param>
    /// <param name="rows">[rows, stride].</param>
    /// <param name="units">The length of a row without its padding.</param>
    /// <param name="stride">The padded length of a row.</param>
    public static void ApplyPadded<T>(Activation activation, Span<T> rows, int units, int stride)
        where T : struct, IBinaryFloatingPointIeee754<T>
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
                // The sigmoid of the padding is ½, which would train the padding of the next layer's weights.
                rows[(start + units)..(start + stride)].Clear();
            }
        }
    }

    /// <summary>Turns ∂L/∂a into ∂L/∂z in place, given a = f(z).</summary>
    public static void Backward<T>(Activation activation, ReadOnlySpan<T> a, Span<T> gradient)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        switch (activation)
        {
            case Activation.Sigmoid:
                for (int i = 0; i < a.Length; i++)
                {
                    gradient[i] *= a[i] * (T.One - a[i]);
                }

                break;
            case Activation.ReLU:
                for (int i = 0; i < a.Length; i++)
                {
                    gradient[i] = a[i] > T.Zero ? gradient[i] : T.Zero;
                }

                break;
            case Activation.Tanh:
                for (int i = 0; i < a.Length; i++)
                {
                    gradient[i] *= T.One - (a[i] * a[i]);
                }

                break;
            case Activation.Softmax:
                T mean = T.Zero;
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

    private static void Softmax<T>(Span<T> row)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        T largest = row[0];
        foreach (T z in row)
        {
            largest = T.Max(largest, z);
        }

        // e^z overflows a float from z = 89 on; subtracting the largest logit prevents it.
        for (int i = 0; i < row.Length; i++)
        {
            row[i] -= largest;
        }

        Exp(row);
        T sum = T.Zero;
        foreach (T e in row)
        {
            sum += e;
        }

        for (int i = 0; i < row.Length; i++)
        {
            row[i] /= sum;
        }
    }

    private static void Exp<T>(Span<T> row)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            Span<float> lanes = MemoryMarshal.Cast<T, float>(row);
            LaneMath.Apply<ExpFunction>(lanes, lanes);
            return;
        }

        foreach (ref double z in MemoryMarshal.Cast<T, double>(row))
        {
            z = DeterministicMath.Exp(z);
        }
    }

    private static void ApplyLanes(Activation activation, Span<float> row)
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
        }
    }

    private static double Apply(Activation activation, double z) => activation switch
    {
        Activation.Sigmoid => 1 / (1 + DeterministicMath.Exp(-z)),
        Activation.ReLU => Math.Max(z, 0),
        Activation.Tanh => DeterministicMath.Tanh(z),
        _ => z,
    };

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
