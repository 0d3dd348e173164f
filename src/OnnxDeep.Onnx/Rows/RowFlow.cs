using System.Buffers.Binary;

using Google.Protobuf.Collections;

using OnnxDeep.Onnx.Content;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Tensors;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Onnx.Rows;

/// <summary>
/// Proves which outputs of a model have a row for each row of its inputs that depends on that row alone, from the
/// operators between them. What the rules do not know counts as mixed.
/// </summary>
internal sealed class RowFlow
{
    private const int MostNumbers = 64;

    private static readonly HashSet<string> s_domains = ["", "ai.onnx", "ai.onnx.ml", "com.microsoft"];

    private readonly ILookup<string, long> _opsets;
    private readonly HashSet<(string Domain, string Name)> _functions;
    private readonly OnnxLayout _layout;
    private readonly Dictionary<string, RowValue> _values = new(StringComparer.Ordinal);

    /// <summary>Follows the rows through a model.</summary>
    /// <param name="model">The model.</param>
    /// <param name="rows">Whether an input has rows; inputs that do not are the same for all rows.</param>
    public RowFlow(ModelProto model, Func<string, bool> rows)
        : this(OnnxLayout.Of(model), rows)
    {
    }

    private RowFlow(OnnxLayout layout, Func<string, bool> rows)
    {
        _layout = layout;
        ModelProto model = layout.Model;
        _opsets = model.OpsetImport.ToLookup(import => Standardize(import.Domain), import => import.Version);
        _functions = [.. model.Functions.Select(function => (function.Domain, function.Name))];
        GraphProto graph = model.Graph;
        foreach (ValueInfoProto input in graph.Input)
        {
            _values[input.Name] = rows(input.Name)
                ? RowValue.Rows(input.Type?.TensorType?.Shape?.Dim.Count) with { IsPlain = true }
                : RowValue.Fixed;
        }

        foreach (TensorProto tensor in graph.Initializer)
        {
            _values[tensor.Name] = Store(tensor);
        }

        RepeatedField<NodeProto> nodes = graph.Node;
        foreach (int index in NodeOrder.Sort(NodeOrder.GetSources(nodes)))
        {
            Follow(nodes[index], GraphScope.NameOf(nodes[index], index));
        }
    }

    /// <summary>
    /// Reads a model and follows the rows of all inputs whose first axis has any extent, except those with a default
    /// value.
    /// </summary>
    /// <exception cref="FileFormatException">The file is not ONNX, or is incomplete.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static RowFlow Read(string path)
    {
        var layout = OnnxLayout.Read(path);
        ModelProto model = layout.Model;
        var stored = model.Graph.Initializer.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        var open = model.Graph.Input
            .Where(input => OnnxType.From(input.Type) is { Kind: OnnxTypeKind.Tensor, Shape: [{ Extent: null }, ..] })
            .Select(input => input.Name)
            .ToHashSet(StringComparer.Ordinal);
        return new RowFlow(layout, input => open.Contains(input) && !stored.Contains(input));
    }

    /// <summary>Gets what is known about a value.</summary>
    public RowValue Get(string name) => _values.GetValueOrDefault(name) ?? new RowValue(RowKind.Mixed);

    private RowValue Store(TensorProto tensor)
    {
        var shape = new RowValue(RowKind.Fixed, tensor.Dims.Count, tensor.Dims.Count > 0 ? tensor.Dims[0] : null);
        return tensor.Dims.Count <= 1 && (tensor.Dims.Count == 0 || tensor.Dims[0] <= MostNumbers)
            ? shape with { Numbers = ReadNumbers(tensor) }
            : shape with { HasZeros = row => HasZeros(tensor, row) };
    }

    private bool HasZeros(TensorProto tensor, long row)
    {
        if (tensor is not { DataType: (int)DataType.Float, Dims: [long rows, long columns] }
            || row < 0
            || row >= rows
            || TensorReader.CountOrNull(tensor.Dims) is not long count)
        {
            return false;
        }

        ReadOnlySpan<byte> bytes = _layout.ReadRaw(tensor, count * sizeof(float));
        int width = (int)columns * sizeof(float);
        return bytes.Length > 0 && !bytes.Slice((int)row * width, width).ContainsAnyExcept((byte)0);
    }

    private static RowNumber[]? ReadNumbers(TensorProto tensor)
    {
        long count = tensor.Dims.Count == 0 ? 1 : tensor.Dims[0];
        ReadOnlySpan<byte> raw = tensor.RawData.Span;
        long?[] numbers = [];
        switch ((DataType)tensor.DataType)
        {
            case DataType.Int64 when raw.Length == count * sizeof(long):
                numbers = Read(raw, sizeof(long), bytes => BinaryPrimitives.ReadInt64LittleEndian(bytes));
                break;
            case DataType.Int32 when raw.Length == count * sizeof(int):
                numbers = Read(raw, sizeof(int), bytes => BinaryPrimitives.ReadInt32LittleEndian(bytes));
                break;
            case DataType.Bool when raw.Length == count:
                numbers = Read(raw, sizeof(bool), bytes => bytes[0]);
                break;
            case DataType.Float when raw.Length == count * sizeof(float):
                numbers = Read(raw, sizeof(float), bytes => ToWhole(BinaryPrimitives.ReadSingleLittleEndian(bytes)));
                break;
            case DataType.Int64:
                numbers = [.. tensor.Int64Data];
                break;
            case DataType.Int32 or DataType.Bool:
                numbers = [.. tensor.Int32Data];
                break;
            case DataType.Float:
                numbers = [.. tensor.FloatData.Select(ToWhole)];
                break;
        }

        return numbers.Length == count ? [.. numbers.Select(number => new RowNumber(number, false))] : null;
    }

    private static long?[] Read(ReadOnlySpan<byte> raw, int size, ReadElement read)
    {
        long?[] numbers = new long?[raw.Length / size];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = read(raw.Slice(i * size, size));
        }

        return numbers;
    }

    private static long? ToWhole(float number) => MathF.Truncate(number) == number && MathF.Abs(number) < 1e15f
        ? (long)number
        : null;

    private void Follow(NodeProto node, string name)
    {
        RowValue?[] inputs = [.. node.Input.Select(input => input.Length == 0 ? null : Get(input))];
        RowValue mixed = inputs.FirstOrDefault(input => input is { Kind: RowKind.Mixed, Cause.Length: > 0 })
            ?? new RowValue(RowKind.Mixed, Cause: $"'{name}' ({node.OpType})");
        bool isKnown = s_domains.Contains(node.Domain)
            && !_functions.Contains((node.Domain, node.OpType))
            && !GraphScope.Bodies(node).Any()
            && Array.TrueForAll(inputs, input => input is not { Kind: RowKind.Mixed });
        IReadOnlyList<RowValue?> outputs = !isKnown ? []
            : node.OpType == "Constant" ? [ReadConstant(node)]
            : RowRules.Apply(node.OpType, new RowNode(node, inputs, GetOpset(node.Domain)));
        for (int i = 0; i < node.Output.Count; i++)
        {
            _values[node.Output[i]] = (i < outputs.Count ? outputs[i] : null) ?? mixed;
        }
    }

    private long GetOpset(string domain) => _opsets[Standardize(domain)].Append(1).First();

    private static string Standardize(string domain) => domain == "ai.onnx" ? string.Empty : domain;

    private RowValue ReadConstant(NodeProto node) => node.Attribute.FirstOrDefault() switch
    {
        { Name: "value", T: TensorProto tensor } => Store(tensor),
        { Name: "value_int" } number => RowValue.Of([new RowNumber(number.I, false)], 0),
        { Name: "value_ints" } list => RowValue.Of([.. list.Ints.Select(number => new RowNumber(number, false))], 1),
        { Name: "value_float" or "value_string" } => new RowValue(RowKind.Fixed, 0),
        { Name: "value_floats" } list => new RowValue(RowKind.Fixed, 1, list.Floats.Count),
        { Name: "value_strings" } list => new RowValue(RowKind.Fixed, 1, list.Strings.Count),
        _ => RowValue.Fixed,
    };

    private delegate long? ReadElement(ReadOnlySpan<byte> bytes);
}
