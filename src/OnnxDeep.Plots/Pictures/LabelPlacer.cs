using OnnxDeep.Plots.Drawing;

using SkiaSharp;

namespace OnnxDeep.Plots.Pictures;

/// <summary>
/// Finds places for labels near their points: the nearest that is free of other labels, markers and lines. Where
/// there is none, one other label in the way has to move, a few times each. Then all come as near again as they can,
/// and those that found no place try again, at last with lines that cross; where even that does not help, a label is
/// left out.
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

    /// <summary>A place for each label, or null where there is no room.</summary>
    /// <param name="anchors">The points, in pixels.</param>
    /// <param name="sizes">The label of each.</param>
    public PlacedLabel?[] Place(IReadOnlyList<SKPoint> anchors, IReadOnlyList<SKSize> sizes)
    {
        var crowd = new BoxGrid();
        foreach (SKPoint anchor in anchors)
        {
            _markers.Add(Around(anchor, markerRadius));
            crowd.Add(Around(anchor, 0.5f));
        }

        // The most crowded points choose first, as they have the least choice. Of thousands, only the freest have any.
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

        // Two lines that cross can still be followed, and say more than a point without a name.
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
            // The freest first now: what they give up is for the others.
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

    // The nearest free place and -1; else the nearest where one label that may still move is in the way, and which.
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

    // A line over another point would be taken for that point's; one that grazes it is not.
    private bool PassesMarker(PlacedLabel label) => label.LeaderEnd is SKPoint end && _markers.Any(
        Around(label.Anchor, end),
        marker => SKPoint.Distance(new SKPoint(marker.MidX, marker.MidY), label.Anchor) > markerRadius
            && PlacedLabel.Meets(label.Anchor, end, SKRect.Inflate(marker, -markerRadius / 2, -markerRadius / 2)));

    private PlacedLabel At(SKPoint anchor, SKSize size, float distance, float x, float y)
    {
        // From the point to the label's nearest edge it is as far in every direction.
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
}
