using System.Text;

using Google.Protobuf;

using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Protos;

namespace OnnxDeep.Onnx.Tensors;

/// <summary>The texts that a model knows: vocabularies of its operators and stored tensors of strings.</summary>
internal static class OnnxTexts
{
    // Enough to choose from.
    private const int MostTexts = 100_000;

    // The lists in which operators look up their input; other lists are output.
    private static readonly HashSet<string> s_vocabularies =
        ["keys_strings", "pool_strings", "cats_strings", "string_vocabulary"];

    /// <summary>
    /// Reads the texts in file order, without duplicates, at most 100,000; invalid UTF-8 is left out.
    /// </summary>
    /// <exception cref="FileFormatException">The file is not ONNX, or is incomplete.</exception>
    /// <exception cref="IOException">The file cannot be opened.</exception>
    public static IReadOnlyList<string> Read(string path)
    {
        GraphProto graph = OnnxLayout.Read(path).Model.Graph;
        IEnumerable<ByteString> texts = graph.Node
            .SelectMany(node => node.Attribute)
            .SelectMany(attribute => s_vocabularies.Contains(attribute.Name)
                ? attribute.Strings
                : attribute.T is { DataType: (int)OnnxElementType.String } keys && attribute.Name == "keys_tensor"
                    ? keys.StringData
                    : [])
            .Concat(graph.Initializer.SelectMany(tensor => tensor.StringData));
        return [.. texts.Select(Decode).OfType<string>().Where(text => text.Length > 0).Distinct().Take(MostTexts)];
    }

    private static string? Decode(ByteString text)
    {
        try
        {
            return new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(text.Span);
        }
        catch (ArgumentException)
        {
            return null;
        }
    }
}
