using SkiaSharp;

namespace OnnxDeep.Plots.Drawing;

/// <summary>
/// Draws lines, including those that ScottPlot and Skia do not support, and markers, whose shapes distinguish
/// classes for readers who cannot use colour.
/// </summary>
internal static class Shapes
{
    /// <summary>Half the width of a marker, in pixels.</summary>
    public const float Radius = 4.5f;

    private const int ShapeCount = 4;

    /// <summary>Draws the shape of a class: circle, square, triangle, diamond, and then again from the first.</summary>
    public static void DrawMarker(SKCanvas canvas, int index, float x, float y, SKColor color, SKColor outline)
    {
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        using var line = new SKPaint
        {
            Color = outline,
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = 1,
        };
        if (index % ShapeCount == 0)
        {
            canvas.DrawCircle(x, y, Radius, paint);
            canvas.DrawCircle(x, y, Radius, line);
            return;
        }

        using SKPath path = (index % ShapeCount) switch
        {
            1 => Polygon(x, y, [(-1, -1), (1, -1), (1, 1), (-1, 1)], 0.88f),
            2 => Polygon(x, y, [(0, -1.1f), (1.1f, 0.9f), (-1.1f, 0.9f)], 1),
            _ => Polygon(x, y, [(0, -1), (1, 0), (0, 1), (-1, 0)], 1.25f),
        };
        canvas.DrawPath(path, paint);
        canvas.DrawPath(path, line);
    }

    /// <summary>Draws the outline of a path.</summary>
    public static void DrawLine(SKCanvas canvas, SKPath path, SKColor color, float width, bool isDashed)
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

    private static SKPath Polygon(float x, float y, ReadOnlySpan<(float X, float Y)> corners, float scale)
    {
        var path = new SKPath();
        for (int i = 0; i < corners.Length; i++)
        {
            var corner = new SKPoint(x + (corners[i].X * Radius * scale), y + (corners[i].Y * Radius * scale));
            if (i == 0)
            {
                path.MoveTo(corner);
            }
            else
            {
                path.LineTo(corner);
            }
        }

        path.Close();
        return path;
    }
}
