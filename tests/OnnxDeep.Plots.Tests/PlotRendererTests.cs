using System.Buffers.Binary;
using System.Xml.Linq;
using OnnxDeep.Plots;
using OnnxDeep.Plots.Pictures;

namespace OnnxDeep.Tests;

public sealed class PlotRendererTests
{
    public static TheoryData<string, PlotTheme> Pictures => new(
        Samples.Names.SelectMany(name => Enum.GetValues<PlotTheme>().Select(theme => (name, theme))));

    [Theory]
    [MemberData(nameof(Pictures))]
    public void PngHasItsSizeItsGroundAndSomethingOnIt(string name, PlotTheme theme)
    {
        PlotData data = Samples.Create(name);
        var options = new PlotOptions { Theme = theme };
        byte[] png = PlotRenderer.Render(data, options, PlotFormat.Png).Content.ToArray();
        Palette palette = Palette.Of(theme);

        Assert.Equal(960, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(16)));
        Assert.Equal(640, BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(20)));
        var pixels = new Pixels(png);
        Assert.Equal(palette.Ground, pixels.Corner);
        Assert.InRange(pixels.Share(palette.Ground), 0.05, 0.97);
        Assert.True(pixels.All.Distinct().Count() > 50, "The picture has hardly any colours.");
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void SvgIsOneSoundDocumentThatFetchesNothing(string name, PlotTheme theme)
    {
        PlotData data = Samples.Create(name);
        var options = new PlotOptions { Theme = theme, Width = 800, Height = 500, Title = "Mine <&>" };
        byte[] svg = PlotRenderer.Render(data, options, PlotFormat.Svg).Content.ToArray();

        XElement root = XDocument.Load(new MemoryStream(svg)).Root!;
        Assert.Equal("0 0 800 500", root.Attribute("viewBox")!.Value);
        Assert.Equal("Mine <&>", root.Element(root.Name.Namespace + "title")!.Value);
        Assert.NotEmpty(root.Descendants(root.Name.Namespace + "text"));
        Assert.Empty(root.Descendants(root.Name.Namespace + "script"));
        Assert.All(
            root.Descendants().Attributes().Where(attribute => attribute.Name.LocalName == "href"),
            attribute => Assert.True(
                attribute.Value.StartsWith('#') || attribute.Value.StartsWith("data:", StringComparison.Ordinal)));
    }

    [Theory]
    [MemberData(nameof(Pictures))]
    public void SmallestSizeCanBeDrawn(string name, PlotTheme theme)
    {
        var options = new PlotOptions { Theme = theme, Width = PlotOptions.LeastSize, Height = PlotOptions.LeastSize };

        Assert.Equal((240, 240), Pixels.Of(Samples.Create(name), options).Size);
    }

    [Fact]
    public void SameDataGiveTheSameBytes()
    {
        Assert.All(Samples.Names, name =>
        {
            PlotData data = Samples.Create(name);
            Assert.All(Enum.GetValues<PlotFormat>(), format => Assert.True(
                PlotRenderer.Render(data, new PlotOptions(), format).Content.Span.SequenceEqual(
                    PlotRenderer.Render(data, new PlotOptions(), format).Content.Span)));
        });
    }

    [Fact]
    public void CurvesHaveTheColoursOfTheirLegend()
    {
        Pixels pixels = Pixels.Of(Samples.Loss(), new PlotOptions());
        Palette palette = Palette.Of(PlotTheme.Light);

        Assert.True(pixels.Share(palette.SeriesColor(0)) > 0.001, "There is no training curve.");
        Assert.True(pixels.Share(palette.SeriesColor(1)) > 0.001, "There is no validation curve.");
    }

    [Fact]
    public void ResidualsAndTangentAreRed()
    {
        Pixels pixels = Pixels.Of(LossCurvePlot.Create(1, 3), new PlotOptions());

        Assert.True(pixels.Share(Palette.Of(PlotTheme.Light).Residual) > 0.002);
    }

    [Fact]
    public void ResidualPlotHasBlueDotsAndRedLinesOfExactPredictions()
    {
        Pixels pixels = Pixels.Of(Samples.Residuals(60), new PlotOptions());
        Palette palette = Palette.Of(PlotTheme.Light);

        Assert.True(pixels.Share(palette.SeriesColor(0)) > 0.004, "There are no dots.");
        Assert.True(pixels.Share(palette.Residual) > 0.001, "There are no lines.");
    }

    [Theory]
    [InlineData(5, 5)]
    [InlineData(0, 0)]
    [InlineData(1e9, 1e9)]
    [InlineData(-1e100, 1e100)]
    [InlineData(1e-300, 2e-300)]
    public void ResidualsOfExtremeValuesCanBeDrawn(double predicted, double actual) => Assert.Equal(
        (960, 640), Pixels.Of(ResidualPlot.Create([predicted, predicted], [actual, actual]), new PlotOptions()).Size);

    [Fact]
    public void MorePointsThanAPictureCanShowAreThinnedOutAndItSaysSo()
    {
        PlotData data = Samples.Residuals(25_000);
        byte[] svg = PlotRenderer.Render(data, new PlotOptions(), PlotFormat.Svg).Content.ToArray();

        XElement root = XDocument.Load(new MemoryStream(svg)).Root!;
        Assert.Contains("25,000 rows, 8,334 of them drawn", root.Value, StringComparison.Ordinal);
        Assert.InRange(svg.Length, 100_000, 4_000_000);
    }

    [Fact]
    public void WeightsOfNothingButZeroHaveTheMiddleColour()
    {
        var plot = new WeightPlot("m", Samples.Layer("dense", 3, 2) with { Weights = new float[3, 2] });
        Palette palette = Palette.Of(PlotTheme.Dark);

        Assert.True(Pixels.Of(plot, new PlotOptions { Theme = PlotTheme.Dark }).Share(palette.Middle) > 0.5);
    }

    [Fact]
    public void NumbersThatAreNoneDoNotStopAPicture()
    {
        var weights = new WeightPlot("m", Samples.Layer("dense", 3, 2) with
        {
            Weights = new[,] { { float.NaN, 1 }, { float.PositiveInfinity, -1 }, { 0, 0 } },
        });
        LossPlot loss = LossPlot.From(
            [new EpochPoint(1, double.NaN, double.NaN), new EpochPoint(2, 0.5, null, double.PositiveInfinity)]);

        Assert.Equal((960, 640), Pixels.Of(weights, new PlotOptions()).Size);
        Assert.Equal((960, 640), Pixels.Of(loss, new PlotOptions()).Size);
        Assert.Equal((960, 640), Pixels.Of(LossPlot.From([new EpochPoint(1, double.NaN)]), new PlotOptions()).Size);
    }

    [Fact]
    public void EmptyTitleLeavesItsRoomToThePicture()
    {
        Pixels with = Pixels.Of(Samples.Confusion(), new PlotOptions());
        Pixels without = Pixels.Of(Samples.Confusion(), new PlotOptions { Title = string.Empty });

        SkiaSharp.SKColor ground = Palette.Of(PlotTheme.Light).Ground;
        Assert.True(without.Share(ground) < with.Share(ground));
    }

    [Fact]
    public void SizesOutOfRangeAreRefused() => Assert.Throws<ArgumentOutOfRangeException>(
        () => PlotRenderer.Render(Samples.Confusion(), new PlotOptions { Width = 9000 }, PlotFormat.Png));
}
