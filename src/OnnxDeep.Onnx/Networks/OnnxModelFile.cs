using OnnxDeep.Learning.Networks;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Networks;

/// <summary>Any ONNX file, read without a runtime.</summary>
public sealed class OnnxModelFile
{
    private readonly ModelProto _model;

    private OnnxModelFile(string path, ModelProto model)
    {
        Path = path;
        _model = model;
        Properties = model.MetadataProps
            .GroupBy(entry => entry.Key, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.Last().Value, StringComparer.Ordinal);
    }

    /// <summary>The file, as a full path.</summary>
    public string Path { get; }

    /// <summary>The pairs under metadata_props.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; }

    /// <summary>The model itself, to be changed by whoever read it.</summary>
    internal ModelProto Model => _model;

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileFormatException">The file is not ONNX, or not all of it.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static OnnxModelFile Load(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        ModelProto model = OnnxLayout.ReadWhole(path);
        return model.Graph.Node.Count > 0
            ? new OnnxModelFile(path, model)
            : throw ModelErrors.Truncated(path, "its graph has no node", null);
    }

    /// <summary>The Gemm and MatMul layers with stored weights, in graph order.</summary>
    /// <exception cref="FileFormatException">A weight tensor's bytes do not fit its shape.</exception>
    public IReadOnlyList<DenseLayerInfo> GetDenseLayers() =>
        [.. new DenseFinder(_model.Graph).Find().Select(site => site.Read(Path))];

    /// <summary>The whole model as a network: dense layers in a chain from its one input to its one output.</summary>
    /// <exception cref="FileFormatException">
    /// The model computes something else, which a network of this library cannot; or a tensor's bytes do not fit its
    /// shape.
    /// </exception>
    public Network<float> GetNetwork() => new NetworkReader(Path, _model.Graph).Read();
}
