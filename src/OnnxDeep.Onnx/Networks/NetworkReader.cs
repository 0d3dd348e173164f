using CommunityToolkit.HighPerformance;

using OnnxDeep.Learning.Networks;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Networks;

/// <summary>
/// Reads a graph as a network by walking from its input to its output, or from the features of a table's columns, which
/// are then the inputs of the network. Every node on the way must be part of a dense layer, so no part of the model's
/// computation is silently left out.
/// </summary>
internal sealed class NetworkReader
{
    private readonly string _path;
    private readonly GraphProto _graph;
    private readonly DenseFinder _finder;
    private readonly string _output;
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public NetworkReader(string path, GraphProto graph)
    {
        _path = path;
        _graph = graph;
        _finder = new DenseFinder(graph);
        ValueInfoProto[] outputs = [.. graph.Output.Where(output => !IsLabel(output))];
        _output = outputs is [var only] ? only.Name : string.Empty;
    }

    public Network<float> Read()
    {
        // Old exporters list stored tensors among the inputs.
        var stored = _graph.Initializer.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        string[] inputs = [.. _graph.Input.Select(input => input.Name).Where(name => !stored.Contains(name))];
        if (_graph.Node.Any(node => node.OpType == "StringSplit"))
        {
            throw NotDense("it takes free text, and its first layer is folded into the table of words");
        }

        bool isEncoded = _graph.Node.Any(node => node.Output.Contains(OnnxNames.Encoded));
        if ((inputs.Length != 1 && !isEncoded) || _output.Length == 0)
        {
            throw NotDense(
                $"it has {Quantity.Of(inputs.Length, "input")} and {Quantity.Of(_graph.Output.Count, "output")} "
                + "instead of one each");
        }

        var found = new List<DenseLayer<float>>();
        string value = isEncoded ? OnnxNames.Encoded : inputs[0];
        (float[] Mean, float[] Scale)? scaling = isEncoded ? null : ReadStandardization(ref value);
        for (int steps = 0; value != _output; steps++)
        {
            NodeProto node = steps < _graph.Node.Count ? Next(value) : throw NotDense("its nodes form a cycle");
            if (node.OpType is "Identity" or "Dropout")
            {
                value = node.Output[0];
                continue;
            }

            found.Add(ReadLayer(node, value, found, out value));
        }

        if (found.Count == 0)
        {
            throw NotDense("it has no layers");
        }

        if (scaling is (float[] mean, float[] scale))
        {
            found[0] = Fold(found[0], mean, scale);
        }

        return new Network<float>(found);
    }

    // The class that belongs to the scores; they are all that the network computes.
    private static bool IsLabel(ValueInfoProto output) => output is
        { Name: OnnxNames.Label, Type.TensorType.ElemType: (int)TensorProto.Types.DataType.String };

    // (x - mean) / scale before the first layer: the layer can do both with adjusted weights and biases.
    private (float[] Mean, float[] Scale)? ReadStandardization(ref string value)
    {
        string input = value;
        NodeProto? center = _finder.FindConsumers(input) is [_] ? Follower(input) : null;
        if (center is not { OpType: "Sub", Input.Count: 2, Output.Count: 1 }
            || center.Input[0] != input
            || Follower(center.Output[0]) is not { OpType: "Div", Input.Count: 2, Output.Count: 1 } divide
            || divide.Input[0] != center.Output[0])
        {
            return null;
        }

        TensorShapeProto? shape = _graph.Input.First(item => item.Name == input).Type?.TensorType?.Shape;
        int width = (int)(shape?.Dim.LastOrDefault()?.DimValue ?? 0);
        if (FindVector(center.Input[1], width) is not float[] mean
            || FindVector(divide.Input[1], width) is not float[] scale)
        {
            return null;
        }

        value = divide.Output[0];
        return (mean, scale);
    }

    private static DenseLayer<float> Fold(DenseLayer<float> layer, float[] mean, float[] scale)
    {
        float[,] weights = layer.Weights.ToArray();
        float[] biases = layer.Biases.ToArray();
        for (int unit = 0; unit < layer.Units; unit++)
        {
            double bias = biases[unit];
            for (int i = 0; i < layer.Inputs; i++)
            {
                double weight = (double)weights[i, unit] / scale[i];
                bias -= weight * mean[i];
                weights[i, unit] = (float)weight;
            }

            biases[unit] = (float)bias;
        }

        return new DenseLayer<float>(layer.Name, weights.AsSpan2D(), biases, layer.Activation);
    }

    private DenseLayer<float> ReadLayer(NodeProto node, string input, List<DenseLayer<float>> before, out string output)
    {
        bool isTransposed = node.Attribute.Any(attribute => attribute is { Name: "transA", I: not 0 });
        if (isTransposed
            || node.Input[0] != input
            || _finder.Find(node)?.Read(_path) is not { Inputs: > 0, Units: > 0 } layer)
        {
            throw NotDense($"its node '{node.Name}' is {node.OpType}");
        }

        if (before.Count > 0 && before[^1].Units != layer.Inputs)
        {
            throw NotDense(
                $"its layer '{layer.Name}' takes {Quantity.Of(layer.Inputs, "input")}, "
                + $"but '{before[^1].Name}' has {Quantity.Of(before[^1].Units, "unit")}");
        }

        if (node is { OpType: "Gemm", Input.Count: > 2 } && FindVector(node.Input[2], layer.Units) is null)
        {
            throw NotDense($"the biases of its node '{node.Name}' are not stored as one number per unit");
        }

        output = node.Output[0];
        if (node.OpType == "MatMul" && Follower(output) is { OpType: "Add" } add)
        {
            string other = output;
            string addend = add.Input.FirstOrDefault(name => name != other) ?? string.Empty;
            if (FindVector(addend, layer.Units) is null)
            {
                throw NotDense($"its node '{add.Name}' adds something other than biases");
            }

            output = add.Output[0];
        }

        Activation activation = Activation.Linear;
        if (Follower(output) is NodeProto follower && ReadActivation(follower) is Activation read)
        {
            activation = read;
            output = follower.Output[0];
        }

        // Layers may share their weights and therefore their name.
        bool isFree = layer.Name.Length > 0 && !_names.Contains(layer.Name);
        string name = isFree ? layer.Name : $"{layer.Name}#{before.Count}";
        _names.Add(name);
        return new DenseLayer<float>(name, new ReadOnlySpan2D<float>(layer.Weights), layer.Biases ?? [], activation);
    }

    private static Activation? ReadActivation(NodeProto node) => node.OpType switch
    {
        "Relu" => Activation.ReLU,
        "Sigmoid" => Activation.Sigmoid,
        "Tanh" => Activation.Tanh,
        "Softmax" when node.Attribute.All(attribute => attribute.Name != "axis" || attribute.I is 1 or -1) =>
            Activation.Softmax,
        _ => null,
    };

    // The numbers of a stored vector, or of one number for all; null if there is no such vector.
    private float[]? FindVector(string name, int length) =>
        _finder.FindStored(name) is TensorProto tensor
        && TensorReader.CountOrNull(tensor.Dims) is long count
        && (count == length || count == 1)
            ? DenseSite.ReadVector(_path, tensor, length)
            : null;

    private NodeProto Next(string value)
    {
        NodeProto[] consumers = _finder.FindConsumers(value);
        return consumers is [{ Output.Count: > 0 } only]
            ? only
            : throw NotDense($"{(consumers.Length == 0 ? "nothing takes" : "several nodes take")} its value '{value}'");
    }

    private NodeProto? Follower(string value) => value == _output ? null : Next(value);

    private FileFormatException NotDense(string problem) => ModelErrors.Create(
        ErrorIds.ModelNotDense,
        _path,
        $"is not a plain chain of dense layers: {problem}. Use a model of Gemm, or MatMul and Add, "
        + "with Relu, Sigmoid, Tanh, Softmax or no activation between one input and one output.");
}
