using Google.Protobuf;

using OnnxDeep.IO;
using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Onnx.Networks;

/// <summary>
/// Writes a network as ONNX: opset 17 and IR version 8, which runtimes since 2022 support, with one Gemm and one
/// activation per layer. The file contains no time or machine name, so equal networks give equal bytes.
/// </summary>
public static class OnnxExporter
{
    /// <summary>
    /// Gets the bytes of the model: input <c>features</c> [N, inputs], output <c>probability</c> [N, units].
    /// </summary>
    /// <param name="network">The network to export.</param>
    /// <param name="metadata">The metadata to store in the file.</param>
    /// <param name="graphName">The name that viewers show for the graph.</param>
    /// <param name="standardization">
    /// The standardisation of raw inputs to add to the graph before the first layer; null for none.
    /// </param>
    public static byte[] Export(
        Network<float> network,
        ModelMetadata? metadata = null,
        string graphName = "sequential",
        Standardization? standardization = null)
    {
        ArgumentNullException.ThrowIfNull(network);
        var graph = new GraphProto { Name = graphName };
        graph.Input.Add(OnnxGraph.Value(OnnxNames.Features, DataType.Float, network.Inputs));
        graph.Output.Add(OnnxGraph.Value(OnnxNames.Probability, DataType.Float, network.Units));
        string input = standardization is null
            ? OnnxNames.Features
            : OnnxGraph.AddStandardization(graph, [.. standardization.Mean], [.. standardization.Scale]);
        OnnxGraph.AddLayers(graph, network.Layers, input, OnnxNames.Probability);
        return OnnxGraph.Model(graph, metadata).ToByteArray();
    }

    /// <summary>Writes the model's bytes to a file, completely or not at all.</summary>
    public static void Write(
        string path,
        Network<float> network,
        ModelMetadata? metadata = null,
        string graphName = "sequential",
        Standardization? standardization = null)
    {
        byte[] bytes = Export(network, metadata, graphName, standardization);
        AtomicFile.Write(path, stream => stream.Write(bytes));
    }
}
