using OnnxDeep.Plots;
using OnnxDeep.Plots.Drawing;
using OnnxDeep.Plots.Pictures;

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

    [Theory]
    [InlineData("x")]
    [InlineData("食")]
    [InlineData("i\u0301")]
    public async Task MegabyteOfTextIsCutAtOnce(string letter)
    {
        string text = string.Concat(Enumerable.Repeat(letter, 1 << 20));
        var options = new PlotOptions { Title = text };

        string cut = await Task.Run(() => Lettering.Fit(text, 16, 300)).WaitAsync(TimeSpan.FromSeconds(30));
        RenderedPlot picture = await Task.Run(() => PlotRenderer.Render(Samples.Loss(), options, PlotFormat.Svg))
            .WaitAsync(TimeSpan.FromSeconds(30));

        Assert.EndsWith("…", cut, StringComparison.Ordinal);
        Assert.InRange(Lettering.Measure(cut, 16), 200, 300);
        Assert.InRange(picture.Content.Length, 1, 200_000);
    }
}
