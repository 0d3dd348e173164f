using FsCheck;
using FsCheck.Fluent;

using OnnxDeep.Numerics;

namespace OnnxDeep.Tests.Numerics;

public sealed class DeterministicMathTests
{
    [Fact]
    public void ExpAgreesWithThePlatformToTheLastBits() => Prop.ForAll(
        Gen.Choose(-700_000, 700_000).Select(i => i / 1000.0).ToArbitrary(),
        x => Relative(DeterministicMath.Exp(x), Math.Exp(x)) < 4e-16 * 2).QuickCheckThrowOnFailure();

    [Fact]
    public void LogAgreesWithThePlatformToTheLastBits() => Prop.ForAll(
        Gen.Choose(-700, 700).Select(i => Math.Exp(i) * 1.2345).ToArbitrary(),
        x => Math.Abs(DeterministicMath.Log(x) - Math.Log(x)) <= 4e-16 * Math.Max(1, Math.Abs(Math.Log(x))))
        .QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0, double.NegativeInfinity)]
    [InlineData(1, 0)]
    [InlineData(-1, double.NaN)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NaN, double.NaN)]
    public void LogKnowsItsEdges(double x, double expected) => Assert.Equal(expected, DeterministicMath.Log(x));

    [Fact]
    public void LogTakesSubnormals() =>
        Assert.Equal(Math.Log(double.Epsilon), DeterministicMath.Log(double.Epsilon), 1e-12);

    [Theory]
    [InlineData(-746, 0)]
    [InlineData(710, double.PositiveInfinity)]
    [InlineData(0, 1)]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(double.NegativeInfinity, 0)]
    public void ExpKnowsItsEdges(double x, double expected) => Assert.Equal(expected, DeterministicMath.Exp(x));

    [Theory]
    [InlineData(1e-18)]
    [InlineData(1e-9)]
    [InlineData(0.5)]
    public void Log1PKeepsSmallNumbers(double x) =>
        Assert.True(Relative(DeterministicMath.Log1P(x), x - (x * x / 2) + (x * x * x / 3)) < (x < 0.1 ? 1e-15 : 0.05));

    [Fact]
    public void PowIsTheExponentialOfTheLogarithm() =>
        Assert.Equal(Math.Pow(1234.5, 0.75), DeterministicMath.Pow(1234.5, 0.75), 1e-9);

    [Theory]
    [InlineData(0)]
    [InlineData(1e-300)]
    [InlineData(-1e-9)]
    [InlineData(0.2)]
    [InlineData(-0.25)]
    [InlineData(0.3)]
    [InlineData(-4)]
    [InlineData(21)]
    [InlineData(-30)]
    [InlineData(double.PositiveInfinity)]
    public void TanhAgreesWithThePlatformToTheLastBits(double x) =>
        Assert.True(Math.Abs(DeterministicMath.Tanh(x) - Math.Tanh(x)) <= 5e-16 * Math.Abs(Math.Tanh(x)));

    [Fact]
    public void TanhOfNoNumberIsNone() => Assert.True(double.IsNaN(DeterministicMath.Tanh(double.NaN)));

    private static double Relative(double actual, double expected) => Math.Abs(actual - expected) / Math.Abs(expected);
}
