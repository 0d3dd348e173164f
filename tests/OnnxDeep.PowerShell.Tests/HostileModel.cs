using System.Runtime.InteropServices;
using static OnnxDeep.Tests.ProtobufFields;

namespace OnnxDeep.Tests;

/// <summary>
/// A model whose names and metadata control a terminal: one dense layer of 3 inputs and 2 units with a sigmoid.
/// </summary>
internal static class HostileModel
{
    /// <summary>
    /// Clears the screen, rings the bell, colours text with a C1 control, reverses it, and begins another line.
    /// </summary>
    public const string Text = "\u001b[2J\a\u009b31m\u202Eevil\nline\u0007";

    /// <summary>Writes the model.</summary>
    /// <param name="directory">The folder.</param>
    /// <param name="rest">The end of each name.</param>
    /// <param name="file">The name of the file.</param>
    /// <param name="scale">A factor of the weights.</param>
    public static string Write(
        TemporaryDirectory directory, string rest = "", string file = "hostile.onnx", float scale = 1)
    {
        string Name(string start) => start + Text + rest;
        byte[] gemm =
        [
            .. Text(1, Name("x")), .. Text(1, Name("w")), .. Text(1, Name("b")), .. Text(2, Name("z")),
            .. Text(3, Name("dense")), .. Text(4, "Gemm"), .. Text(6, Name("about the node")),
        ];
        byte[] sigmoid = [.. Text(1, Name("z")), .. Text(2, Name("y")), .. Text(3, Name("end")), .. Text(4, "Sigmoid")];
        byte[] graph =
        [
            .. Field(1, gemm), .. Field(1, sigmoid), .. Text(2, Name("graph")),
            .. Tensor(Name("w"), [3, 2], [.. new[] { 0.1f, -0.2f, 0.3f, 0.4f, -0.5f, 0.6f }.Select(v => v * scale)]),
            .. Tensor(Name("b"), [2], [0.1f, 0.2f]),
            .. Text(10, Name("about the graph")),
            .. Value(11, Name("x"), 3), .. Value(12, Name("y"), 2),
        ];
        byte[] entry = [.. Text(1, Name("key")), .. Text(2, Name("value"))];
        return directory.Write(
            file,
            [
                0x08, 0x08, .. Text(2, Name("producer")), .. Text(3, Name("1")), .. Text(4, Name("domain")),
                .. Text(6, Name("about the model")), .. Field(7, graph), .. Field(8, [0x10, 17]), .. Field(14, entry),
            ]);
    }

    private static byte[] Tensor(string name, byte[] shape, float[] values) => Field(
        5,
        [.. Field(1, shape), 0x10, 1, .. Text(8, name), .. Field(9, MemoryMarshal.AsBytes<float>(values).ToArray())]);

    // The first dimension has a name.
    private static byte[] Value(int field, string name, byte extent)
    {
        byte[] shape = [.. Field(1, Text(2, "N" + Text)), .. Field(1, [0x08, extent])];
        return Field(field, [.. Text(1, name), .. Field(2, Field(1, [0x08, 1, .. Field(2, shape)]))]);
    }
}
