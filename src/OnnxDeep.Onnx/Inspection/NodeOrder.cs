using OnnxDeep.Onnx.Content;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Inspection;

/// <summary>Determines the order in which nodes can be computed, and finds cycles.</summary>
internal static class NodeOrder
{
    /// <summary>For each node, the nodes whose values it takes.</summary>
    /// <param name="nodes">The nodes of one scope; each includes what bodies in it take from the scope.</param>
    public static int[][] GetSources(IReadOnlyList<NodeProto> nodes)
    {
        var producers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < nodes.Count; i++)
        {
            foreach (string output in nodes[i].Output.Where(name => name.Length > 0))
            {
                producers[output] = i;
            }
        }

        return
        [
            .. nodes.Select(node => Needs(node)
                .Select(name => producers.TryGetValue(name, out int producer) ? producer : -1)
                .Where(producer => producer >= 0)
                .Distinct()
                .ToArray()),
        ];
    }

    /// <summary>
    /// Sorts nodes so that each follows its sources (Kahn's algorithm), otherwise in the original order.
    /// </summary>
    /// <param name="sources">The result of <see cref="GetSources"/>.</param>
    /// <returns>The nodes that can be ordered: all except cycles and the nodes that depend on them.</returns>
    public static IReadOnlyList<int> Sort(int[][] sources)
    {
        int[] waiting = [.. sources.Select(list => list.Length)];
        ILookup<int, int> followers = sources
            .SelectMany((list, node) => list.Select(source => (source, node)))
            .ToLookup(pair => pair.source, pair => pair.node);
        var ready = new PriorityQueue<int, int>(
            Enumerable.Range(0, sources.Length).Where(node => waiting[node] == 0).Select(node => (node, node)));
        var order = new List<int>(sources.Length);
        while (ready.TryDequeue(out int node, out _))
        {
            order.Add(node);
            foreach (int follower in followers[node].Where(follower => --waiting[follower] == 0))
            {
                ready.Enqueue(follower, follower);
            }
        }

        return order;
    }

    /// <summary>The values that a node takes, including those that bodies in it take from outside.</summary>
    public static IEnumerable<string> Needs(NodeProto node) =>
        node.Input.Concat(GraphScope.Bodies(node).SelectMany(body => Needs(body.Graph)));

    /// <summary>
    /// The names of the nodes in a cycle, ending with the first one again; null if the nodes can be ordered.
    /// </summary>
    /// <param name="nodes">The nodes of one scope; each includes what bodies in it take from the scope.</param>
    public static IReadOnlyList<string>? FindCycle(IReadOnlyList<NodeProto> nodes)
    {
        int[][] sources = GetSources(nodes);
        bool[] isDone = new bool[nodes.Count];
        foreach (int node in Sort(sources))
        {
            isDone[node] = true;
        }

        int start = Array.IndexOf(isDone, false);
        return start < 0 ? null : Trace(nodes, sources, isDone, start);
    }

    // A body takes from outside every name that it uses but does not define.
    private static HashSet<string> Needs(GraphProto graph)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (NodeProto node in graph.Node)
        {
            names.UnionWith(Needs(node));
        }

        names.UnionWith(graph.Output.Select(output => output.Name));
        names.ExceptWith(graph.Input.Select(input => input.Name));
        names.ExceptWith(graph.Initializer.Select(tensor => tensor.Name));
        names.ExceptWith(graph.Node.SelectMany(node => node.Output));
        return names;
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
