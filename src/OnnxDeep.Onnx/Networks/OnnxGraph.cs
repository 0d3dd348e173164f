using System.Runtime.InteropServices;

using Google.Protobuf;
using Google.Protobuf.Collections;

using OnnxDeep.Learning.Networks;
using OnnxDeep.Onnx.Content;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Tensors;

using static OnnxDeep.Onnx.Protos.AttributeProto.Types;
using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Onnx.Networks;

/// <summary>
/// Builds graphs from protobuf messages. Models have opset 17 and IR version 8, which runtimes since 2022 support, and
/// those that split text opset 20 and IR version 9, which runtimes since 2024 support. They contain no time or machine
/// name, so equal networks give equal bytes.
/// </summary>
internal static class OnnxGraph
{
    private const int OpsetVersion = 17;
    private const int IrVersion = 8;

    private const int TextOpset = 20;
    private const int TextIrVersion = 9;

    private const int SequenceOpset = 11;
    private const int SequenceIrVersion = 6;

    /// <summary>Creates a model from a complete graph and its metadata, to which the digest is added.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="metadata">The metadata to store in the file.</param>
    /// <param name="machineLearningVersion">The opset of ai.onnx.ml; 0 if the graph uses none of its operators.</param>
    /// <param name="splitsText">Whether the graph has StringSplit, which opset 20 and IR version 9 added.</param>
    public static ModelProto Model(
        GraphProto graph, ModelMetadata? metadata, int machineLearningVersion = 0, bool splitsText = false)
    {
        var model = new ModelProto
        {
            IrVersion = splitsText ? TextIrVersion : IrVersion,
            ProducerName = OnnxNames.Producer,
            ProducerVersion = OnnxNames.ProducerVersion,
            Graph = graph,
        };
        int opset = splitsText ? TextOpset : OpsetVersion;
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = string.Empty, Version = opset });
        if (machineLearningVersion > 0)
        {
            model.OpsetImport.Add(
                new OperatorSetIdProto { Domain = OnnxNames.MachineLearningDomain, Version = machineLearningVersion });
        }

        foreach ((string key, string text) in metadata?.ToProperties() ?? [])
        {
            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = text });
        }

        ModelDigest.Store(model);
        return model;
    }

    /// <summary>Adds a node with one output, and returns the output's name.</summary>
    public static string Add(
        GraphProto graph,
        string operation,
        string[] inputs,
        string output,
        params ReadOnlySpan<AttributeProto> attributes)
    {
        var node = new NodeProto
        {
            Name = output + "/" + operation,
            OpType = operation,
            Input = { inputs },
            Output = { output },
        };
        foreach (AttributeProto attribute in attributes)
        {
            node.Attribute.Add(attribute);
        }

        graph.Node.Add(node);
        return output;
    }

    /// <summary>Stores floats, row-major, and returns their name.</summary>
    public static string Store(
        GraphProto graph, string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> dims) =>
        Store(graph, name, DataType.Float, MemoryMarshal.AsBytes(values), dims);

    /// <summary>Stores 64-bit floats and returns their name.</summary>
    public static string Store(
        GraphProto graph, string name, ReadOnlySpan<double> values, params ReadOnlySpan<long> dims) =>
        Store(graph, name, DataType.Double, MemoryMarshal.AsBytes(values), dims);

    /// <summary>Stores integers and returns their name.</summary>
    public static string Store(
        GraphProto graph, string name, ReadOnlySpan<long> values, params ReadOnlySpan<long> dims) =>
        Store(graph, name, DataType.Int64, MemoryMarshal.AsBytes(values), dims);

    /// <summary>Stores strings, [count], and returns their name.</summary>
    public static string Store(GraphProto graph, string name, IEnumerable<string> values)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)DataType.String };
        tensor.StringData.AddRange(values.Select(ByteString.CopyFromUtf8));
        tensor.Dims.Add(tensor.StringData.Count);
        graph.Initializer.Add(tensor);
        return name;
    }

    /// <summary>Removes the items that are not kept.</summary>
    public static void Keep<T>(RepeatedField<T> items, Func<T, bool> isKept)
    {
        T[] kept = [.. items.Where(isKept)];
        if (kept.Length != items.Count)
        {
            items.Clear();
            items.AddRange(kept);
        }
    }

    /// <summary>Creates an integer attribute.</summary>
    public static AttributeProto Attribute(string name, long value) =>
        new() { Name = name, Type = AttributeType.Int, I = value };

    /// <summary>Creates a text attribute.</summary>
    public static AttributeProto Attribute(string name, string value) =>
        new() { Name = name, Type = AttributeType.String, S = ByteString.CopyFromUtf8(value) };

    /// <summary>Describes an input or output [N], or [N, columns].</summary>
    public static ValueInfoProto Value(string name, DataType type, int? columns = null)
    {
        var shape = new TensorShapeProto
        {
            Dim = { new TensorShapeProto.Types.Dimension { DimParam = OnnxNames.BatchDimension } },
        };
        if (columns is int width)
        {
            shape.Dim.Add(new TensorShapeProto.Types.Dimension { DimValue = width });
        }

        return new ValueInfoProto
        {
            Name = name,
            Type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape } },
        };
    }

    /// <summary>Adds (x - mean) / scale of the input <c>features</c>, and returns its name.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="mean">[inputs].</param>
    /// <param name="scale">[inputs].</param>
    public static string AddStandardization(GraphProto graph, float[] mean, float[] scale)
    {
        const string name = "standardization";
        Store(graph, $"{name}/mean", mean, mean.Length);
        Store(graph, $"{name}/scale", scale, scale.Length);
        string centered = Add(graph, "Sub", [OnnxNames.Features, $"{name}/mean"], $"{name}/centered");
        return Add(graph, "Div", [centered, $"{name}/scale"], $"{name}/output");
    }

    /// <summary>Adds layers; the last one computes <paramref name="output"/>, [N, units].</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="layers">The layers, first to last; none makes the output the input.</param>
    /// <param name="input">[N, inputs of the first].</param>
    /// <param name="output">The name of what comes out.</param>
    public static void AddLayers(GraphProto graph, IReadOnlyList<DenseLayer<float>> layers, string input, string output)
    {
        for (int i = 0; i < layers.Count; i++)
        {
            string next = i == layers.Count - 1 ? output : layers[i].Name + "/output";
            AddLayer(graph, layers[i], input, next);
            input = next;
        }
    }

    /// <summary>Adds the activation of a layer whose weighted sums are already in the graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="layer">The layer.</param>
    /// <param name="sum">The name of z, [N, units].</param>
    /// <param name="output">The name of f(z).</param>
    public static void AddActivation(GraphProto graph, DenseLayer<float> layer, string sum, string output)
    {
        string operation = OperatorOf(layer.Activation);
        var node = new NodeProto
        {
            Name = $"{layer.Name}/{operation}", OpType = operation, Input = { sum }, Output = { output },
        };
        if (layer.Activation == Activation.Softmax)
        {
            node.Attribute.Add(Attribute("axis", 1));
        }

        graph.Node.Add(node);
    }

    /// <summary>Creates the bytes of a model without inputs that has one output, an empty sequence.</summary>
    /// <param name="elementType">The element type of the tensors that the sequence would contain.</param>
    public static byte[] WriteEmptySequence(OnnxElementType elementType)
    {
        var type = new TypeProto
        {
            SequenceType = new TypeProto.Types.Sequence
            {
                ElemType = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)elementType } },
            },
        };
        var node = new NodeProto { OpType = "SequenceEmpty", Output = { "sequence" } };
        node.Attribute.Add(new AttributeProto
        {
            Name = "dtype", I = (int)elementType, Type = AttributeProto.Types.AttributeType.Int,
        });
        return new ModelProto
        {
            IrVersion = SequenceIrVersion,
            OpsetImport = { new OperatorSetIdProto { Domain = string.Empty, Version = SequenceOpset } },
            Graph = new GraphProto
            {
                Name = "empty", Node = { node }, Output = { new ValueInfoProto { Name = "sequence", Type = type } },
            },
        }.ToByteArray();
    }

    private static string Store(
        GraphProto graph, string name, DataType type, ReadOnlySpan<byte> bytes, ReadOnlySpan<long> dims)
    {
        var tensor = new TensorProto { Name = name, DataType = (int)type, RawData = ByteString.CopyFrom(bytes) };
        foreach (long dim in dims)
        {
            tensor.Dims.Add(dim);
        }

        graph.Initializer.Add(tensor);
        return name;
    }

    private static void AddLayer(GraphProto graph, DenseLayer<float> layer, string input, string output)
    {
        float[] weights = new float[layer.Weights.Length];
        layer.Weights.CopyTo(weights);
        string kernel = Store(graph, layer.Name + "/kernel", weights, layer.Inputs, layer.Units);
        string[] stored = layer.HasBiases
            ? [kernel, Store(graph, layer.Name + "/bias", layer.Biases, layer.Units)]
            : [kernel];
        bool isLinear = layer.Activation == Activation.Linear;
        string sum = isLinear ? output : layer.Name + "/z";
        graph.Node.Add(new NodeProto
        {
            Name = layer.Name,
            OpType = "Gemm",
            Input = { input, stored },
            Output = { sum },
        });
        if (!isLinear)
        {
            AddActivation(graph, layer, sum, output);
        }
    }

    private static string OperatorOf(Activation activation) => activation switch
    {
        Activation.Linear => "Identity",
        Activation.ReLU => "Relu",
        _ => activation.ToString(),
    };
}
