using Google.Protobuf;

using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Comparison;

/// <summary>Makes intermediate values of a model outputs of a copy.</summary>
internal static class ExtraOutputs
{
    /// <summary>The bytes of a model with additional outputs; the file is not changed.</summary>
    /// <param name="path">The model.</param>
    /// <param name="values">The names of values of its main graph that are not outputs yet.</param>
    /// <exception cref="FileFormatException">The copy would be larger than protobuf allows, two gigabytes.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static byte[] Append(string path, IEnumerable<string> values)
    {
        var graph = new GraphProto();

        // The runtime infers the types.
        graph.Output.AddRange(values.Select(value => new ValueInfoProto { Name = value }));
        var more = new ModelProto { Graph = graph };
        int size = more.CalculateSize();
        using FileStream file = OnnxLayout.OpenFile(path);
        if (file.Length > Array.MaxLength - size)
        {
            throw ModelErrors.Create(
                ErrorIds.ModelTooLarge,
                path,
                FormattableString.Invariant($"has {file.Length:N0} bytes, ")
                + "but a copy that outputs its intermediate values can have at most two gigabytes. "
                + "Store its weights in an external file, or leave out the intermediate values.");
        }

        // Protobuf merges a message that occurs twice and concatenates its lists, so data appended to the model is part
        // of it.
        byte[] bytes = new byte[file.Length + size];
        file.ReadExactly(bytes.AsSpan(0, (int)file.Length));
        more.WriteTo(bytes.AsSpan((int)file.Length));
        return bytes;
    }
}
