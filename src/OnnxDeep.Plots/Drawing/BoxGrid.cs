using SkiaSharp;

namespace OnnxDeep.Plots.Drawing;

/// <summary>
/// A spatial index of boxes, by the squares of the plane that they touch, to find neighbours without checking all
/// boxes.
/// </summary>
internal sealed class BoxGrid
{
    private const float Square = 48;

    private readonly Dictionary<(int X, int Y), List<int>> _squares = [];
    private readonly List<SKRect> _boxes = [];

    /// <summary>Adds a box.</summary>
    public void Add(SKRect box)
    {
        foreach ((int X, int Y) square in Squares(box))
        {
            if (!_squares.TryGetValue(square, out List<int>? members))
            {
                members = [];
                _squares.Add(square, members);
            }

            members.Add(_boxes.Count);
        }

        _boxes.Add(box);
    }

    /// <summary>Counts the boxes that overlap a box.</summary>
    public int Count(SKRect box) => Near(box).Count();

    /// <summary>Returns whether any box that overlaps a box also meets a condition.</summary>
    public bool Any(SKRect box, Func<SKRect, bool> condition) => Near(box).Any(i => condition(_boxes[i]));

    private IEnumerable<int> Near(SKRect box) => Squares(box)
        .SelectMany(square => _squares.GetValueOrDefault(square) ?? [])
        .Distinct()
        .Where(i => _boxes[i].IntersectsWith(box));

    private static IEnumerable<(int X, int Y)> Squares(SKRect box)
    {
        for (int x = (int)MathF.Floor(box.Left / Square); x <= (int)MathF.Floor(box.Right / Square); x++)
        {
            for (int y = (int)MathF.Floor(box.Top / Square); y <= (int)MathF.Floor(box.Bottom / Square); y++)
            {
                yield return (x, y);
            }
        }
    }
}
