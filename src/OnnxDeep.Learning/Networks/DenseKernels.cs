using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

using CommunityToolkit.HighPerformance;

using OnnxDeep.Numerics;

namespace OnnxDeep.Learning.Networks;

/// <summary>
/// The three products of a dense layer, in float for training and in double for traces. Rows are padded with zeros to
/// whole lanes; weights are packed as [units, padded inputs]. The result has the same bits on every machine: each sum
/// has a fixed order (lane by lane over the inputs, sample by sample over a batch) in all loop blocks, and no
/// multiplication is fused with an addition.
/// </summary>
internal static class DenseKernels
{
    /// <summary>Turns [inputs, units] into [units, padded inputs].</summary>
    public static T[] Pack<T>(ReadOnlySpan2D<T> weights)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        T[] packed = new T[weights.Width * LaneMath.Pad(weights.Height)];
        Pack(weights, packed.AsSpan());
        return packed;
    }

    /// <summary>Turns [inputs, units] into [units, padded inputs].</summary>
    public static void Pack<T>(ReadOnlySpan2D<T> weights, Span<T> packed)
        where T : struct, IBinaryFloatingPointIeee754<T>
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
    public static void Unpack<T>(ReadOnlySpan<T> packed, Span2D<T> weights)
        where T : struct, IBinaryFloatingPointIeee754<T>
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
    public static void Forward<T>(ReadOnlySpan<T> x, ReadOnlySpan<T> packed, ReadOnlySpan<T> biases, Span<T> z)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(x.Length % LaneMath.Width, 0, nameof(x));
        nuint width = (nuint)Vector256<T>.Count;
        nuint stride = (nuint)x.Length;
        ref T xs = ref MemoryMarshal.GetReference(x);
        for (int u = 0, block; u < biases.Length; u += block)
        {
            block = BlockSize(biases.Length - u);
            ref T w = ref MemoryMarshal.GetReference(packed.Slice(u * x.Length, block * x.Length));
            ref T w1 = ref Unsafe.Add(ref w, block > 1 ? stride : 0);
            ref T w2 = ref Unsafe.Add(ref w1, block > 1 ? stride : 0);
            ref T w3 = ref Unsafe.Add(ref w2, block > 1 ? stride : 0);
            ref T w4 = ref Unsafe.Add(ref w3, block > 4 ? stride : 0);
            Vector256<T> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default;
            switch (block)
            {
                case 5:
                    for (nuint i = 0; i < stride; i += width)
                    {
                        Vector256<T> lane = Vector256.LoadUnsafe(ref xs, i);
                        s0 += lane * Vector256.LoadUnsafe(ref w, i);
                        s1 += lane * Vector256.LoadUnsafe(ref w1, i);
                        s2 += lane * Vector256.LoadUnsafe(ref w2, i);
                        s3 += lane * Vector256.LoadUnsafe(ref w3, i);
                        s4 += lane * Vector256.LoadUnsafe(ref w4, i);
                    }

                    break;
                case 4:
                    for (nuint i = 0; i < stride; i += width)
                    {
                        Vector256<T> lane = Vector256.LoadUnsafe(ref xs, i);
                        s0 += lane * Vector256.LoadUnsafe(ref w, i);
                        s1 += lane * Vector256.LoadUnsafe(ref w1, i);
                        s2 += lane * Vector256.LoadUnsafe(ref w2, i);
                        s3 += lane * Vector256.LoadUnsafe(ref w3, i);
                    }

                    break;
                default:
                    for (nuint i = 0; i < stride; i += width)
                    {
                        s0 += Vector256.LoadUnsafe(ref xs, i) * Vector256.LoadUnsafe(ref w, i);
                    }

                    break;
            }

            z[u] = LaneMath.Sum(s0) + biases[u];
            if (block > 1)
            {
                z[u + 1] = LaneMath.Sum(s1) + biases[u + 1];
                z[u + 2] = LaneMath.Sum(s2) + biases[u + 2];
                z[u + 3] = LaneMath.Sum(s3) + biases[u + 3];
            }

            if (block > 4)
            {
                z[u + 4] = LaneMath.Sum(s4) + biases[u + 4];
            }
        }
    }

    /// <summary>∂L/∂x[i] = Σᵤ δ[u]·W[u, i] for one row; <paramref name="gradient"/> is padded.</summary>
    public static void BackwardInputs<T>(ReadOnlySpan<T> delta, ReadOnlySpan<T> packed, Span<T> gradient)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        nuint width = (nuint)Vector256<T>.Count;
        int stride = gradient.Length;
        ref T w = ref MemoryMarshal.GetReference(packed[..(delta.Length * stride)]);
        ref T g = ref MemoryMarshal.GetReference(gradient);
        for (nuint i = 0; i < (nuint)stride; i += width)
        {
            Vector256<T> sum = default;
            nuint offset = i;
            foreach (T d in delta)
            {
                sum += Vector256.Create(d) * Vector256.LoadUnsafe(ref w, offset);
                offset += (nuint)stride;
            }

            sum.StoreUnsafe(ref g, i);
        }
    }

    /// <summary>∂L/∂W[u, i] = Σₙ δ[n, u]·x[n, i] over a batch.</summary>
    /// <param name="x">All samples, [samples, stride].</param>
    /// <param name="rows">The row numbers of the batch, in order.</param>
    /// <param name="stride">The padded inputs.</param>
    /// <param name="delta">[batch, padded units].</param>
    /// <param name="units">The layer's units.</param>
    /// <param name="gradient">[units, stride]; overwritten.</param>
    /// <param name="cancellationToken">Checked for every few units.</param>
    public static void BackwardWeights<T>(
        ReadOnlySpan<T> x,
        ReadOnlySpan<int> rows,
        int stride,
        ReadOnlySpan<T> delta,
        int units,
        Span<T> gradient,
        CancellationToken cancellationToken = default)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        nuint width = (nuint)Vector256<T>.Count;
        int deltaStride = LaneMath.Pad(units);
        CheckRows(x, rows, stride, delta, deltaStride);
        ref T xs = ref MemoryMarshal.GetReference(x);
        ref T ds = ref MemoryMarshal.GetReference(delta);
        nuint step = (nuint)stride;
        for (int u = 0, block; u < units; u += block)
        {
            cancellationToken.ThrowIfCancellationRequested();
            block = BlockSize(units - u);
            ref T g = ref MemoryMarshal.GetReference(gradient.Slice(u * stride, block * stride));
            for (nuint i = 0; i < step; i += width)
            {
                Vector256<T> s0 = default, s1 = default, s2 = default, s3 = default, s4 = default;
                nuint offset = (nuint)u;
                foreach (int row in rows)
                {
                    Vector256<T> lane = Vector256.LoadUnsafe(ref xs, ((nuint)row * step) + i);
                    ref T d = ref Unsafe.Add(ref ds, offset);
                    s0 += Vector256.Create(d) * lane;
                    if (block > 1)
                    {
                        s1 += Vector256.Create(Unsafe.Add(ref d, 1)) * lane;
                        s2 += Vector256.Create(Unsafe.Add(ref d, 2)) * lane;
                        s3 += Vector256.Create(Unsafe.Add(ref d, 3)) * lane;
                    }

                    if (block > 4)
                    {
                        s4 += Vector256.Create(Unsafe.Add(ref d, 4)) * lane;
                    }

                    offset += (nuint)deltaStride;
                }

                s0.StoreUnsafe(ref g, i);
                if (block > 1)
                {
                    s1.StoreUnsafe(ref g, i + step);
                    s2.StoreUnsafe(ref g, i + (2 * step));
                    s3.StoreUnsafe(ref g, i + (3 * step));
                }

                if (block > 4)
                {
                    s4.StoreUnsafe(ref g, i + (4 * step));
                }
            }
        }
    }

    /// <summary>∂L/∂b[u] = Σₙ δ[n, u] over a batch.</summary>
    public static void BackwardBiases<T>(ReadOnlySpan<T> delta, int batch, Span<T> gradient)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        int stride = LaneMath.Pad(gradient.Length);
        gradient.Clear();
        for (int n = 0; n < batch; n++)
        {
            ReadOnlySpan<T> row = delta.Slice(n * stride, gradient.Length);
            for (int u = 0; u < gradient.Length; u++)
            {
                gradient[u] += row[u];
            }
        }
    }

    // Four units share each load of x. Five remaining units share it too; fewer than four run one by one.
    private static int BlockSize(int unitsLeft) => unitsLeft == 5 ? 5 : unitsLeft >= 4 ? 4 : 1;

    // The loops above have no bounds checks; one check for each call stops a wrong row from reading past the data.
    private static void CheckRows<T>(
        ReadOnlySpan<T> x, ReadOnlySpan<int> rows, int stride, ReadOnlySpan<T> delta, int deltaStride)
    {
        int samples = x.Length / stride;
        foreach (int row in rows)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)samples, nameof(rows));
        }

        ArgumentOutOfRangeException.ThrowIfLessThan(delta.Length, rows.Length * deltaStride, nameof(delta));
    }
}
