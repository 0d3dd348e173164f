namespace OnnxDeep.Tests;

public sealed class QuantityTests
{
    [Theory]
    [InlineData(0, "0 words")]
    [InlineData(1, "1 word")]
    [InlineData(2, "2 words")]
    [InlineData(-1, "-1 words")]
    [InlineData(1234567, "1,234,567 words")]
    public void NounAgreesWithTheNumberInAnyCulture(long count, string expected) =>
        Assert.Equal(expected, Quantity.Of(count, "word"));

    [Fact]
    public void IrregularNounsHaveTheirOwnPlural() =>
        Assert.Equal(
            ("1 class", "3 classes"), (Quantity.Of(1, "class", "classes"), Quantity.Of(3, "class", "classes")));
}
