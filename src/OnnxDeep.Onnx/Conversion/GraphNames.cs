using OnnxDeep.Onnx.Content;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Conversion;

/// <summary>The names of a model's values, including those in bodies, which can see the values around them.</summary>
internal sealed class GraphNames
{
    private readonly HashSet<string> _taken = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);

    /// <summary>Collects the names of a model.</summary>
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

    /// <summary>Reserves a unique name: the wanted one, or that name followed by a number.</summary>
    public string Take(string wanted)
    {
        string name = wanted;
        int number = _numbers.GetValueOrDefault(wanted);
        for (; !_taken.Add(name); name = FormattableString.Invariant($"{wanted}_{number}"))
        {
            number++;
        }

        _numbers[wanted] = number;
        return name;
    }
}
