using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Inspection;

/// <summary>
/// Finds nodes that depend on each other: a node that cannot be ordered is part of a cycle or depends on one.
/// </summary>
internal static class CycleFinder
{
    /// <summary>
    /// The names of the nodes in a cycle, ending with the first one again; null if the nodes can be ordered.
    /// </summary>
    /// <param name="nodes">The nodes of one scope; each includes what bodies in it take from the scope.</param>
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

    // Each remaining node depends on another remaining node, so walking backwards always ends in the cycle.
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
