using SkiaSharp;

namespace OnnxDeep.Plots.Pictures;

/// <summary>The position of a label, and the line that connects it to a distant point.</summary>
/// <param name="Box">The area of the text.</param>
/// <param name="Anchor">The point that it labels.</param>
/// <param name="LeaderEnd">The end of the line from the point to the box; null if no line is needed.</param>
internal sealed record PlacedLabel(SKRect Box, SKPoint Anchor, SKPoint? LeaderEnd)
{
    /// <summary>
    /// Returns whether two labels overlap, a label overlaps the line of the other, or the two lines cross.
    /// </summary>
    /// <param name="other">The other label.</param>
    /// <param name="linesMayCross">Whether crossing lines are allowed.</param>
    public bool Collides(PlacedLabel other, bool linesMayCross = false) =>
        Box.IntersectsWith(other.Box)
        || (LeaderEnd is SKPoint end && Meets(Anchor, end, other.Box))
        || (other.LeaderEnd is SKPoint otherEnd && Meets(other.Anchor, otherEnd, Box))
        || (!linesMayCross
            && LeaderEnd is SKPoint a
            && other.LeaderEnd is SKPoint b
            && Cross(Anchor, a, other.Anchor, b));

    /// <summary>Returns whether a line touches a box.</summary>
    public static bool Meets(SKPoint from, SKPoint to, SKRect box) =>
        box.Contains(from) || box.Contains(to)
        || Cross(from, to, new SKPoint(box.Left, box.Top), new SKPoint(box.Right, box.Bottom))
        || Cross(from, to, new SKPoint(box.Left, box.Bottom), new SKPoint(box.Right, box.Top));

    private static bool Cross(SKPoint a, SKPoint b, SKPoint c, SKPoint d) =>
        (Side(a, b, c) * Side(a, b, d)) < 0 && (Side(c, d, a) * Side(c, d, b)) < 0;

    private static float Side(SKPoint a, SKPoint b, SKPoint c) =>
        ((b.X - a.X) * (c.Y - a.Y)) - ((b.Y - a.Y) * (c.X - a.X));
}
