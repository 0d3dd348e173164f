using OnnxDeep.Plots;

using SkiaSharp;

namespace OnnxDeep.Tests;

public sealed class PaletteTests
{
    // Machado, Oliveira and Fernandes 2009, severity 1: the view of people without one kind of cone, in linear RGB.
    private static readonly double[][] s_protanopia =
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]];

    private static readonly double[][] s_deuteranopia =
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]];

    private static readonly double[][] s_tritanopia =
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]];

    private static readonly double[][] s_normal = [[1, 0, 0], [0, 1, 0], [0, 0, 1]];

    [Theory]
    [InlineData(PlotTheme.Light)]
    [InlineData(PlotTheme.Dark)]
    public void WhatStandsSideBySideCanBeToldApartWithAnyColourVision(PlotTheme theme)
    {
        Palette palette = Palette.Of(theme);
        (SKColor, SKColor)[] pairs =
        [
            (palette.SeriesColor(0), palette.SeriesColor(1)),
            (palette.SeriesColor(0), palette.SeriesColor(2)),
            (palette.SeriesColor(1), palette.SeriesColor(2)),
            (palette.Positive, palette.Negative),
            (palette.Positive, palette.Middle),
            (palette.Negative, palette.Middle),
            (palette.Residual, palette.SeriesColor(0)),
        ];

        Assert.All(pairs, pair => Assert.All(
            [s_normal, s_protanopia, s_deuteranopia, s_tritanopia],
            vision => Assert.True(
                Distance(See(pair.Item1, vision), See(pair.Item2, vision)) > 15,
                $"{pair.Item1} and {pair.Item2} look alike.")));
    }

    [Theory]
    [InlineData(PlotTheme.Light)]
    [InlineData(PlotTheme.Dark)]
    public void TextAndCurvesStandOutFromTheGround(PlotTheme theme)
    {
        Palette palette = Palette.Of(theme);

        // WCAG 2.2: 4.5 for text, 3 for graphics that are needed to understand the content.
        Assert.True(Contrast(palette.Text, palette.Ground) >= 7);
        Assert.True(Contrast(palette.Faint, palette.Ground) >= 4.5);
        Assert.All([0, 1, 2], i => Assert.True(Contrast(palette.SeriesColor(i), palette.Ground) >= 3));
        Assert.True(Contrast(palette.Residual, palette.Ground) >= 4.5);
    }

    [Theory]
    [InlineData(PlotTheme.Light)]
    [InlineData(PlotTheme.Dark)]
    public void NumbersOnCellsCanBeRead(PlotTheme theme)
    {
        Palette palette = Palette.Of(theme);

        Assert.All(Enumerable.Range(-20, 41), i =>
        {
            SKColor cell = palette.Diverging(i / 20.0);
            Assert.True(Contrast(Palette.TextOn(cell), cell) >= 4.5, $"{i / 20.0}");
        });
    }

    [Fact]
    public void DivergingColoursMeetInTheMiddleAndHoldBeyondTheirEnds()
    {
        Palette palette = Palette.Of(PlotTheme.Light);

        Assert.Equal(palette.Middle, palette.Diverging(0));
        Assert.Equal(palette.Positive, palette.Diverging(1));
        Assert.Equal(palette.Negative, palette.Diverging(-3));
    }

    private static double[] Linear(SKColor color) =>
    [
        .. new[] { color.Red, color.Green, color.Blue }
            .Select(channel => channel / 255.0)
            .Select(c => c <= 0.04045 ? c / 12.92 : Math.Pow((c + 0.055) / 1.055, 2.4)),
    ];

    private static double[] See(SKColor color, double[][] vision)
    {
        double[] rgb = Linear(color);
        return [.. vision.Select(row => Math.Clamp((row[0] * rgb[0]) + (row[1] * rgb[1]) + (row[2] * rgb[2]), 0, 1))];
    }

    private static double Contrast(SKColor a, SKColor b)
    {
        double Luminance(SKColor color) =>
            (0.2126 * Linear(color)[0]) + (0.7152 * Linear(color)[1]) + (0.0722 * Linear(color)[2]);
        double x = Luminance(a), y = Luminance(b);
        return (Math.Max(x, y) + 0.05) / (Math.Min(x, y) + 0.05);
    }

    // CIE 1976: the distance in L*a*b*; 2.3 is just noticeable.
    private static double Distance(double[] a, double[] b)
    {
        double[] x = Lab(a), y = Lab(b);
        return Math.Sqrt(x.Zip(y, (p, q) => (p - q) * (p - q)).Sum());
    }

    private static double[] Lab(double[] rgb)
    {
        static double F(double t) => t > 216.0 / 24389 ? Math.Cbrt(t) : ((24389.0 / 27 * t) + 16) / 116;
        double x = F(((0.4124564 * rgb[0]) + (0.3575761 * rgb[1]) + (0.1804375 * rgb[2])) / 0.95047);
        double y = F((0.2126729 * rgb[0]) + (0.7151522 * rgb[1]) + (0.0721750 * rgb[2]));
        double z = F(((0.0193339 * rgb[0]) + (0.1191920 * rgb[1]) + (0.9503041 * rgb[2])) / 1.08883);
        return [(116 * y) - 16, 500 * (x - y), 200 * (y - z)];
    }
}
