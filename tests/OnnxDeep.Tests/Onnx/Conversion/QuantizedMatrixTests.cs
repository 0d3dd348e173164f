using FsCheck;
using FsCheck.Fluent;

using OnnxDeep.Numerics;
using OnnxDeep.Onnx.Conversion;

namespace OnnxDeep.Tests.Onnx.Conversion;

public sealed class QuantizedMatrixTests
{
    [Fact]
    public void EveryNumberIsWithinHalfAStepOfItsColumn()
    {
        Gen<(int Inputs, int Units, int Exponent, bool IsTransposed, int Seed)> matrices =
            from inputs in Gen.Choose(1, 40)
            from units in Gen.Choose(1, 40)
            from exponent in Gen.Choose(-44, 38)
            from isTransposed in Gen.Elements(true, false)
            from seed in Gen.Choose(0, int.MaxValue)
            select (inputs, units, exponent, isTransposed, seed);
        Prop.ForAll(matrices.ToArbitrary(), matrix =>
        {
            var random = new DeterministicRandom((ulong)matrix.Seed, RandomPurpose.Data);
            float size = MathF.Pow(10, matrix.Exponent);
            float[] weights =
            [
                .. Enumerable.Range(0, matrix.Inputs * matrix.Units).Select(_ => size * random.NextSingle(-1, 1)),
            ];

            QuantizedMatrix quantized = QuantizedMatrix.Create(
                weights, matrix.Inputs, matrix.Units, matrix.IsTransposed)!;

            return Enumerable.Range(0, weights.Length).All(i =>
            {
                (int input, int unit) = matrix.IsTransposed
                    ? (i % matrix.Inputs, i / matrix.Inputs)
                    : (i / matrix.Units, i % matrix.Units);
                sbyte value = quantized.Values[(input * matrix.Units) + unit];
                double step = quantized.Scales[unit];
                return Math.Abs(value) <= QuantizedMatrix.Limit
                    && Math.Abs((value * step) - weights[i]) <= (step * 0.5001) + 1e-37;
            });
        }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void TwoProductsFitInto16Bits() =>
        Assert.InRange(2 * QuantizedMatrix.Limit * byte.MaxValue, 0, short.MaxValue);

    [Fact]
    public void AllProductsOfAColumnFitInto32Bits() =>
        Assert.InRange(QuantizedMatrix.MostInputs * QuantizedMatrix.Limit * byte.MaxValue, 0, int.MaxValue);

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void NumbersWithoutAnEndHaveNoScale(float value) =>
        Assert.Null(QuantizedMatrix.Create([1, value], 2, 1, false));
}
