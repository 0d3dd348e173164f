using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Tests.Onnx.Tensors;

public sealed class FloatCastTests
{
    private static readonly OnnxTensor s_singles = new(
        OnnxElementType.Float,
        [2, 2],
        new[] { 1f, -0.1f, float.NaN, float.PositiveInfinity }.SelectMany(BitConverter.GetBytes).ToArray());

    [Fact]
    public void NumbersAreRoundedToTheNearest()
    {
        Assert.Equal(
            new[,] { { 1f, (float)(Half)(-0.1f) }, { float.NaN, float.PositiveInfinity } },
            OnnxTensor.CastFloats(s_singles, OnnxElementType.Float16).ToArray());
        Assert.Equal(
            new[,] { { 1d, -0.1f }, { double.NaN, double.PositiveInfinity } },
            OnnxTensor.CastFloats(s_singles, OnnxElementType.Double).ToArray());
        Assert.Equal(
            new[,] { { 1f, -0.10009765625f }, { float.NaN, float.PositiveInfinity } },
            OnnxTensor.CastFloats(s_singles, OnnxElementType.BFloat16).ToArray());
    }

    [Theory]
    [InlineData(70000, OnnxElementType.Float16, "70000 is beyond the range of float16, -65504 to 65504.")]
    [InlineData(1e300, OnnxElementType.Float, "1E+300 is beyond the range of float, -3.40")]
    [InlineData(-3.4e38, OnnxElementType.BFloat16, "-3.4E+38 is beyond the range of bfloat16, -3.38")]
    public void NumberBeyondTheRangeIsNotTurnedIntoInfinity(double number, OnnxElementType type, string problem)
    {
        var tensor = new OnnxTensor(OnnxElementType.Double, [1], BitConverter.GetBytes(number));

        OverflowException error = Assert.Throws<OverflowException>(() => OnnxTensor.CastFloats(tensor, type));
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LargestNumberOfATypeFits()
    {
        var tensor = new OnnxTensor(OnnxElementType.Double, [1], BitConverter.GetBytes(65504d));
        Assert.Equal(65504f, OnnxTensor.CastFloats(tensor, OnnxElementType.Float16).GetElement(0));
        tensor = new OnnxTensor(OnnxElementType.Double, [1], BitConverter.GetBytes((double)float.MinValue));
        Assert.Equal(float.MinValue, OnnxTensor.CastFloats(tensor, OnnxElementType.Float).GetElement(0));
    }

    [Theory]
    [InlineData(OnnxElementType.Float)]
    [InlineData(OnnxElementType.Int32)]
    [InlineData(OnnxElementType.String)]
    [InlineData(OnnxElementType.Complex64)]
    public void OtherTypesStayAsTheyAre(OnnxElementType type) =>
        Assert.Same(s_singles, OnnxTensor.CastFloats(s_singles, type));

    [Fact]
    public void SequencesAndOptionalsAreConvertedInside()
    {
        var tensor = new OnnxType(OnnxTypeKind.Tensor, OnnxElementType.Double, null, null);
        var sequence = new OnnxType(OnnxTypeKind.Sequence, OnnxElementType.Undefined, null, tensor);
        var optional = new OnnxType(OnnxTypeKind.Optional, OnnxElementType.Undefined, null, tensor);

        Assert.Equal(
            OnnxElementType.Double,
            ((OnnxTensor)((OnnxSequence)OnnxTensor.CastFloats(new OnnxSequence([s_singles]), sequence)).Items[0])
                .ElementType);
        Assert.Equal(OnnxElementType.Double, ((OnnxTensor)OnnxTensor.CastFloats(s_singles, optional)).ElementType);
        Assert.IsType<OnnxOptional>(OnnxTensor.CastFloats(new OnnxOptional(null), optional));
    }
}
