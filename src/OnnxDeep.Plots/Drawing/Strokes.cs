using SkiaSharp;

namespace OnnxDeep.Plots.Drawing;

/// <summary>Draws lines on a canvas, including those that ScottPlot and Skia do not support.</summary>
internal static class Strokes
{
    /// <summary>Draws the outline of a path.</summary>
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

        // Skia's SVG canvas does not support dashes, so each dash becomes a separate shape.
        using SKPathEffect dash = SKPathEffect.CreateDash([3 * width, 2 * width], 0);
        paint.PathEffect = dash;
        using SKPath shapes = paint.GetFillPath(path);
        paint.PathEffect = null;
        paint.Style = SKPaintStyle.Fill;
        canvas.DrawPath(shapes, paint);
    }
}
