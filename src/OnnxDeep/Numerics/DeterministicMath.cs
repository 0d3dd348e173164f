namespace OnnxDeep.Numerics;

/// <summary>
/// Exponential and logarithm that use only additions, multiplications and divisions, in a fixed order: the platform's
/// libm differs in the last bits between systems, and the last bits affect the trained weights.
/// </summary>
internal static class DeterministicMath
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double Log2E = 1.44269504088896338700;
    private const double Sqrt2 = 1.41421356237309504880;

    /// <summary>
    /// e to the <paramref name="x"/>, within a few units in the last place; 0 below -745, ∞ above 709.78.
    /// </summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x) || x > 709.782712893384)
        {
            return double.IsNaN(x) ? x : double.PositiveInfinity;
        }

        if (x < -745.2)
        {
            return 0;
        }

        double k = Math.Floor((x * Log2E) + 0.5);
        double r = x - (k * Ln2High) - (k * Ln2Low);

        // Taylor series to r^13 / 13!; |r| is at most ln 2 / 2, so the next term is below 2^-57.
        double p = 1.0 / 6227020800.0;
        p = (p * r) + (1.0 / 479001600.0);
        p = (p * r) + (1.0 / 39916800.0);
        p = (p * r) + (1.0 / 3628800.0);
        p = (p * r) + (1.0 / 362880.0);
        p = (p * r) + (1.0 / 40320.0);
        p = (p * r) + (1.0 / 5040.0);
        p = (p * r) + (1.0 / 720.0);
        p = (p * r) + (1.0 / 120.0);
        p = (p * r) + (1.0 / 24.0);
        p = (p * r) + (1.0 / 6.0);
        p = (p * r) + 0.5;
        p = (p * r * r) + r + 1.0;

        // In two halves, since 2^k itself can exceed the range of a double at both ends.
        int half = (int)k >> 1;
        return p * PowerOfTwo(half) * PowerOfTwo((int)k - half);
    }

    /// <summary>The natural logarithm; NaN below 0, -∞ at 0.</summary>
    public static double Log(double x)
    {
        if (!(x > 0) || double.IsPositiveInfinity(x))
        {
            return x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
        }

        int exponent = 0;
        if (x < 2.2250738585072014e-308)
        {
            x *= 18014398509481984.0;
            exponent = -54;
        }

        long bits = BitConverter.DoubleToInt64Bits(x);
        exponent += (int)(bits >> 52) - 1023;
        double m = BitConverter.Int64BitsToDouble((bits & 0x000FFFFFFFFFFFFF) | 0x3FF0000000000000);
        if (m > Sqrt2)
        {
            m *= 0.5;
            exponent++;
        }

        // ln m = 2 artanh(f), |f| at most 0.1716.
        double f = (m - 1) / (m + 1);
        double s = f * f;
        double p = 1.0 / 23;
        p = (p * s) + (1.0 / 21);
        p = (p * s) + (1.0 / 19);
        p = (p * s) + (1.0 / 17);
        p = (p * s) + (1.0 / 15);
        p = (p * s) + (1.0 / 13);
        p = (p * s) + (1.0 / 11);
        p = (p * s) + (1.0 / 9);
        p = (p * s) + (1.0 / 7);
        p = (p * s) + (1.0 / 5);
        p = (p * s) + (1.0 / 3);
        double tail = 2 * f * s * p;
        return (exponent * Ln2High) + ((2 * f) + (tail + (exponent * Ln2Low)));
    }

    /// <summary>ln(1 + x) without losing small <paramref name="x"/> (Kahan's correction).</summary>
    public static double Log1P(double x)
    {
        double u = 1 + x;
        return u == 1 ? x : Log(u) * (x / (u - 1));
    }

    /// <summary>
    /// The hyperbolic tangent, odd and without cancellation near 0: t / (t + 2) with t = e²ˣ - 1, which is computed
    /// as a series near 0.
    /// </summary>
    public static double Tanh(double x)
    {
        double magnitude = Math.Abs(x);
        if (magnitude > 22)
        {
            return Math.CopySign(1, x);
        }

        double t = ExpM1(2 * magnitude);
        return double.IsNaN(x) ? x : Math.CopySign(t / (t + 2), x);
    }

    /// <summary>
    /// <paramref name="x"/> to the <paramref name="power"/>, for positive <paramref name="x"/>; 0 gives 0.
    /// </summary>
    public static double Pow(double x, double power) => x == 0 ? 0 : Exp(power * Log(x));

    // Below 1/2, the Taylor series to x^18 / 18!, whose next term is below 2^-70 of the sum.
    private static double ExpM1(double x)
    {
        if (!(x < 0.5))
        {
            return Exp(x) - 1;
        }

        double sum = 1;
        for (int n = 18; n > 1; n--)
        {
            sum = 1 + (sum * x / n);
        }

        return sum * x;
    }

    private static double PowerOfTwo(int exponent) => BitConverter.Int64BitsToDouble((long)(exponent + 1023) << 52);
}
