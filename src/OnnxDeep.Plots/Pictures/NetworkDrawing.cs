using OnnxDeep.Onnx.Networks;
using OnnxDeep.Plots.Drawing;

using ScottPlot;

using SkiaSharp;

namespace OnnxDeep.Plots.Pictures;

/// <summary>Draws a network: a column of neurons for each layer, an edge for each weight.</summary>
internal static class NetworkDrawing
{
    private const float HeadHeight = 46;
    private const float MostRadius = 26;
    private const float ThickestEdge = 5;
    private const float LeastTextRadius = 15;
    private const float NameRoom = 170;

    /// <summary>Draws the picture.</summary>
    public static void Draw(NetworkPlot data, SKCanvas canvas, PlotOptions options, string title)
    {
        Palette palette = Palette.Of(options.Theme);
        var figure = new Figure(
            canvas,
            options,
            title,
            [
                new LegendEntry("positive weight", palette.Positive),
                new LegendEntry("negative weight", palette.Negative),
                new LegendEntry("thicker: larger weight in its layer", palette.Faint),
            ]);
        NeuronColumn[] columns = Arrange(data, figure.Body);
        for (int i = 0; i < data.Layers.Count; i++)
        {
            DrawEdges(canvas, palette, data.Layers[i], columns[i], columns[i + 1]);
        }

        for (int i = 0; i < columns.Length; i++)
        {
            DrawNeurons(canvas, palette, columns[i], i == 0 ? null : data.Layers[i - 1]);
            DrawHead(canvas, palette, figure.Body, columns[i], i == 0 ? null : data.Layers[i - 1], columns.Length);
        }

        DrawNames(canvas, palette, columns[0], data.InputNames);
        if (columns.Skip(1).Any(column => column.Radius >= LeastTextRadius))
        {
            Lettering.Draw(
                canvas,
                "The number in a neuron is its bias.",
                figure.Body.Left + 8,
                figure.Body.Bottom - 6,
                Figure.SmallSize,
                palette.Faint);
        }

        if (data.Output is string output)
        {
            NeuronColumn last = columns[^1];
            Lettering.Draw(
                canvas,
                $"p({output})",
                last.X,
                last.Y(0) + last.Radius + 16,
                Figure.SmallSize,
                palette.Text,
                SKTextAlign.Center);
        }
    }

    private static NeuronColumn[] Arrange(NetworkPlot data, PixelRect body)
    {
        int count = data.Layers.Count + 1;
        float left = data.InputNames.Count > 0 ? NameRoom + (2 * MostRadius) : 70;
        var area = new SKRect(body.Left + left, body.Top + HeadHeight, body.Right - 70, body.Bottom - 22);
        float step = area.Width / (count - 1);
        return
        [
            .. Enumerable.Range(0, count).Select(i => NeuronColumn.Create(
                i == 0 ? data.Layers[0].Inputs : data.Layers[i - 1].Units,
                area.Left + (i * step), area.Top, area.Bottom, Math.Min(MostRadius, step / 5), isInput: i == 0)),
        ];
    }

    private static void DrawEdges(
        SKCanvas canvas, Palette palette, DenseLayerInfo layer, NeuronColumn from, NeuronColumn to)
    {
        double extent = new WeightPlot(string.Empty, layer).Extent;
        using var paint = new SKPaint { IsAntialias = true, Style = SKPaintStyle.Stroke };

        // The strongest last, so that they are on top.
        IEnumerable<(int Input, int Unit, double Share)> edges = from.Shown
            .SelectMany(input => to.Shown.Select(unit => (input, unit, Share: layer.Weights[input, unit] / extent)))
            .Where(edge => double.IsFinite(edge.Share))
            .OrderBy(edge => Math.Abs(edge.Share));
        foreach ((int input, int unit, double share) in edges)
        {
            double strength = Math.Abs(share);
            paint.Color = Palette.Mix(
                palette.Ground, share < 0 ? palette.Negative : palette.Positive, 0.25 + (0.75 * strength));
            paint.StrokeWidth = (float)(0.6
                + ((ThickestEdge - 0.6) * strength * Math.Min(1, Math.Min(from.Radius, to.Radius) / 16)));
            canvas.DrawLine(from.X, from.Y(input), to.X, to.Y(unit), paint);
        }
    }

    private static void DrawNeurons(SKCanvas canvas, Palette palette, NeuronColumn column, DenseLayerInfo? layer)
    {
        using var fill = new SKPaint { IsAntialias = true, Color = palette.Ground };
        using var line = new SKPaint
        {
            IsAntialias = true,
            Color = palette.Text,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = column.Radius < 8 ? 1 : 2,
        };
        foreach (int unit in column.Shown)
        {
            float y = column.Y(unit);
            canvas.DrawCircle(column.X, y, column.Radius, fill);
            canvas.DrawCircle(column.X, y, column.Radius, line);
            if (column.Radius >= LeastTextRadius)
            {
                string text = layer is null ? $"x{unit}"
                    : layer.Biases is null ? string.Empty
                    : ColorScale.Number(Math.Round(layer.Biases[unit], 2));
                float size = Figure.SmallSize;
                while (size > 9 && Lettering.Measure(text, size) > (2 * column.Radius) - 5)
                {
                    size--;
                }

                Lettering.Draw(canvas, text, column.X, y, size, palette.Text, SKTextAlign.Center);
            }
        }

        foreach (float dot in column.Dots)
        {
            fill.Color = palette.Faint;
            canvas.DrawCircle(column.X, dot, Math.Min(2.5f, column.Radius * 0.4f), fill);
        }
    }

    private static void DrawNames(
        SKCanvas canvas, Palette palette, NeuronColumn column, IReadOnlyList<string> names)
    {
        foreach (int input in column.Shown.Where(input => input < names.Count))
        {
            Lettering.Draw(
                canvas,
                Lettering.Fit(names[input], Figure.SmallSize, NameRoom),
                column.X - column.Radius - 8,
                column.Y(input),
                Figure.SmallSize,
                palette.Text,
                SKTextAlign.Right);
        }
    }

    private static void DrawHead(
        SKCanvas canvas, Palette palette, PixelRect body, NeuronColumn column, DenseLayerInfo? layer, int columns)
    {
        float room = Math.Max(60, (body.Width - 140) / (columns - 1)) - 8;
        string name = layer?.Name ?? "input";
        string remark = layer is null
            ? column.IsAbbreviated ? $"{column.Count}, {column.Shown.Count} shown" : $"{column.Count}"
            : $"{layer.Units}, {layer.Activation}";
        Lettering.Draw(
            canvas,
            Lettering.Fit(name, Figure.LabelSize, room),
            column.X,
            body.Top + 10,
            Figure.LabelSize,
            palette.Text,
            SKTextAlign.Center);
        Lettering.Draw(
            canvas,
            Lettering.Fit(remark, Figure.SmallSize, room),
            column.X,
            body.Top + 30,
            Figure.SmallSize,
            palette.Faint,
            SKTextAlign.Center);
    }
}
