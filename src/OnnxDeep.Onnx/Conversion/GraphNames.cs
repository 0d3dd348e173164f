using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Conversion;

/// <summary>The names of a model's values, those of bodies too, which see the values around them.</summary>
internal sealed class GraphNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);

    /// <summary>Looks a model over.</summary>
    public GraphNames(ModelProto model)
    {
        foreach (GraphScope scope in GraphScope.Of(model))
        {
            _taken.UnionWith(scope.Nodes.SelectMany(node => node.Output.Concat(node.Input)));
            if (scope.Graph is GraphProto graph)
            {
                _taken.UnionWith(graph.Input.Concat(graph.Output).Select(value => value.Name));
                _taken.UnionWith(graph.Initializer.Select(tensor => tensor.Name));
                _taken.UnionWith(graph.SparseInitializer.Select(tensor => tensor.Values?.Name ?? string.Empty));
            }
        }
    }

    /// <summary>A name that nothing else has: the wanted one, or one with a number behind it.</summary>
    public string Take(string wanted)
    {
        string name = wanted;
        for (int number = 1; !_taken.Add(name); number++)
        {
            name = FormattableString.Invariant($"{wanted}_{number}");
        }

        return name;
    }
}
