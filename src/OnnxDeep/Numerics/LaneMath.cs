using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace OnnxDeep.Numerics;

/// <summary>
/// Functions of eight floats at a time. The eight lanes define the result and are not an optimisation: on a processor
/// without such registers, the runtime performs the same operations in narrower ones, and the bits of the result are
/// the same.
/// </summary>
internal static class LaneMath
{
    /// <summary>The number of lanes that every sum over a row is split into.</summary>
    public const int Width = 8;

    /// <summary><paramref name="count"/> rounded up to a multiple of <see cref="Width"/>.</summary>
    public static int Pad(int count) => (count + Width - 1) & -Width;

    /// <summary>The sum of all lanes, halves first: ((0+4)+(2+6)) + ((1+5)+(3+7)).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float Sum(Vector256<float> v)
    {
        Vector128<float> four = v.GetLower() + v.GetUpper();
        Vector128<float> two = four + Vector128.Shuffle(four, Vector128.Create(2, 3, 0, 1));
        return two.ToScalar() + two.GetElement(1);
    }

    /// <summary>The sum of all lanes, halves first, of floats or doubles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum<T>(Vector256<T> v)
        where T : struct, IBinaryFloatingPointIeee754<T>
    {
        if (typeof(T) == typeof(float))
        {
            return Unsafe.BitCast<float, T>(Sum(v.AsSingle()));
        }

        Vector128<T> half = v.GetLower() + v.GetUpper();
        return half.ToScalar() + half.GetElement(1);
    }

    /// <summary>e to the x (Cephes expf: Cody-Waite reduction, degree 5), within 2 units in the last place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Exp(Vector256<float> x)
    {
        x = Vector256.Min(Vector256.Max(x, Vector256.Create(-87.33654f)), Vector256.Create(88.37626f));
        Vector256<float> k = Vector256.Floor((x * Vector256.Create(1.44269504088896341f)) + Vector256.Create(0.5f));
        Vector256<float> r = x - (k * Vector256.Create(0.693359375f)) - (k * Vector256.Create(-2.12194440e-4f));
        Vector256<float> p = Vector256.Create(1.9875691500e-4f);
        p = (p * r) + Vector256.Create(1.3981999507e-3f);
        p = (p * r) + Vector256.Create(8.3334519073e-3f);
        p = (p * r) + Vector256.Create(4.1665795894e-2f);
        p = (p * r) + Vector256.Create(1.6666665459e-1f);
        p = (p * r) + Vector256.Create(5.0000001201e-1f);
        p = (p * (r * r)) + r + Vector256<float>.One;
        Vector256<int> power = (Vector256.ConvertToInt32(k) + Vector256.Create(127)) << 23;
        return p * power.AsSingle();
    }

    /// <summary>1 / (1 + e⁻ˣ).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Sigmoid(Vector256<float> x) =>
        Vector256<float>.One / (Vector256<float>.One + Exp(-x));

    /// <summary>tanh x: Cephes' odd polynomial below 0.625, where 1 - 2/(e²ˣ + 1) would cancel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector256<float> Tanh(Vector256<float> x)
    {
        Vector256<float> s = x * x;
        Vector256<float> p = Vector256.Create(-5.70498872745e-3f);
        p = (p * s) + Vector256.Create(2.06390887954e-2f);
        p = (p * s) + Vector256.Create(-5.37397155531e-2f);
        p = (p * s) + Vector256.Create(1.33314422036e-1f);
        p = (p * s) + Vector256.Create(-3.33332819422e-1f);
        Vector256<float> small = (p * s * x) + x;

        Vector256<float> magnitude = Vector256.Abs(x);
        Vector256<float> two = Vector256.Create(2f);
        Vector256<float> large = Vector256<float>.One - (two / (Exp(magnitude * two) + Vector256<float>.One));
        large = Vector256.ConditionalSelect(Vector256.LessThan(x, Vector256<float>.Zero), -large, large);
        return Vector256.ConditionalSelect(Vector256.LessThan(magnitude, Vector256.Create(0.625f)), small, large);
    }

    /// <summary>Applies <typeparamref name="TFunction"/> to every element of a span of any length.</summary>
    public static void Apply<TFunction>(ReadOnlySpan<float> source, Span<float> destination)
        where TFunction : ILaneFunction
    {
        int i = 0;
        for (; i <= source.Length - Width; i += Width)
        {
            TFunction.Invoke(Vector256.Create(source.Slice(i, Width))).CopyTo(destination.Slice(i, Width));
        }

        if (i < source.Length)
        {
            Span<float> rest = stackalloc float[Width];
            rest.Clear();
            source[i..].CopyTo(rest);
            TFunction.Invoke(Vector256.Create<float>(rest)).CopyTo(rest);
            rest[..(source.Length - i)].CopyTo(destination[i..]);
        }
    }
}

/// <summary>A function of eight floats for which the compiler specialises loops.</summary>
internal interface ILaneFunction
{
    /// <summary>The function's values at the eight points.</summary>
    static abstract Vector256<float> Invoke(Vector256<float> x);
}
