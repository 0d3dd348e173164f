using OnnxDeep.Plots.Drawing;

namespace OnnxDeep.Tests;

public sealed class LetteringTests
{
    [Fact]
    public void OurFontNeedsNoneOfTheSystem()
    {
        Assert.Equal("DejaVu Sans", Lettering.Own.FamilyName);
        Assert.True(Lettering.Own.ContainsGlyphs("ŷ² − σ Ελλάδα Привет"));
        Assert.True(Lettering.Measure("word", 16) > 30);
    }

    [Fact]
    public void TextInAnyWritingIsMeasuredAndDrawn()
    {
        Assert.Same(Lettering.Own, Lettering.Find("zucchini"));
        Assert.True(Lettering.Measure("食べ物", 16) > 0);
    }

    [Fact]
    public void LongTextIsCut()
    {
        string text = Lettering.Fit("a very long label indeed", 16, 80);

        Assert.EndsWith("…", text, StringComparison.Ordinal);
        Assert.True(Lettering.Measure(text, 16) <= 80);
        Assert.Equal("short", Lettering.Fit("short", 16, 80));
    }
}
