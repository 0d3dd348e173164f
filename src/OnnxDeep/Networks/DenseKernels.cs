using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

using CommunityToolkit.HighPerformance;

using OnnxDeep.Numerics;

namespace OnnxDeep.Networks;

/// <summary>
/// The three products of a dense layer. Rows are padded with zeros to whole lanes; weights are packed
/// [units, padded inputs]. Every sum has one order (lane by lane over the inputs, sample by sample over a batch), however
/// the loops are blocked, and no product is fused with its sum: that fixes the bits on every machine.
/// </summary>
internal static class DenseKernels
{
    private const int Width = LaneMath.Width;

    /// <summary>Turns [inputs, units] into [units, padded inputs].</summary>
    public static float[] Pack(ReadOnlySpan2D<float> weights)
    {
        float[] packed = new float[weights.Width * LaneMath.Pad(weights.Height)];
        Pack(weights, packed);
        return packed;
    }

    /// <summary>Turns [inputs, units] into [units, padded inputs].</summary>
    public static void Pack(ReadOnlySpan2D<float> weights, Span<float> packed)
    {
        int stride = LaneMath.Pad(weights.Height);
        packed.Clear();
        for (int i = 0; i < weights.Height; i++)
        {
            for (int u = 0; u < weights.Width; u++)
            {
                packed[(u * stride) + i] = weights[i, u];
            }
        }
    }

    /// <summary>Turns [units, padded inputs] back into [inputs, units].</summary>
    public static void Unpack(ReadOnlySpan<float> packed, Span2D<float> weights)
    {
        int stride = LaneMath.Pad(weights.Height);
        for (int i = 0; i < weights.Height; i++)
        {
            for (int u = 0; u < weights.Width; u++)
            {
                weights[i, u] = packed[(u * stride) + i];
            }
        }
    }

    /// <summary>z[u] = b[u] + Σᵢ x[i]·W[u, i] for one padded row.</summary>
    public static void Forward(
        ReadOnlySpan<float> x, ReadOnlySpan<float> packed, ReadOnlySpan<float> biases, Span<float> z)
    {
        int stride = x.Length;
        ref float xs = ref MemoryMarshal.GetReference(x);
        int u = 0;
        for (; u <= biases.Length - 4; u += 4)
        {
            ref float w = ref MemoryMarshal.GetReference(packed.Slice(u * stride, 4 * stride));
            Vector256<float> s0 = default, s1 = default, s2 = default, s3 = default;
            for (nuint i = 0; i < (nuint)stride; i += Width)
            {
                Vector256<float> lane = Vector256.LoadUnsafe(ref xs, i);
                s0 += lane * Vector256.LoadUnsafe(ref w, i);
                s1 += lane * Vector256.LoadUnsafe(ref w, i + (nuint)stride);
                s2 += lane * Vector256.LoadUnsafe(ref w, i + (2 * (nuint)stride));
                s3 += lane * Vector256.LoadUnsafe(ref w, i + (3 * (nuint)stride));
            }

            z[u] = LaneMath.Sum(s0) + biases[u];
            z[u + 1] = LaneMath.Sum(s1) + biases[u + 1];
            z[u + 2] = LaneMath.Sum(s2) + biases[u + 2];
            z[u + 3] = LaneMath.Sum(s3) + biases[u + 3];
        }

        for (; u < biases.Length; u++)
        {
            ref float w = ref MemoryMarshal.GetReference(packed.Slice(u * stride, stride));
            Vector256<float> sum = default;
            for (nuint i = 0; i < (nuint)stride; i += Width)
            {
                sum += Vector256.LoadUnsafe(ref xs, i) * Vector256.LoadUnsafe(ref w, i);
            }

            z[u] = LaneMath.Sum(sum) + biases[u];
        }
    }

    /// <summary>∂L/∂x[i] = Σᵤ δ[u]·W[u, i] for one row; <paramref name="gradient"/> is padded.</summary>
    public static void BackwardInputs(ReadOnlySpan<float> delta, ReadOnlySpan<float> packed, Span<float> gradient)
    {
        int stride = gradient.Length;
        ref float w = ref MemoryMarshal.GetReference(packed[..(delta.Length * stride)]);
        ref float g = ref MemoryMarshal.GetReference(gradient);
        for (nuint i = 0; i < (nuint)stride; i += Width)
        {
            Vector256<float> sum = default;
            nuint offset = i;
            foreach (float d in delta)
            {
                sum += Vector256.Create(d) * Vector256.LoadUnsafe(ref w, offset);
                offset += (nuint)stride;
            }

            sum.StoreUnsafe(ref g, i);
        }
    }

    /// <summary>∂L/∂W[u, i] = Σₙ δ[n, u]·x[n, i] over a batch.</summary>
    /// <param name="x">All samples, [samples, stride].</param>
    /// <param name="rows">The samples of the batch, in order.</param>
    /// <param name="stride">The padded inputs.</param>
    /// <param name="delta">[batch, padded units].</param>
    /// <param name="units">The layer's units.</param>
    /// <param name="gradient">[units, stride]; overwritten.</param>
    public static void BackwardWeights(
        ReadOnlySpan<float> x,
        ReadOnlySpan<int> rows,
        int stride,
        ReadOnlySpan<float> delta,
        int units,
        Span<float> gradient)
    {
        int deltaStride = LaneMath.Pad(units);
        CheckRows(x, rows, stride, delta, deltaStride);
        ref float xs = ref MemoryMarshal.GetReference(x);
        ref float ds = ref MemoryMarshal.GetReference(delta);
        int u = 0;
        for (; u <= units - 4; u += 4)
        {
            ref float g = ref MemoryMarshal.GetReference(gradient.Slice(u * stride, 4 * stride));
            for (nuint i = 0; i < (nuint)stride; i += Width)
            {
                Vector256<float> s0 = default, s1 = default, s2 = default, s3 = default;
                nuint d = (nuint)u;
                foreach (int row in rows)
                {
                    Vector256<float> lane = Vector256.LoadUnsafe(ref xs, ((nuint)row * (nuint)stride) + i);
                    s0 += Vector256.Create(Unsafe.Add(ref ds, d)) * lane;
                    s1 += Vector256.Create(Unsafe.Add(ref ds, d + 1)) * lane;
                    s2 += Vector256.Create(Unsafe.Add(ref ds, d + 2)) * lane;
                    s3 += Vector256.Create(Unsafe.Add(ref ds, d + 3)) * lane;
                    d += (nuint)deltaStride;
                }

                s0.StoreUnsafe(ref g, i);
                s1.StoreUnsafe(ref g, i + (nuint)stride);
                s2.StoreUnsafe(ref g, i + (2 * (nuint)stride));
                s3.StoreUnsafe(ref g, i + (3 * (nuint)stride));
            }
        }

        for (; u < units; u++)
        {
            ref float g = ref MemoryMarshal.GetReference(gradient.Slice(u * stride, stride));
            for (nuint i = 0; i < (nuint)stride; i += Width)
            {
                Vector256<float> sum = default;
                nuint d = (nuint)u;
                foreach (int row in rows)
                {
                    sum += Vector256.Create(Unsafe.Add(ref ds, d))
                        * Vector256.LoadUnsafe(ref xs, ((nuint)row * (nuint)stride) + i);
                    d += (nuint)deltaStride;
                }

                sum.StoreUnsafe(ref g, i);
            }
        }
    }

    /// <summary>∂L/∂b[u] = Σₙ δ[n, u] over a batch.</summary>
    public static void BackwardBiases(ReadOnlySpan<float> delta, int batch, Span<float> gradient)
    {
        int stride = LaneMath.Pad(gradient.Length);
        gradient.Clear();
        for (int n = 0; n < batch; n++)
        {
            ReadOnlySpan<float> row = delta.Slice(n * stride, gradient.Length);
            for (int u = 0; u < gradient.Length; u++)
            {
                gradient[u] += row[u];
            }
        }
    }

    // The loops above index without bounds checks; one check a call keeps a wrong row from reading past the data.
    private static void CheckRows(
        ReadOnlySpan<float> x, ReadOnlySpan<int> rows, int stride, ReadOnlySpan<float> delta, int deltaStride)
    {
        int samples = x.Length / stride;
        foreach (int row in rows)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)samples, nameof(rows));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(delta.Length, rows.Length * deltaStride, nameof(delta));
    }
}
