using System.Runtime.InteropServices;

using OnnxDeep.IO;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Words.Formats.Arrays;

namespace OnnxDeep.Words.Formats.Embeddings;

/// <summary>Finds the embedding tables of an ONNX graph, including those in the bodies of loops and branches.</summary>
internal sealed class EmbeddingGraph
{
    private const int MostSteps = 32;

    private static readonly string[] s_reshaping =
        ["Identity", "Cast", "Reshape", "Squeeze", "Unsqueeze", "Flatten", "Transpose"];

    private readonly OnnxLayout _layout;
    private readonly Dictionary<string, TensorProto> _tensors = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NodeProto> _producers = new(StringComparer.Ordinal);
    private readonly List<NodeProto> _gathers = [];

    /// <summary>Searches a model's graph.</summary>
    public EmbeddingGraph(OnnxLayout layout)
    {
        _layout = layout;
        Add(layout.Model.Graph);
    }

    /// <summary>
    /// Every two-dimensional float tensor whose rows a Gather selects, without duplicates, in graph order.
    /// </summary>
    public IReadOnlyList<EmbeddingTable> FindTables()
    {
        var tables = new Dictionary<string, EmbeddingTable>(StringComparer.Ordinal);
        foreach (NodeProto gather in _gathers)
        {
            if (FindTensor(gather.Input[0]) is (string name, TensorProto tensor)
                && tensor is { Dims.Count: 2 }
                && EmbeddingTable.TypeOf(tensor) is not null
                && !(tables.TryGetValue(name, out EmbeddingTable? known) && known.Words is not null))
            {
                tables[name] = new EmbeddingTable(name, tensor, FindWords(gather.Input[1]));
            }
        }

        return [.. tables.Values];
    }

    private void Add(GraphProto graph)
    {
        foreach (TensorProto tensor in graph.Initializer)
        {
            _tensors.TryAdd(tensor.Name, tensor);
        }

        foreach (NodeProto node in graph.Node)
        {
            foreach (string output in node.Output)
            {
                _producers.TryAdd(output, node);
            }

            if (node.OpType == "Gather" && node.Input.Count == 2 && IsByRows(node))
            {
                _gathers.Add(node);
            }

            foreach (AttributeProto attribute in node.Attribute)
            {
                if (attribute.G is not null)
                {
                    Add(attribute.G);
                }

                foreach (GraphProto body in attribute.Graphs)
                {
                    Add(body);
                }
            }
        }
    }

    private static bool IsByRows(NodeProto gather) =>
        gather.Attribute.FirstOrDefault(attribute => attribute.Name == "axis")?.I is null or 0 or -2;

    // Also through operators that do not change the rows.
    private (string Name, TensorProto Tensor)? FindTensor(string name)
    {
        for (int step = 0; step < MostSteps; step++)
        {
            if (_tensors.TryGetValue(name, out TensorProto? tensor))
            {
                return (name, tensor);
            }

            if (!_producers.TryGetValue(name, out NodeProto? node))
            {
                return null;
            }

            if (node.OpType == "Constant")
            {
                TensorProto? value = node.Attribute.FirstOrDefault(attribute => attribute.Name == "value")?.T;
                return value is null ? null : (name, value);
            }

            if (node.OpType is not ("Identity" or "Cast") || node.Input.Count == 0)
            {
                return null;
            }

            name = node.Input[0];
        }

        return null;
    }

    // Also through operators that only change the shape; others may number the rows differently.
    private EmbeddingWords? FindWords(string name)
    {
        for (int step = 0; step < MostSteps && _producers.TryGetValue(name, out NodeProto? node); step++)
        {
            if (EmbeddingWords.Find(node, _layout) is EmbeddingWords words)
            {
                return words;
            }

            if (Array.IndexOf(s_reshaping, node.OpType) < 0 || node.Input.Count == 0)
            {
                return null;
            }

            name = node.Input[0];
        }

        return null;
    }
}

/// <summary>A table of vectors in an ONNX model from which a Gather selects rows.</summary>
/// <param name="Name">The name of the tensor, or of the Constant's output.</param>
/// <param name="Tensor">[rows, dimensions], of a floating-point type.</param>
/// <param name="Words">The words of the rows, if the model contains them.</param>
internal sealed record EmbeddingTable(string Name, TensorProto Tensor, EmbeddingWords? Words)
{
    /// <summary>The number of rows.</summary>
    public long Rows => Tensor.Dims[0];

    /// <summary>The number of dimensions.</summary>
    public long Dimensions => Tensor.Dims[1];

    /// <summary>The storage type of the tensor's numbers; null if they are not floats.</summary>
    public static FloatType? TypeOf(TensorProto tensor) => (TensorProto.Types.DataType)tensor.DataType switch
    {
        TensorProto.Types.DataType.Float => new FloatType(FloatKind.Float32, false),
        TensorProto.Types.DataType.Double => new FloatType(FloatKind.Float64, false),
        TensorProto.Types.DataType.Float16 => new FloatType(FloatKind.Float16, false),
        TensorProto.Types.DataType.Bfloat16 => new FloatType(FloatKind.BFloat16, false),
        _ => null,
    };

    /// <summary>Opens the numbers, wherever they are stored, for reading by row.</summary>
    /// <param name="layout">The model.</param>
    /// <param name="stream">The stream that the rows are read from; the caller must close it.</param>
    /// <exception cref="FileFormatException">The number of values does not match the tensor's shape.</exception>
    /// <exception cref="FileFormatException">The extents exceed the limits of a table.</exception>
    public FloatRows Open(OnnxLayout layout, out Stream stream)
    {
        FloatType type = TypeOf(Tensor)!.Value;
        if (Rows is < 1 or > SourceLimits.Rows || Dimensions is < 1 or > SourceLimits.Dimensions)
        {
            throw new FileFormatException(
                layout.Path,
                0,
                $"at most {SourceLimits.Rows} rows of 1 to {SourceLimits.Dimensions} numbers in '{Name}', "
                + $"found {Rows} of {Dimensions}");
        }

        long length = Rows * Dimensions * type.Size;
        string path = layout.Path;
        long start = 0;
        if (Tensor.DataLocation == TensorProto.Types.DataLocation.External)
        {
            FileStream file = ExternalData.Open(path, Tensor, length);
            (stream, start, path) = (file, file.Position, ExternalData.Find(path, Tensor).FullName);
        }
        else if (layout.Payload(Tensor) is OnnxPayload payload)
        {
            CheckPayload(layout.Path, Tensor, payload, type, length);
            start = payload.Offset;
            stream = layout.Reopen(start);
        }
        else
        {
            // Only a few numbers, or some that are not stored as an array of bytes.
            float[] numbers = TensorReader.ReadFloats(path, Tensor)!;
            stream = new MemoryStream(MemoryMarshal.AsBytes(numbers.AsSpan()).ToArray());
            type = new FloatType(FloatKind.Float32, false);
        }

        return new FloatRows(new SourceReader(stream, path, start), type, Rows, (int)Dimensions);
    }

    /// <summary>The file that holds the numbers: the model, or its external data.</summary>
    public string FindFile(OnnxLayout layout) =>
        Tensor.DataLocation == TensorProto.Types.DataLocation.External
            ? ExternalData.Find(layout.Path, Tensor).FullName
            : FileTarget.Find(layout.Path).FullName;

    private static void CheckPayload(string path, TensorProto tensor, OnnxPayload payload, FloatType type, long length)
    {
        bool isOfType = payload.Field switch
        {
            TensorProto.FloatDataFieldNumber => type.Kind == FloatKind.Float32,
            TensorProto.DoubleDataFieldNumber => type.Kind == FloatKind.Float64,
            _ => true,
        };
        if (!isOfType || payload.Length != length)
        {
            throw TensorReader.Damaged(
                path, tensor, $"should have {Quantity.Of(length, "byte")}, but has {payload.Length}");
        }
    }
}
