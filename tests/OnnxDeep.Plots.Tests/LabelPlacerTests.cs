using OnnxDeep.Plots;
using OnnxDeep.Plots.Drawing;
using OnnxDeep.Plots.Pictures;

using SkiaSharp;

namespace OnnxDeep.Tests;

public sealed class LabelPlacerTests
{
    private static readonly SKRect s_bounds = new(0, 0, 900, 500);

    [Theory]
    [InlineData(960, 640, 80)]
    [InlineData(1920, 1280, 95)]
    [InlineData(400, 300, 10)]
    public void NotebooksWordsNeverLieOnEachOther(int width, int height, int fewest)
    {
        var options = new PlotOptions { Width = width, Height = height };
        using var surface = SKSurface.Create(new SKImageInfo(width, height));
        Lettering.Register();

        WordCloud cloud = WordCloud.Draw(Samples.Words(), surface.Canvas, options, "words");

        PlacedLabel[] placed = [.. cloud.Places.OfType<PlacedLabel>()];
        Assert.InRange(placed.Length, fewest, 100);
        Assert.Equal(100 - placed.Length, cloud.LabelsLeftOut);
        AssertApart(placed);
        Assert.All(placed, label => Assert.True(new SKRect(0, 0, width, height).Contains(label.Box)));
    }

    [Fact]
    public void LoneLabelStandsBesideItsPointWithoutALine()
    {
        PlacedLabel label = new LabelPlacer(s_bounds, 5).Place([new SKPoint(400, 200)], [new SKSize(60, 16)])[0]!;

        Assert.Equal(new SKRect(408, 192, 468, 208), label.Box);
        Assert.Null(label.LeaderEnd);
    }

    [Fact]
    public void LabelAtTheEdgeTurnsInwards()
    {
        PlacedLabel label = new LabelPlacer(s_bounds, 5).Place([new SKPoint(895, 495)], [new SKSize(60, 16)])[0]!;

        Assert.True(s_bounds.Contains(label.Box));
    }

    [Fact]
    public void PointsAtOnePlaceShareTheRoomAroundIt()
    {
        SKPoint[] anchors = [.. Enumerable.Repeat(new SKPoint(450, 250), 12)];
        PlacedLabel?[] labels = new LabelPlacer(s_bounds, 5).Place(
            anchors, [.. anchors.Select(_ => new SKSize(50, 16))]);

        PlacedLabel[] placed = [.. labels.OfType<PlacedLabel>()];
        Assert.InRange(placed.Length, 4, 12);
        AssertApart(placed);
    }

    [Fact]
    public void LabelsWithoutRoomAreLeftOut()
    {
        SKPoint[] anchors = [.. Enumerable.Repeat(new SKPoint(50, 20), 5)];
        PlacedLabel?[] labels = new LabelPlacer(new SKRect(0, 0, 120, 40), 5).Place(
            anchors, [.. anchors.Select(_ => new SKSize(60, 16))]);

        Assert.Equal(1, labels.Count(label => label is not null));
    }

    [Fact]
    public void OfThousandsOfPointsOnlyTheFreestAreNamed()
    {
        // 400 points far apart, then a crowd whose last row has space for labels below it.
        SKPoint[] free =
            [.. Enumerable.Range(0, 400).Select(i => new SKPoint(70 + (i % 20 * 140), 70 + (i / 20 * 140)))];
        SKPoint[] crowd =
            [.. Enumerable.Range(0, 2000).Select(i => new SKPoint(3000 + (i % 50 * 20), 70 + (i / 50 * 20)))];

        PlacedLabel?[] labels = new LabelPlacer(new SKRect(0, 0, 4100, 2900), 5).Place(
            [.. free, .. crowd], [.. free.Concat(crowd).Select(_ => new SKSize(50, 16))]);

        Assert.All(labels[..400], Assert.NotNull);
        Assert.All(labels[400..], Assert.Null);
        AssertApart([.. labels.OfType<PlacedLabel>()]);
    }

    private static void AssertApart(PlacedLabel[] labels)
    {
        for (int i = 0; i < labels.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                Assert.False(
                    labels[i].Collides(labels[j], linesMayCross: true), $"{labels[i].Box} and {labels[j].Box}");
            }
        }
    }
}
