using Google.Protobuf;

using OnnxDeep.IO;
using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Onnx.Networks;

/// <summary>
/// Writes a network as ONNX: opset 17 and IR version 8, which runtimes since 2022 read; a Gemm and an activation a
/// layer. No time and no machine goes in, so that equal networks give equal bytes.
/// </summary>
public static class OnnxExporter
{
    /// <summary>The model's bytes: input <c>features</c> [N, inputs], output <c>probability</c> [N, units].</summary>
    /// <param name="network">What to export.</param>
    /// <param name="metadata">What the file should say of itself.</param>
    /// <param name="graphName">The graph's name in viewers.</param>
    /// <param name="standardization">
    /// What raw inputs go through in the graph before the first layer; null for nothing.
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
        string input = standardization is null ? OnnxNames.Features : AddStandardization(graph, standardization);
        DenseGraph.AddLayers(graph, network.Layers, input, OnnxNames.Probability);
        return OnnxGraph.Model(graph, metadata).ToByteArray();
    }

    /// <summary>Writes the model's bytes to a file, whole or not at all.</summary>
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

    private static string AddStandardization(GraphProto graph, Standardization standardization)
    {
        const string Name = "standardization";
        int inputs = standardization.Mean.Count;
        string mean = OnnxGraph.Store(graph, $"{Name}/mean", standardization.Mean.ToArray(), inputs);
        string scale = OnnxGraph.Store(graph, $"{Name}/scale", standardization.Scale.ToArray(), inputs);
        string centered = OnnxGraph.Add(graph, "Sub", [OnnxNames.Features, mean], $"{Name}/centered");
        return OnnxGraph.Add(graph, "Div", [centered, scale], $"{Name}/output");
    }
}
