using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Tests.Onnx.Tensors;

public sealed class FloatCastTests
{
    private static readonly OnnxTensor s_singles = new(
        OnnxElementType.Float,
        [2, 2],
        new[] { 1f, -0.1f, float.NaN, 1e6f }.SelectMany(BitConverter.GetBytes).ToArray());

    [Fact]
    public void NumbersAreRoundedToTheNearest()
    {
        Assert.Equal(
            new Half[,] { { (Half)1, (Half)(-0.1f) }, { Half.NaN, Half.PositiveInfinity } },
            OnnxTensor.CastFloats(s_singles, OnnxElementType.Float16).ToArray());
        Assert.Equal(
            new[,] { { 1d, -0.1f }, { double.NaN, 1e6 } },
            OnnxTensor.CastFloats(s_singles, OnnxElementType.Double).ToArray());
        Assert.Equal(
            new[,] { { 1f, -0.10009765625f }, { float.NaN, 999424 } },
            OnnxTensor.CastFloats(s_singles, OnnxElementType.BFloat16).ToArray());
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
