using System.Runtime.InteropServices;

using Google.Protobuf;

using OnnxDeep.Inference.Sessions;
using OnnxDeep.IO;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Tensors;
using OnnxDeep.Tests.Values;

using static OnnxDeep.Onnx.Protos.AttributeProto.Types;
using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Tests.Sessions;

/// <summary>Other programs change the external data of an open model in place.</summary>
public sealed class ModelDataTests : IDisposable
{
    private const int Units = 16;

    private static readonly float[] s_input = [.. Enumerable.Range(0, Units).Select(i => MathF.Sin(i))];

    private readonly TemporaryDirectory _directory = new();
    private readonly string _model;
    private readonly string _data;

    public ModelDataTests()
    {
        _model = _directory.Write("m.onnx", Model());
        var random = new Random(7);
        float[] weights = [.. Enumerable.Range(0, Units * Units).Select(_ => random.NextSingle() - 0.5f)];
        _data = _directory.Write("w.bin", MemoryMarshal.AsBytes<float>(weights).ToArray());
    }

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void SmallDataAreACopyThatNothingChanges()
    {
        using OnnxSession session = OnnxSession.Open(_model);
        float[] before = Run(session);
        Change(stream => stream.Write(new byte[100]));
        Assert.Equal(before, Run(session));
        Change(stream => stream.SetLength(0));
        Assert.Equal(before, Run(session));
    }

    [Fact]
    public void DataThatAreMappedGiveTheSameBits()
    {
        using OnnxSession copied = OnnxSession.Open(_model);
        Enlarge();
        using OnnxSession mapped = OnnxSession.Open(_model);

        Assert.Equal(Run(copied), Run(mapped));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void LargeDataThatChangeAreAnErrorBeforeTheRun(bool isShortened)
    {
        Enlarge();
        using OnnxSession session = OnnxSession.Open(_model);
        _ = Run(session);
        Change(stream =>
        {
            if (isShortened)
            {
                stream.SetLength(0);
            }
            else
            {
                stream.Write(new byte[100]);
            }
        });
        long now = Environment.TickCount64;
        SpinWait.SpinUntil(() => Environment.TickCount64 != now);

        var error = Assert.Throws<OnnxDeepException>(() => Run(session));

        Assert.Equal(ErrorIds.FileChanged, error.ErrorId);
        Assert.Contains(_data, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LargeDataThatAreReplacedByRenamingStayAsTheyWere()
    {
        Enlarge();
        using OnnxSession session = OnnxSession.Open(_model);
        float[] before = Run(session);
        File.Move(_data, _data + ".old");
        File.WriteAllText(_data, "another file");
        long now = Environment.TickCount64;
        SpinWait.SpinUntil(() => Environment.TickCount64 != now);

        Assert.Equal(before, Run(session));
    }

    [Fact]
    public void DataOfBodiesAndConstantsAreCopiedToo()
    {
        byte[] bytes = File.ReadAllBytes(_data);
        TensorProto inBody = External("b", 1);
        TensorProto inNode = External("c", 1);
        inNode.ExternalData.Add(new StringStringEntryProto { Key = "offset", Value = "4" });
        var branch = new GraphProto
        {
            Name = "branch",
            Initializer = { inBody },
            Node = { new NodeProto { OpType = "Add", Input = { "x", "b" }, Output = { "sum" } } },
            Output = { TestModels.Tensor("sum", OnnxElementType.Float, 1) },
        };
        ModelProto model = TestModels.Model(
            "If",
            [TestModels.Tensor("given", OnnxElementType.Bool)],
            [TestModels.Tensor("chosen", OnnxElementType.Float, 1)]);
        model.Graph.Node[0].Attribute.Add([Attribute("then_branch", branch), Attribute("else_branch", branch)]);
        model.Graph.Node.Add(new NodeProto
        {
            OpType = "Constant",
            Output = { "c" },
            Attribute = { new AttributeProto { Name = "value", T = inNode, Type = AttributeType.Tensor } },
        });
        model.Graph.Node.Add(new NodeProto { OpType = "Add", Input = { "chosen", "c" }, Output = { "y" } });
        model.Graph.Input.Add(TestModels.Tensor("x", OnnxElementType.Float, 1));
        model.Graph.Output[0].Name = "y";
        using OnnxSession session = OnnxSession.Open(_directory.Write("n.onnx", model.ToByteArray()));
        Change(stream => stream.SetLength(0));

        var inputs = new Dictionary<string, OnnxValue>
        {
            ["given"] = new OnnxTensor(OnnxElementType.Bool, [], new byte[] { 1 }),
            ["x"] = new OnnxTensor(OnnxElementType.Float, [1], BitConverter.GetBytes(2f)),
        };
        var given = (OnnxTensor)session.Run(
            inputs, ["y"], new Dictionary<string, OnnxType>(), TestContext.Current.CancellationToken)[0];

        Assert.Equal(
            2f + BitConverter.ToSingle(bytes, 0) + BitConverter.ToSingle(bytes, 4),
            BitConverter.ToSingle(given.Bytes.Span));
    }

    private static AttributeProto Attribute(string name, GraphProto body) =>
        new() { Name = name, G = body, Type = AttributeType.Graph };

    private static TensorProto External(string name, params long[] shape) => new()
    {
        Name = name,
        DataType = (int)DataType.Float,
        Dims = { shape },
        DataLocation = DataLocation.External,
        ExternalData = { new StringStringEntryProto { Key = "location", Value = "w.bin" } },
    };

    private static byte[] Model()
    {
        ModelProto model = TestModels.Model(
            "MatMul",
            [
                TestModels.Tensor("x", OnnxElementType.Float, 1, Units),
                TestModels.Tensor("w", OnnxElementType.Float, Units, Units),
            ],
            [TestModels.Tensor("y", OnnxElementType.Float, 1, Units)]);
        model.Graph.Input.RemoveAt(1);
        model.Graph.Initializer.Add(External("w", Units, Units));
        return model.ToByteArray();
    }

    private static float[] Run(OnnxSession session)
    {
        float[] results = new float[Units];
        session.Run("x", s_input, "y", results, 1, TestContext.Current.CancellationToken);
        return results;
    }

    // The rest is a hole in the file, which no tensor uses.
    private void Enlarge() => Change(stream => stream.SetLength(MappedFile.MostCopiedBytes));

    // Without a lock, as programs in other languages do it.
    private void Change(Action<FileStream> change)
    {
        using var stream = new FileStream(_data, FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        change(stream);
    }
}
