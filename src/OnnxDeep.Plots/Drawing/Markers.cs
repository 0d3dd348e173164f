using SkiaSharp;

namespace OnnxDeep.Plots.Drawing;

/// <summary>Marker shapes, which distinguish classes for readers who cannot use colour.</summary>
internal static class Markers
{
    /// <summary>Half the width of a marker, in pixels.</summary>
    public const float Radius = 4.5f;

    private const int Shapes = 4;

    /// <summary>Draws the shape of a class: circle, square, triangle, diamond, and then again from the first.</summary>
    public static void Draw(SKCanvas canvas, int index, float x, float y, SKColor color, SKColor outline)
    {
        using var paint = new SKPaint { Color = color, IsAntialias = true };
        using var line = new SKPaint
        {
            Color = outline,
            IsAntialias = true,
            Style = SKPaintStyle.Stroke,
            StrokeWidth = 1,
        };
        if (index % Shapes == 0)
        {
            canvas.DrawCircle(x, y, Radius, paint);
            canvas.DrawCircle(x, y, Radius, line);
            return;
        }

        using SKPath path = (index % Shapes) switch
        {
            1 => Polygon(x, y, [(-1, -1), (1, -1), (1, 1), (-1, 1)], 0.88f),
            2 => Polygon(x, y, [(0, -1.1f), (1.1f, 0.9f), (-1.1f, 0.9f)], 1),
            _ => Polygon(x, y, [(0, -1), (1, 0), (0, 1), (-1, 0)], 1.25f),
        };
        canvas.DrawPath(path, paint);
        canvas.DrawPath(path, line);
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
