using System.Runtime.InteropServices;

using CommunityToolkit.HighPerformance;

using Google.Protobuf;

using OnnxDeep.Inference.Sessions;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Learning.Tables;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Tensors;
using OnnxDeep.Words.Export;
using OnnxDeep.Words.Table;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Tests.Tables;

/// <summary>A table model that also has the encoded features among its outputs.</summary>
internal sealed class TableModel : IDisposable
{
    private const string Plain = "standardization/output";

    private readonly TableSchema _schema;
    private readonly string? _encoded;

    public TableModel(
        TemporaryDirectory directory,
        TableSchema schema,
        Network<float>? network = null,
        ModelMetadata? metadata = null,
        WordVectorTable? vectors = null)
    {
        _schema = schema;
        network ??= Network.Create(schema.Width, [new(3, Activation.Softmax)], seed: 3);
        Path = directory.Write(
            $"{Guid.NewGuid():N}.onnx", TableModelExporter.Export(network, schema, metadata, vectors: vectors));
        ModelProto model = OnnxModelFile.Load(Path).Model;
        string[] values = [.. model.Graph.Node.SelectMany(node => node.Output)];
        _encoded = Array.Find(values, value => value is "encoded" or Plain);
        if (_encoded is not null)
        {
            model.Graph.Output.Add(OnnxGraph.Value(_encoded, DataType.Float));
            model.Graph.Output[^1].Type.TensorType.Shape = null;
        }

        Session = OnnxSession.Open(directory.Write($"{Guid.NewGuid():N}.onnx", model.ToByteArray()));
    }

    /// <summary>The exported file.</summary>
    public string Path { get; }

    /// <summary>The file with the additional output.</summary>
    public OnnxSession Session { get; }

    public void Dispose() => Session.Dispose();

    /// <summary>Runs rows.</summary>
    public (float[] Scores, string[] Labels, float[] Encoded) Run(double[][] numbers, string[][] texts)
    {
        var inputs = new Dictionary<string, OnnxValue>();
        long rows = Math.Max(numbers.Length, texts.Length);
        if (_schema.Numeric.Count > 0)
        {
            double[] all = [.. numbers.SelectMany(row => row)];
            inputs["features"] = new OnnxTensor(
                _schema.NeedsDouble ? OnnxElementType.Double : OnnxElementType.Float,
                [rows, _schema.Numeric.Count],
                _schema.NeedsDouble
                    ? MemoryMarshal.AsBytes<double>(all).ToArray()
                    : MemoryMarshal.AsBytes<float>(Array.ConvertAll(all, number => (float)number)).ToArray());
        }

        if (_schema.Textual.Count > 0)
        {
            inputs["texts"] = new OnnxTensor([rows, _schema.Textual.Count], [.. texts.SelectMany(row => row)]);
        }

        string[] outputs = [.. Session.Outputs.Select(output => output.Name)];
        OnnxTensor[] results = [.. Session.Run(inputs, outputs, new Dictionary<string, OnnxType>()).Cast<OnnxTensor>()];
        return (
            Floats(results[0]),
            outputs.Contains("label") ? [.. results[1].Strings] : [],
            _encoded is null ? [] : Floats(results[^1]));
    }

    /// <summary>Writes and opens vectors of a few words.</summary>
    public static WordVectorTable CreateVectors(TemporaryDirectory directory)
    {
        string[] keys = ["green", "salad", "don't", "naïve", "café", "ice cream", "Paris"];
        var random = new Random(4);
        float[,] rows = new float[keys.Length, 5];
        foreach (ref float value in rows.AsSpan())
        {
            value = (float)random.NextDouble() - 0.5f;
        }

        string path = directory.File($"{Guid.NewGuid():N}.safetensors");
        WordVectorTableWriter.Write(
            path,
            keys,
            [.. Enumerable.Range(0, keys.Length)],
            rows,
            VectorElementType.Float32,
            new Dictionary<string, string>());
        return WordVectorTable.Open(path);
    }

    private static float[] Floats(OnnxTensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.Bytes.Span).ToArray();
}
