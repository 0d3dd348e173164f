using static OnnxDeep.Tests.ProtobufFields;

namespace OnnxDeep.Tests;

/// <summary>A model that adds a number to itself a given number of times, without any output until it ends.</summary>
internal static class LoopModel
{
    private const int Float = 1;
    private const int Int64 = 7;
    private const int Bool = 9;

    /// <summary>Writes the model, which has the inputs trips, go and start.</summary>
    public static string Write(TemporaryDirectory directory)
    {
        byte[] body =
        [
            .. Node("Identity", "go_in", "go_out"),
            .. Field(1, [.. Text(1, "sum"), .. Text(1, "sum"), .. Text(2, "next"), .. Text(4, "Add")]),
            .. Text(2, "body"),
            .. Value(11, "round", Int64), .. Value(11, "go_in", Bool), .. Value(11, "sum", Float),
            .. Value(12, "go_out", Bool), .. Value(12, "next", Float),
        ];
        byte[] attribute = [.. Text(1, "body"), .. Field(6, body), 0xA0, 0x01, 5];
        byte[] loop =
        [
            .. Text(1, "trips"), .. Text(1, "go"), .. Text(1, "start"), .. Text(2, "end"), .. Text(4, "Loop"),
            .. Field(5, attribute),
        ];
        byte[] graph =
        [
            .. Field(1, loop),
            .. Text(2, "test"),
            .. Value(11, "trips", Int64), .. Value(11, "go", Bool), .. Value(11, "start", Float),
            .. Value(12, "end", Float),
        ];
        return directory.Write("loop.onnx", [0x08, 0x08, .. Field(7, graph), .. Field(8, [0x10, 17])]);
    }

    private static byte[] Node(string op, string input, string output) =>
        Field(1, [.. Text(1, input), .. Text(2, output), .. Text(4, op)]);

    // A scalar: a shape without axes.
    private static byte[] Value(int field, string name, byte element) =>
        Field(field, [.. Text(1, name), .. Field(2, Field(1, [0x08, element, .. Field(2, [])]))]);
}
