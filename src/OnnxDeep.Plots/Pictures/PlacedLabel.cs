using SkiaSharp;

namespace OnnxDeep.Plots.Pictures;

/// <summary>A label's place, and the line that joins it to a point further away.</summary>
/// <param name="Box">What the text covers.</param>
/// <param name="Anchor">The point.</param>
/// <param name="LeaderEnd">Where the line from the point meets the box; null where no line is needed.</param>
internal sealed record PlacedLabel(SKRect Box, SKPoint Anchor, SKPoint? LeaderEnd)
{
    /// <summary>Whether two labels lie on each other, or a label on the other's line, or the two lines cross.</summary>
    /// <param name="other">The other label.</param>
    /// <param name="linesMayCross">Whether only the first two count.</param>
    public bool Collides(PlacedLabel other, bool linesMayCross = false) =>
        Box.IntersectsWith(other.Box)
        || (LeaderEnd is SKPoint end && Meets(Anchor, end, other.Box))
        || (other.LeaderEnd is SKPoint otherEnd && Meets(other.Anchor, otherEnd, Box))
        || (!linesMayCross
            && LeaderEnd is SKPoint a
            && other.LeaderEnd is SKPoint b
            && Cross(Anchor, a, other.Anchor, b));

    /// <summary>Whether a line touches a box.</summary>
    public static bool Meets(SKPoint from, SKPoint to, SKRect box) =>
        box.Contains(from) || box.Contains(to)
        || Cross(from, to, new SKPoint(box.Left, box.Top), new SKPoint(box.Right, box.Bottom))
        || Cross(from, to, new SKPoint(box.Left, box.Bottom), new SKPoint(box.Right, box.Top));

    private static bool Cross(SKPoint a, SKPoint b, SKPoint c, SKPoint d) =>
        (Side(a, b, c) * Side(a, b, d)) < 0 && (Side(c, d, a) * Side(c, d, b)) < 0;

    private static float Side(SKPoint a, SKPoint b, SKPoint c) =>
        ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));
}
