using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Inspection;

/// <summary>
/// Finds nodes that wait for each other: whatever cannot be put into an order is in a cycle, or behind one.
/// </summary>
internal static class CycleFinder
{
    /// <summary>A way round, the first name again at its end; null where the nodes can be put into an order.</summary>
    /// <param name="nodes">The nodes of one scope; bodies in them count with what they take from it.</param>
    public static IReadOnlyList<string>? Find(IReadOnlyList<NodeProto> nodes)
    {
        int[][] sources = NodeOrder.GetSources(nodes);
        bool[] isDone = new bool[nodes.Count];
        foreach (int node in NodeOrder.Sort(sources))
        {
            isDone[node] = true;
        }

        int start = Array.IndexOf(isDone, false);
        return start < 0 ? null : Trace(nodes, sources, isDone, start);
    }

    // Each node that is left waits for another one that is left: going back always ends in the cycle.
    private static List<string> Trace(IReadOnlyList<NodeProto> nodes, int[][] sources, bool[] isDone, int node)
    {
        var way = new List<int>();
        var seen = new HashSet<int>();
        while (seen.Add(node))
        {
            way.Add(node);
            node = Array.Find(sources[node], source => !isDone[source]);
        }

        way.RemoveRange(0, way.IndexOf(node));
        way.Reverse();
        way.Insert(0, way[^1]);
        return [.. way.Select(index => GraphScope.NameOf(nodes[index], index))];
    }
}
