using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Inspection;

/// <summary>Finds nodes that wait for each other, by Kahn's algorithm: whatever cannot be put into an order is in a cycle, or behind one.</summary>
internal static class CycleFinder
{
    /// <summary>A way round, the first name again at its end; null where the nodes can be put into an order.</summary>
    /// <param name="nodes">The nodes of one scope; bodies in them count with what they take from it.</param>
    public static IReadOnlyList<string>? Find(IReadOnlyList<NodeProto> nodes)
    {
        var producers = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < nodes.Count; i++)
        {
            foreach (string output in nodes[i].Output.Where(name => name.Length > 0))
            {
                producers[output] = i;
            }
        }

        int[][] sources =
        [
            .. nodes.Select(node => Needs(node)
                .Select(name => producers.TryGetValue(name, out int producer) ? producer : -1)
                .Where(producer => producer >= 0)
                .Distinct()
                .ToArray()),
        ];
        bool[] isDone = Order(sources);
        int start = Array.IndexOf(isDone, false);
        return start < 0 ? null : Trace(nodes, sources, isDone, start);
    }

    private static bool[] Order(int[][] sources)
    {
        int[] waiting = [.. sources.Select(list => list.Length)];
        ILookup<int, int> followers = sources
            .SelectMany((list, node) => list.Select(source => (source, node)))
            .ToLookup(pair => pair.source, pair => pair.node);
        var ready = new Queue<int>(Enumerable.Range(0, sources.Length).Where(node => waiting[node] == 0));
        bool[] isDone = new bool[sources.Length];
        while (ready.TryDequeue(out int node))
        {
            isDone[node] = true;
            foreach (int follower in followers[node].Where(follower => --waiting[follower] == 0))
            {
                ready.Enqueue(follower);
            }
        }

        return isDone;
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

    // What a body takes from outside is all that it names and does not make.
    private static IEnumerable<string> Needs(NodeProto node) => node.Input.Concat(GraphScope.Bodies(node).SelectMany(body => Needs(body.Graph)));

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
}
