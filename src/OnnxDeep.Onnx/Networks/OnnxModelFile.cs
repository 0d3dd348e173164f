using OnnxDeep.Learning.Networks;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Networks;

/// <summary>An ONNX file of any kind, read without a runtime.</summary>
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

    /// <summary>The full path of the file.</summary>
    public string Path { get; }

    /// <summary>The metadata_props of the model.</summary>
    public IReadOnlyDictionary<string, string> Properties { get; }

    /// <summary>The model itself, which the caller may change.</summary>
    internal ModelProto Model => _model;

    /// <summary>Reads a file.</summary>
    /// <exception cref="FileFormatException">The file is not ONNX, or is incomplete.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static OnnxModelFile Load(string path)
    {
        path = System.IO.Path.GetFullPath(path);
        return new OnnxModelFile(path, OnnxLayout.ReadWhole(path));
    }

    /// <summary>Whether the model turns the columns of a table into features before its first layer.</summary>
    internal bool IsEncoded => _model.Graph.Node.Any(node => node.Output.Contains(OnnxNames.Encoded));

    /// <summary>The texts that the model looks up, such as the words of a model that takes words.</summary>
    internal IEnumerable<string> ReadKeys() => _model.Graph.Node
        .Where(node => node.OpType == "LabelEncoder")
        .SelectMany(node => node.Attribute.Where(attribute => attribute.Name == "keys_strings"))
        .SelectMany(attribute => attribute.Strings)
        .Select(key => key.ToStringUtf8());

    /// <summary>The Gemm and MatMul layers with stored weights, in graph order.</summary>
    /// <exception cref="FileFormatException">A weight tensor's bytes do not fit its shape.</exception>
    public IReadOnlyList<DenseLayerInfo> GetDenseLayers() =>
        [.. new DenseFinder(_model.Graph).Find().Select(site => site.Read(Path))];

    /// <summary>
    /// The complete model as a network: a chain of dense layers from its only input to its only output.
    /// </summary>
    /// <exception cref="FileFormatException">
    /// The model computes something that a network of this library cannot, or a tensor's bytes do not match its shape.
    /// </exception>
    public Network<float> GetNetwork() => _model.OpsetImport.Count > 0
        ? new NetworkReader(Path, _model.Graph).Read()
        : throw ModelErrors.Create(ErrorIds.ModelInvalid, Path, $"cannot be computed. {ModelErrors.NoOpset}");
}
