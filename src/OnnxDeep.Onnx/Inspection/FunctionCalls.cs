using Google.Protobuf;

using OnnxDeep.Onnx.Content;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Inspection;

/// <summary>
/// Limits how deeply a model's functions call each other, and how many nodes the calls become. ONNX Runtime replaces
/// the calls by the nodes without a limit, and ends the process if its stack or the memory does not suffice.
/// </summary>
internal sealed class FunctionCalls
{
    /// <summary>The maximum number of functions, and of bodies of nodes, inside each other.</summary>
    public const int MostLevels = 200;

    /// <summary>The maximum number of nodes after all calls are replaced.</summary>
    public const long MostNodes = 1_000_000;

    private const int FunctionField = 25;

    private readonly Dictionary<string, List<NodeProto>> _functions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (int Levels, long Nodes)> _sizes = new(StringComparer.Ordinal);
    private readonly string _path;

    private FunctionCalls(ModelProto model, string path)
    {
        _path = path;
        foreach (FunctionProto function in model.Functions)
        {
            string key = Key(function.Domain, function.Name);
            if (!_functions.TryGetValue(key, out List<NodeProto>? nodes))
            {
                _functions.Add(key, nodes = []);
            }

            // Overloads have the same name; the sum of them is not less than any of them.
            nodes.AddRange(function.Node);
        }
    }

    /// <summary>Checks the model in a file; one without functions is not parsed.</summary>
    /// <param name="stream">The file; at its start afterwards.</param>
    /// <param name="path">The file's name in errors.</param>
    /// <exception cref="FileFormatException">The functions are too deep or too large.</exception>
    public static void Check(Stream stream, string path)
    {
        stream.Position = 0;
        bool hasFunctions = HasFunctions(stream, path);
        stream.Position = 0;
        if (hasFunctions)
        {
            ModelProto model = OnnxLayout.Read(stream, path).Model;
            stream.Position = 0;
            new FunctionCalls(model, path).Measure(model.Graph?.Node ?? [], 0);
        }
    }

    private static bool HasFunctions(Stream stream, string path)
    {
        var source = new ProtoSource(stream, path);
        try
        {
            while (source.Position < source.Length)
            {
                uint tag = source.ReadTag();
                if (tag >> 3 == FunctionField)
                {
                    return true;
                }

                switch ((WireFormat.WireType)(tag & 7))
                {
                    case WireFormat.WireType.Varint:
                        source.ReadVarint();
                        break;
                    case WireFormat.WireType.LengthDelimited:
                        ulong length = source.ReadVarint();
                        if (length > (ulong)(source.Length - source.Position))
                        {
                            return false;
                        }

                        source.Skip((long)length);
                        break;
                    default:
                        return false;
                }
            }
        }
        catch (FileFormatException)
        {
            // The runtime reports what is wrong with the file.
        }

        return false;
    }

    private static string Key(string domain, string name) => $"{OnnxNames.NormalizeDomain(domain)}:{name}";

    // A function that calls itself is refused by the runtime; until it is measured, it counts as nothing.
    private (int Levels, long Nodes) Measure(IReadOnlyList<NodeProto> nodes, int level)
    {
        if (level > MostLevels)
        {
            throw TooLarge($"has more than {MostLevels} levels of functions and bodies inside each other");
        }

        int levels = 0;
        long count = 0;
        foreach (NodeProto node in nodes)
        {
            (int Levels, long Nodes) size = (0, 1);
            string key = Key(node.Domain, node.OpType);
            if (!_sizes.TryGetValue(key, out (int Levels, long Nodes) known)
                && _functions.TryGetValue(key, out List<NodeProto>? body))
            {
                _sizes[key] = (0, 0);
                known = Measure(body, level + 1);
                known = (known.Levels + 1, known.Nodes);
                _sizes[key] = known;
            }

            foreach ((_, GraphProto inner) in GraphScope.Bodies(node))
            {
                (int Levels, long Nodes) part = Measure(inner.Node, level + 1);
                size = (Math.Max(size.Levels, part.Levels + 1), size.Nodes + part.Nodes);
            }

            levels = Math.Max(levels, Math.Max(size.Levels, known.Levels));
            count += size.Nodes + known.Nodes;
            if (count > MostNodes)
            {
                throw TooLarge(FormattableString.Invariant($"has more than {MostNodes:N0} nodes in its functions"));
            }
        }

        return level + levels <= MostLevels
            ? (levels, count)
            : throw TooLarge($"has more than {MostLevels} levels of functions and bodies inside each other");
    }

    private FileFormatException TooLarge(string problem) => ModelErrors.Create(
        ErrorIds.ModelTooLarge,
        _path,
        $"{problem}, for which ONNX Runtime may need more memory than there is. Export it without functions.");
}
