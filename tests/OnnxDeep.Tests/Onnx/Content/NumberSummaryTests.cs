using OnnxDeep.Onnx.Content;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Tests.Onnx.Content;

public sealed class NumberSummaryTests
{
    // The values are from the papers that define the formats: OFP8 of the Open Compute Project and the FNUZ proposal.
    [Theory]
    [InlineData((int)DataType.Float8E4M3Fn, 0x7E, 448)]
    [InlineData((int)DataType.Float8E4M3Fn, 0x01, 0.001953125)]
    [InlineData((int)DataType.Float8E4M3Fn, 0xB8, -1)]
    [InlineData((int)DataType.Float8E4M3Fnuz, 0x7F, 240)]
    [InlineData((int)DataType.Float8E5M2, 0x7B, 57344)]
    [InlineData((int)DataType.Float8E5M2, 0xFC, double.NegativeInfinity)]
    [InlineData((int)DataType.Float8E5M2Fnuz, 0x7F, 57344)]
    [InlineData((int)DataType.Float8E8M0, 0x80, 2)]
    [InlineData((int)DataType.Bool, 0x02, 1)]
    [InlineData((int)DataType.Int8, 0xFF, -1)]
    [InlineData((int)DataType.Uint8, 0xFF, 255)]
    public void ByteIsTheNumberThatTheFormatSays(int type, byte bits, double expected)
    {
        var summary = new NumberSummary((DataType)type);
        summary.Add([bits], 1);

        Assert.Equal(expected, summary.Mean);
    }

    [Theory]
    [InlineData((int)DataType.Float8E4M3Fn, 0xFF)]
    [InlineData((int)DataType.Float8E4M3Fnuz, 0x80)]
    [InlineData((int)DataType.Float8E5M2, 0x7F)]
    [InlineData((int)DataType.Float8E5M2Fnuz, 0x80)]
    [InlineData((int)DataType.Float8E8M0, 0xFF)]
    public void NaNCountsApart(int type, byte bits)
    {
        var summary = new NumberSummary((DataType)type);
        summary.Add([bits], 1);

        Assert.Equal((1L, (double?)null), (summary.NotNumbers, summary.Minimum));
    }

    [Theory]
    [InlineData((int)DataType.Int4, 0x8F, -8, -1)]
    [InlineData((int)DataType.Uint4, 0x8F, 8, 15)]
    [InlineData((int)DataType.Float4E2M1, 0xF1, -6, 0.5)]
    [InlineData((int)DataType.Int2, 0x07, -1, 1)]
    [InlineData((int)DataType.Uint2, 0x07, 1, 3)]
    public void PackedElementsBeginInTheLowestBits(int type, byte bits, double minimum, double maximum)
    {
        var summary = new NumberSummary((DataType)type);
        summary.Add([bits], 2);

        Assert.Equal((minimum, maximum), (summary.Minimum, summary.Maximum));
    }
}
