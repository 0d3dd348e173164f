using System.Globalization;

using OnnxDeep.Plots.Drawing;

using ScottPlot;

using SkiaSharp;

namespace OnnxDeep.Plots.Pictures;

/// <summary>Draws bars from zero to both sides, with their names at the left and their numbers at their ends.</summary>
internal static class BarDrawing
{
    private const float NoteHeight = 24;
    private const float AxisHeight = 26;
    private const float Gap = 10;
    private const float LeastRow = 19;
    private const float LargestRow = 46;
    private const float WidestNames = 0.38f;

    /// <summary>Draws the picture.</summary>
    /// <returns>The number of bars for which there is no room.</returns>
    public static int Draw(BarPlot data, SKCanvas canvas, PlotOptions options, string title)
    {
        var figure = new Figure(canvas, options, title);
        float top = figure.Body.Top;
        if (data.Note.Length > 0)
        {
            string note = Lettering.Fit(data.Note, Figure.SmallSize, figure.Body.Width - 16);
            Lettering.Draw(canvas, note, figure.Body.Left + 8, top + 4, Figure.SmallSize, figure.Palette.Faint);
            top += NoteHeight;
        }

        float bottom = figure.Body.Bottom - AxisHeight;
        int count = Math.Clamp((int)((bottom - top) / LeastRow), 1, data.Bars.Count);
        float row = Math.Min(LargestRow, (bottom - top) / count);
        Bar[] bars = [.. data.Bars.Take(count)];
        var scale = new Scale(bars, figure.Body);
        using (var line = new SKPaint { Color = figure.Palette.Faint, IsAntialias = false })
        {
            canvas.DrawRect(scale.Place(0) - 0.5f, top, 1, row * count, line);
        }

        for (int i = 0; i < count; i++)
        {
            DrawBar(figure, bars[i], scale, top + ((i + 0.5f) * row), row);
        }

        Lettering.Draw(
            canvas,
            Lettering.Fit(data.Axis, Figure.LabelSize, figure.Body.Width - 16),
            (figure.Body.Left + figure.Body.Right) / 2,
            top + (count * row) + (AxisHeight / 2),
            Figure.LabelSize,
            figure.Palette.Text,
            SKTextAlign.Center);
        return data.Bars.Count - count;
    }

    private static void DrawBar(Figure figure, Bar bar, Scale scale, float middle, float row)
    {
        float zero = scale.Place(0);
        float end = scale.Place(bar.Value);
        Palette palette = figure.Palette;
        Lettering.Draw(
            figure.Canvas,
            Lettering.Fit(bar.Name, Figure.SmallSize, scale.Names),
            figure.Body.Left + 8,
            middle,
            Figure.SmallSize,
            palette.Text);
        using var paint = new SKPaint { Color = bar.Value < 0 ? palette.Negative : palette.Positive };
        float half = Math.Min(12, row * 0.34f);
        figure.Canvas.DrawRect(
            new SKRect(
                Math.Min(zero, end), middle - half, Math.Max(Math.Max(zero, end), zero + 1), middle + half),
            paint);
        float reach = end;
        if (bar.Deviation > 0)
        {
            float low = scale.Place(bar.Value - bar.Deviation);
            float high = scale.Place(bar.Value + bar.Deviation);
            reach = bar.Value < 0 ? low : high;
            using var path = new SKPath();
            path.MoveTo(low, middle);
            path.LineTo(high, middle);
            path.MoveTo(low, middle - (half / 2));
            path.LineTo(low, middle + (half / 2));
            path.MoveTo(high, middle - (half / 2));
            path.LineTo(high, middle + (half / 2));
            Shapes.DrawLine(figure.Canvas, path, palette.Text, 1.5f, isDashed: false);
        }

        Lettering.Draw(
            figure.Canvas,
            Format(bar.Value),
            bar.Value < 0 ? Math.Min(reach, zero) - 6 : Math.Max(reach, zero) + 6,
            middle,
            Figure.SmallSize,
            palette.Faint,
            bar.Value < 0 ? SKTextAlign.Right : SKTextAlign.Left);
    }

    private static string Format(double value) =>
        Math.Abs(value) is > 0 and < 0.0001 or >= 100000
            ? value.ToString("0.#e+0", CultureInfo.InvariantCulture)
            : value.ToString("0.####", CultureInfo.InvariantCulture);

    /// <summary>The places of the names and of numbers from left to right.</summary>
    private sealed class Scale
    {
        private readonly double _least;
        private readonly double _perUnit;
        private readonly float _left;

        public Scale(Bar[] bars, PixelRect body)
        {
            Names = Math.Min(
                body.Width * WidestNames, bars.Max(bar => Lettering.Measure(bar.Name, Figure.SmallSize)) + 1);
            _least = Math.Min(0, bars.Min(bar => bar.Value - bar.Deviation));
            double most = Math.Max(0, bars.Max(bar => bar.Value + bar.Deviation));
            float number = bars.Max(bar => Lettering.Measure(Format(bar.Value), Figure.SmallSize)) + 8;
            _left = body.Left + 8 + Names + Gap + (_least < 0 ? number : 0);
            float right = body.Right - 8 - (most > 0 ? number : 0);
            _perUnit = most > _least ? Math.Max(1, right - _left) / (most - _least) : 0;
        }

        /// <summary>The width of the names.</summary>
        public float Names { get; }

        public float Place(double value) => _left + (float)((value - _least) * _perUnit);
    }
}
