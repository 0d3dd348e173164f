using System.Runtime.InteropServices;

using Google.Protobuf;

using OnnxDeep.Inference;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Values;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Tensors;

namespace OnnxDeep.Tests.Values;

/// <summary>Several rows give what each of them gives alone.</summary>
public sealed class RowPropertyTests
{
    private const int Graphs = 400;

    private static readonly OnnxTensor[] s_rows = [Row(1, -2, 3, 0.5f), Row(-4, 1, 0, 2), Row(0.25f, 7, -1, -3)];

    public static TheoryData<string> Fixed =>
    [
        "classnames", "bilstm", "transpose", "sum0", "sum0k", "sumall", "shape", "nonzero", "center", "softmax0",
        "const_out", "flat", "seqcol", "zip123", "zip_big", "zip_neg", "zip_str", "zip_strnum",
    ];

    [Fact]
    public void RowsOfRandomGraphsAreAnsweredAsSingleOnes()
    {
        int together = 0;
        int apart = 0;
        using var directory = new TemporaryDirectory();
        for (int seed = 0; seed < Graphs; seed++)
        {
            using OnnxSession? session = TryOpen(directory, RandomGraph.Create(seed));
            if (session is null || TryRun(session, s_rows[..1]) is null)
            {
                continue;
            }

            bool isTogether = new ModelRunner(session, []).RowObstacle is null;
            together += isTogether ? 1 : 0;
            apart += isTogether ? 0 : 1;
            foreach (int count in new[] { 2, 3 })
            {
                // A run of several rows may be refused, but not differ.
                if (TryRun(session, s_rows[..count]) is IReadOnlyList<IReadOnlyList<OnnxValue>> given)
                {
                    AssertSame($"graph {seed}", given, Singles(session, s_rows[..count]));
                }
            }
        }

        Assert.InRange(together, Graphs / 8, Graphs);
        Assert.InRange(apart, Graphs / 8, Graphs);
    }

    [Theory]
    [MemberData(nameof(Fixed))]
    public void RowsOfModelsFromBugReportsAreAnsweredAsSingleOnes(string name)
    {
        using var session = OnnxSession.Open(Fixtures.Find("field", "onnx", name + ".onnx"));
        string input = session.Inputs[0].Name;
        int[] shape = [.. session.Inputs[0].Dimensions.Skip(1)];
        int width = shape.Aggregate((one, other) => one * other);
        OnnxTensor[] rows =
        [
            .. s_rows.Select(row => new OnnxTensor(
                OnnxElementType.Float,
                [1, .. shape.Select(extent => (long)extent)],
                row.Bytes[..(width * sizeof(float))])),
        ];

        AssertSame(name, new ModelRunner(session, []).RunRows(input, rows), Singles(session, rows, input));
        AssertSame(name, new ModelRunner(session, []).RunRows(input, rows[..2]), Singles(session, rows[..2], input));
    }

    private static IReadOnlyList<OnnxValue>[] Singles(OnnxSession session, OnnxTensor[] rows, string input = "x") =>
        [.. rows.Select(row => Assert.Single(new ModelRunner(session, []).RunRows(input, [row])))];

    private static IReadOnlyList<IReadOnlyList<OnnxValue>>? TryRun(OnnxSession session, OnnxTensor[] rows)
    {
        try
        {
            return new ModelRunner(session, []).RunRows("x", rows);
        }
        catch (ModelException)
        {
            return null;
        }
    }

    private static OnnxSession? TryOpen(TemporaryDirectory directory, ModelProto model)
    {
        try
        {
            return OnnxSession.Open(directory.Write("model.onnx", model.ToByteArray()));
        }
        catch (ModelException)
        {
            return null;
        }
    }

    private static void AssertSame(
        string name,
        IReadOnlyList<IReadOnlyList<OnnxValue>> given,
        IReadOnlyList<OnnxValue>[] expected)
    {
        Assert.Equal(expected.Length, given.Count);
        for (int row = 0; row < given.Count; row++)
        {
            var difference = new ValueDifference();
            for (int i = 0; i < given[row].Count; i++)
            {
                new ValueComparer(1e-5, 1e-5).Compare($"row {row}", given[row][i], expected[row][i], difference);
            }

            Assert.True(difference.First is null, $"{name}: {difference.First}");
        }
    }

    private static OnnxTensor Row(params float[] values) => new(
        OnnxElementType.Float, [1, values.Length], MemoryMarshal.AsBytes<float>(values).ToArray());
}
