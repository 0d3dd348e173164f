using System.Runtime.InteropServices;

using Google.Protobuf;

using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.AttributeProto.Types;
using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Onnx.Networks;

/// <summary>
/// Builds graphs from protobuf messages. Models have opset 17 and IR version 8, which runtimes since 2022 support. They
/// contain no time or machine name, so equal networks give equal bytes.
/// </summary>
internal static class OnnxGraph
{
    private const int OpsetVersion = 17;
    private const int IrVersion = 8;

    /// <summary>Creates a model from a graph and its metadata.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="metadata">The metadata to store in the file.</param>
    /// <param name="machineLearningVersion">The opset of ai.onnx.ml; 0 if the graph uses none of its operators.</param>
    public static ModelProto Model(GraphProto graph, ModelMetadata? metadata, int machineLearningVersion = 0)
    {
        var model = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = OnnxNames.Producer,
            ProducerVersion = OnnxNames.ProducerVersion,
            Graph = graph,
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = string.Empty, Version = OpsetVersion });
        if (machineLearningVersion > 0)
        {
            model.OpsetImport.Add(
                new OperatorSetIdProto { Domain = OnnxNames.MachineLearningDomain, Version = machineLearningVersion });
        }

        foreach ((string key, string text) in metadata?.ToProperties() ?? [])
        {
            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = text });
        }

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
}
