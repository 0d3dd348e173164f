using SkiaSharp;

namespace OnnxDeep.Plots.Drawing;

/// <summary>Lines on a canvas, also where ScottPlot and Skia cannot draw them.</summary>
internal static class Strokes
{
    /// <summary>Draws a path as a line.</summary>
    public static void Draw(SKCanvas canvas, SKPath path, SKColor color, float width, bool isDashed)
    {
        using var paint = new SKPaint
        {
            Color = color,
            StrokeWidth = width,
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeJoin = SKStrokeJoin.Round,
        };
        if (!isDashed)
        {
            canvas.DrawPath(path, paint);
            return;
        }

        // Skia's SVG knows no dashes, so each becomes a shape of its own.
        using SKPathEffect dash = SKPathEffect.CreateDash([3 * width, 2 * width], 0);
        paint.PathEffect = dash;
        using SKPath shapes = paint.GetFillPath(path);
        paint.PathEffect = null;
        paint.Style = SKPaintStyle.Fill;
        canvas.DrawPath(shapes, paint);
    }
}
