using Google.Protobuf;

using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Comparison;

/// <summary>Shows values inside a model as outputs of a copy.</summary>
internal static class ExtraOutputs
{
    /// <summary>The bytes of a model with more outputs; the file stays as it is.</summary>
    /// <param name="path">The model.</param>
    /// <param name="values">Names of values of its main graph that are no outputs yet.</param>
    /// <exception cref="FileFormatException">The copy would be larger than protobuf allows, two gigabytes.</exception>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public static byte[] Append(string path, IEnumerable<string> values)
    {
        var graph = new GraphProto();

        // A runtime infers the types.
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
                + "and a copy that shows values inside it may have two gigabytes at most. "
                + "Keep its weights in an external file, or do without the values inside.");
        }

        // Protobuf joins a message that stands twice, and adds up its lists: behind the model is in the model.
        byte[] bytes = new byte[file.Length + size];
        file.ReadExactly(bytes.AsSpan(0, (int)file.Length));
        more.WriteTo(bytes.AsSpan((int)file.Length));
        return bytes;
    }
}
