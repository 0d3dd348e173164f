using SkiaSharp;

namespace OnnxDeep.Plots.Pictures;

/// <summary>
/// Places labels near their points, at the nearest position that is free of other labels, markers and lines. If there
/// is none, one label in the way moves, up to a limit for each label. Then all labels move back as close to their
/// points as possible, and labels without a position try again, at last with lines that may cross. Labels that still do
/// not fit are omitted.
/// </summary>
internal sealed class LabelPlacer(SKRect bounds, float markerRadius)
{
    private const float Crowd = 60;
    private const int MostMoves = 12;
    private const int Rounds = 3;
    private const int MostLabels = 400;

    private static readonly float[] s_distances = [3, 9, 17, 27, 39, 53, 69, 87, 107, 129, 153, 179];
    private static readonly (float X, float Y)[] s_directions =
    [
        (1, 0), (-1, 0), (0, -1), (0, 1), (0.71f, -0.71f), (0.71f, 0.71f), (-0.71f, -0.71f), (-0.71f, 0.71f),
        (0.38f, -0.92f), (-0.38f, -0.92f), (0.38f, 0.92f), (-0.38f, 0.92f),
        (0.92f, -0.38f), (-0.92f, -0.38f), (0.92f, 0.38f), (-0.92f, 0.38f),
    ];

    private readonly BoxGrid _markers = new();
    private readonly Dictionary<int, PlacedLabel> _placed = [];

    /// <summary>Returns a position for each label, or null if there is no space.</summary>
    /// <param name="anchors">The points, in pixels.</param>
    /// <param name="sizes">The size of each label, in pixels.</param>
    public PlacedLabel?[] Place(IReadOnlyList<SKPoint> anchors, IReadOnlyList<SKSize> sizes)
    {
        var crowd = new BoxGrid();
        foreach (SKPoint anchor in anchors)
        {
            _markers.Add(Around(anchor, markerRadius));
            crowd.Add(Around(anchor, 0.5f));
        }

        // The most crowded points choose first, because they have the fewest options. Of thousands of points, only the
        // least crowded have any.
        int[] neighbours = [.. anchors.Select(anchor => crowd.Count(Around(anchor, Crowd)))];
        int[] order =
        [
            .. Enumerable.Range(0, anchors.Count)
                .OrderBy(i => neighbours[i])
                .Take(MostLabels)
                .OrderByDescending(i => neighbours[i])
                .ThenBy(i => i),
        ];

        Fill(anchors, sizes, order);
        Settle(anchors, sizes, order, linesMayCross: false);

        // Crossing lines can still be followed and are better than a point without a label.
        Settle(anchors, sizes, [.. order.Where(i => !_placed.ContainsKey(i))], linesMayCross: true);
        return [.. Enumerable.Range(0, anchors.Count).Select(i => _placed.GetValueOrDefault(i))];
    }

    private void Fill(IReadOnlyList<SKPoint> anchors, IReadOnlyList<SKSize> sizes, int[] order)
    {
        var waiting = new Queue<int>(order);
        int[] moves = new int[anchors.Count];
        while (waiting.TryDequeue(out int i))
        {
            if (Find(anchors[i], sizes[i], moves, linesMayCross: false) is not (PlacedLabel label, int inTheWay))
            {
                continue;
            }

            if (inTheWay >= 0)
            {
                _placed.Remove(inTheWay);
                moves[inTheWay]++;
                waiting.Enqueue(inTheWay);
            }

            _placed.Add(i, label);
        }
    }

    private void Settle(IReadOnlyList<SKPoint> anchors, IReadOnlyList<SKSize> sizes, int[] order, bool linesMayCross)
    {
        int[] nobodyMoves = [.. Enumerable.Repeat(MostMoves, anchors.Count)];
        for (int round = 0; round < Rounds; round++)
        {
            // Now the least crowded first: the positions that they leave are free for the others.
            foreach (int i in order.Reverse())
            {
                _placed.Remove(i);
                if (Find(anchors[i], sizes[i], nobodyMoves, linesMayCross) is (PlacedLabel label, _))
                {
                    _placed.Add(i, label);
                }
            }
        }
    }

    // The nearest free position and -1; otherwise the nearest one with a single movable label in the way, and its
    // index.
    private (PlacedLabel Label, int InTheWay)? Find(SKPoint anchor, SKSize size, int[] moves, bool linesMayCross)
    {
        (PlacedLabel, int)? second = null;
        int fewestMoves = MostMoves;
        foreach (float distance in s_distances)
        {
            foreach ((float x, float y) in s_directions)
            {
                PlacedLabel candidate = At(anchor, size, distance, x, y);
                if (!bounds.Contains(candidate.Box) || _markers.Count(candidate.Box) > 0 || PassesMarker(candidate))
                {
                    continue;
                }

                int[] others =
                [
                    .. _placed.Where(other => candidate.Collides(other.Value, linesMayCross))
                        .Select(other => other.Key)
                        .Take(2),
                ];
                if (others.Length == 0)
                {
                    return (candidate, -1);
                }

                if (others.Length == 1 && moves[others[0]] < fewestMoves)
                {
                    fewestMoves = moves[others[0]];
                    second = (candidate, others[0]);
                }
            }
        }

        return second;
    }

    // A line across another point would seem to belong to it; a line that only touches its edge does not.
    private bool PassesMarker(PlacedLabel label) => label.LeaderEnd is SKPoint end && _markers.Any(
        Around(label.Anchor, end),
        marker => SKPoint.Distance(new SKPoint(marker.MidX, marker.MidY), label.Anchor) > markerRadius
            && PlacedLabel.Meets(label.Anchor, end, SKRect.Inflate(marker, -markerRadius / 2, -markerRadius / 2)));

    private PlacedLabel At(SKPoint anchor, SKSize size, float distance, float x, float y)
    {
        // The distance from the point to the nearest edge of the label is the same in all directions.
        float reach = markerRadius + distance;
        float middleX = anchor.X + (x * reach) + (Math.Sign(x) * size.Width / 2);
        float middleY = anchor.Y + (y * reach) + (Math.Sign(y) * size.Height / 2);
        var box = SKRect.Create(middleX - (size.Width / 2), middleY - (size.Height / 2), size.Width, size.Height);
        var end = new SKPoint(Math.Clamp(anchor.X, box.Left, box.Right), Math.Clamp(anchor.Y, box.Top, box.Bottom));
        bool isFar = SKPoint.Distance(anchor, end) > markerRadius + s_distances[1] - 1;
        return new PlacedLabel(box, anchor, isFar ? end : null);
    }

    private static SKRect Around(SKPoint a, SKPoint b) =>
        new(Math.Min(a.X, b.X) - 1, Math.Min(a.Y, b.Y) - 1, Math.Max(a.X, b.X) + 1, Math.Max(a.Y, b.Y) + 1);

    private static SKRect Around(SKPoint point, float radius) =>
        new(point.X - radius, point.Y - radius, point.X + radius, point.Y + radius);

    /// <summary>
    /// A spatial index of boxes, by the squares of the plane that they touch, to find neighbours without checking all
    /// boxes.
    /// </summary>
    private sealed class BoxGrid
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
}
