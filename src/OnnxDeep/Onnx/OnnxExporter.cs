using System.Runtime.InteropServices;

using Google.Protobuf;

using OnnxDeep.IO;
using OnnxDeep.Networks;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx;

/// <summary>
/// Writes a network as ONNX: opset 17 and IR version 8, which runtimes since 2022 read; a Gemm and an activation a
/// layer. No time and no machine goes in, so that equal networks give equal bytes.
/// </summary>
public static class OnnxExporter
{
    private const int OpsetVersion = 17;
    private const int IrVersion = 8;

    /// <summary>The model's bytes: input <c>features</c> [N, inputs], output <c>probability</c> [N, units].</summary>
    /// <param name="network">What to export.</param>
    /// <param name="metadata">What the file should say of itself.</param>
    /// <param name="graphName">The graph's name in viewers.</param>
    public static byte[] Export(Network network, ModelMetadata? metadata = null, string graphName = "sequential")
    {
        ArgumentNullException.ThrowIfNull(network);
        var graph = new GraphProto { Name = graphName };
        graph.Input.Add(MatrixInfo(OnnxNames.Features, network.Inputs));
        graph.Output.Add(MatrixInfo(OnnxNames.Probability, network.Units));
        string value = OnnxNames.Features;
        for (int i = 0; i < network.Layers.Count; i++)
        {
            string output = i == network.Layers.Count - 1 ? OnnxNames.Probability : network.Layers[i].Name + "/output";
            AddLayer(graph, network.Layers[i], value, output);
            value = output;
        }

        var model = new ModelProto
        {
            IrVersion = IrVersion,
            ProducerName = OnnxNames.Producer,
            ProducerVersion = typeof(OnnxExporter).Assembly.GetName().Version!.ToString(3),
            Graph = graph,
        };
        model.OpsetImport.Add(new OperatorSetIdProto { Domain = string.Empty, Version = OpsetVersion });
        foreach ((string key, string text) in metadata?.ToProperties() ?? [])
        {
            model.MetadataProps.Add(new StringStringEntryProto { Key = key, Value = text });
        }

        return model.ToByteArray();
    }

    /// <summary>Writes the model's bytes to a file, whole or not at all.</summary>
    public static void Write(
        string path, Network network, ModelMetadata? metadata = null, string graphName = "sequential")
    {
        byte[] bytes = Export(network, metadata, graphName);
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }

    private static void AddLayer(GraphProto graph, DenseLayer layer, string input, string output)
    {
        string kernel = layer.Name + "/kernel";
        string bias = layer.Name + "/bias";
        float[] weights = new float[layer.Weights.Length];
        layer.Weights.CopyTo(weights);
        graph.Initializer.Add(Tensor(kernel, weights, layer.Inputs, layer.Units));
        graph.Initializer.Add(Tensor(bias, layer.Biases, layer.Units));

        string? activation = OperatorOf(layer.Activation);
        string sum = activation is null ? output : layer.Name + "/z";
        graph.Node.Add(new NodeProto { Name = layer.Name, OpType = "Gemm", Input = { input, kernel, bias }, Output = { sum } });
        if (activation is not null)
        {
            var node = new NodeProto
            {
                Name = $"{layer.Name}/{activation}", OpType = activation, Input = { sum }, Output = { output },
            };
            if (layer.Activation == Activation.Softmax)
            {
                node.Attribute.Add(new AttributeProto
                {
                    Name = "axis", Type = AttributeProto.Types.AttributeType.Int, I = 1,
                });
            }

            graph.Node.Add(node);
        }
    }

    private static string? OperatorOf(Activation activation) => activation switch
    {
        Activation.Linear => null,
        Activation.ReLU => "Relu",
        _ => activation.ToString(),
    };

    private static TensorProto Tensor(string name, ReadOnlySpan<float> values, params ReadOnlySpan<long> dims)
    {
        var tensor = new TensorProto
        {
            Name = name,
            DataType = (int)TensorProto.Types.DataType.Float,
            RawData = ByteString.CopyFrom(MemoryMarshal.AsBytes(values)),
        };
        foreach (long dim in dims)
        {
            tensor.Dims.Add(dim);
        }

        return tensor;
    }

    private static ValueInfoProto MatrixInfo(string name, int columns) => new()
    {
        Name = name,
        Type = new TypeProto
        {
            TensorType = new TypeProto.Types.Tensor
            {
                ElemType = (int)TensorProto.Types.DataType.Float,
                Shape = new TensorShapeProto
                {
                    Dim =
                    {
                        new TensorShapeProto.Types.Dimension { DimParam = OnnxNames.BatchDimension },
                        new TensorShapeProto.Types.Dimension { DimValue = columns },
                    },
                },
            },
        },
    };
}
