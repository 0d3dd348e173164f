using Google.Protobuf;

using OnnxDeep.Inference;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Onnx.Files;
using OnnxDeep.Onnx.Inspection;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Protos;

using static OnnxDeep.Onnx.Protos.TensorProto.Types;

namespace OnnxDeep.Tests.Sessions;

/// <summary>Verifies the inspector's knowledge of ONNX Runtime against the runtime itself.</summary>
public sealed class RuntimeLimitsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void NewestVersionsLoadAndOneMoreDoesNot()
    {
        Assert.Null(Refusal("Relu", string.Empty, RuntimeLimits.Opset, RuntimeLimits.IrVersion));
        Assert.NotNull(Refusal("Relu", string.Empty, RuntimeLimits.Opset + 1, 8));
        Assert.NotNull(Refusal("Relu", string.Empty, RuntimeLimits.Opset, RuntimeLimits.IrVersion + 1));
        Assert.Null(Refusal("Binarizer", OnnxNames.MachineLearningDomain, RuntimeLimits.MachineLearningOpset, 8));
        Assert.NotNull(
            Refusal("Binarizer", OnnxNames.MachineLearningDomain, RuntimeLimits.MachineLearningOpset + 1, 8));
    }

    [Fact]
    public void EveryKnownOperatorIsOneOfTheRuntimesInSomeVersion()
    {
        (string Domain, string File)[] domains =
        [
            (OnnxNames.DefaultDomain, string.Empty),
            (OnnxNames.MachineLearningDomain, OnnxNames.MachineLearningDomain),
        ];
        foreach ((string domain, string file) in domains)
        {
            long newest = domain == OnnxNames.DefaultDomain ? RuntimeLimits.Opset : RuntimeLimits.MachineLearningOpset;
            Assert.All(RuntimeLimits.OperatorsOf(domain), name => Assert.Contains(
                new[] { newest, file.Length > 0 ? 1 : 7 },
                version =>
                    Refusal(name, file, version, 8)?.Contains("No Op registered", StringComparison.Ordinal) != true));
        }

        Assert.Contains("No Op registered", Refusal("Frobnicate", string.Empty, 17, 8), StringComparison.Ordinal);
    }

    [Fact]
    public void EditedModelLoadsAndHasTheNewMetadata()
    {
        string source = Path.Combine(Repository.Root, "models", "food.onnx");
        string path = _directory.File("edited.onnx");
        ModelMetadataEditor.Edit(source, path, new MetadataChange
        {
            Set = new Dictionary<string, string> { ["author"] = "Ada", ["threshold"] = "0.25" }, Remove = ["seed"],
        });

        using var session = OnnxSession.Open(path);

        IReadOnlyDictionary<string, string> properties = session.GetProperties();
        Assert.Equal(("Ada", "0.25"), (properties["author"], properties["threshold"]));
        Assert.False(properties.ContainsKey("seed"));
        Assert.True(properties.ContainsKey("labels"));
    }

    private string? Refusal(string name, string domain, long version, long irVersion)
    {
        var type = new TypeProto { TensorType = new TypeProto.Types.Tensor { ElemType = (int)DataType.Float } };
        var model = new ModelProto
        {
            IrVersion = irVersion,
            Graph = new GraphProto
            {
                Name = "g",
                Node = { new NodeProto { OpType = name, Domain = domain, Input = { "x" }, Output = { "y" } } },
                Input = { new ValueInfoProto { Name = "x", Type = type } },
                Output = { new ValueInfoProto { Name = "y", Type = type } },
            },
            OpsetImport = { new OperatorSetIdProto { Domain = domain, Version = version } },
        };
        try
        {
            OnnxSession.Open(_directory.Write("m.onnx", model.ToByteArray())).Dispose();
            return null;
        }
        catch (ModelException e)
        {
            // The runtime's own message, because this library's message depends on the limits under test.
            return e.InnerException!.Message;
        }
    }
}
