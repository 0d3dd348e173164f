using System.Runtime.Intrinsics;

using OnnxDeep.Numerics;

namespace OnnxDeep.Tests.Numerics;

public sealed class LaneMathTests
{
    public static TheoryData<float> Points =>
        [.. Enumerable.Range(-870, 1741).Where(i => i % 13 == 0).Select(i => i / 10f)];

    [Theory]
    [MemberData(nameof(Points))]
    public void ExpIsWithinTwoUnitsInTheLastPlace(float x) =>
        AssertClose(Math.Exp(x), LaneMath.Exp(Vector256.Create(x))[3], 2.4e-7);

    [Theory]
    [MemberData(nameof(Points))]
    public void SigmoidIsWithinFloatPrecision(float x) =>
        AssertClose(1 / (1 + Math.Exp(-x)), LaneMath.Sigmoid(Vector256.Create(x))[0], 4e-7);

    [Theory]
    [MemberData(nameof(Points))]
    public void TanhIsWithinFloatPrecisionNearZeroToo(float x)
    {
        AssertClose(Math.Tanh(x), LaneMath.Tanh(Vector256.Create(x))[7], 4e-7);
        AssertClose(Math.Tanh(x / 1000), LaneMath.Tanh(Vector256.Create(x / 1000))[7], 4e-7);
    }

    [Fact]
    public void SumAddsHalvesFirst()
    {
        // In any other order, the small numbers would be lost next to the large ones.
        var lanes = Vector256.Create(1e8f, 1, 0, 0, -1e8f, 1, 0, 0);

        Assert.Equal(2, LaneMath.Sum(lanes));
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 8)]
    [InlineData(8, 8)]
    [InlineData(300, 304)]
    public void PadRoundsUpToWholeLanes(int count, int expected) => Assert.Equal(expected, LaneMath.Pad(count));

    private static void AssertClose(double expected, float actual, double relative) =>
        Assert.True(
            Math.Abs(actual - expected) <= (relative * Math.Abs(expected)) + 1.2e-38,
            $"expected {expected:R}, found {actual:R}");
}
