using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Inspection;

/// <summary>The order in which nodes can be computed.</summary>
internal static class NodeOrder
{
    /// <summary>For each node the nodes that it takes values from.</summary>
    /// <param name="nodes">The nodes of one scope; bodies in them count with what they take from it.</param>
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

    /// <summary>The nodes with each behind its sources, by Kahn's algorithm; otherwise as they come.</summary>
    /// <param name="sources">See <see cref="GetSources"/>.</param>
    /// <returns>Those that can be put into an order: all but cycles and what is behind them.</returns>
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

    /// <summary>The values that a node takes, those that bodies in it take from outside among them.</summary>
    public static IEnumerable<string> Needs(NodeProto node) =>
        node.Input.Concat(GraphScope.Bodies(node).SelectMany(body => Needs(body.Graph)));

    // What a body takes from outside is all that it names and does not make.
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
