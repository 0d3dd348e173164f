using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Conversion;

/// <summary>Removes values that a conversion has replaced.</summary>
internal static class UnusedValues
{
    /// <summary>Removes values of the main graph that no node uses, repeatedly until none are left.</summary>
    /// <param name="model">The model, which is changed.</param>
    /// <param name="candidates">The names of stored tensors, and of the single outputs of their conversions.</param>
    public static void Remove(ModelProto model, IEnumerable<string> candidates)
    {
        GraphProto graph = model.Graph;
        HashSet<string> names = [.. candidates];
        while (names.Count > 0)
        {
            HashSet<string> used = FindUsed(model);
            HashSet<string> unused = [.. names.Where(name => !used.Contains(name))];
            if (unused.Count == 0)
            {
                return;
            }

            names.ExceptWith(unused);
            Keep(graph.Initializer, tensor => !unused.Contains(tensor.Name));
            Keep(graph.Input, value => !unused.Contains(value.Name));
            Keep(graph.ValueInfo, value => !unused.Contains(value.Name));
            Keep(graph.Node, node => node.Output.Count != 1 || !unused.Contains(node.Output[0]));
        }
    }

    private static HashSet<string> FindUsed(ModelProto model)
    {
        HashSet<string> used = new(StringComparer.Ordinal);
        foreach (GraphScope scope in GraphScope.Of(model))
        {
            used.UnionWith(scope.Nodes.SelectMany(node => node.Input));
            used.UnionWith(scope.Graph?.Output.Select(value => value.Name) ?? []);
        }

        return used;
    }

    private static void Keep<T>(Google.Protobuf.Collections.RepeatedField<T> items, Func<T, bool> isKept)
    {
        T[] kept = [.. items.Where(isKept)];
        if (kept.Length != items.Count)
        {
            items.Clear();
            items.AddRange(kept);
        }
    }
}
