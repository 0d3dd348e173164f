using Google.Protobuf;

using OnnxDeep.Inference.Measurement;
using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Samples;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Values;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Tensors;
using OnnxDeep.Tests.Values;

namespace OnnxDeep.Tests.Measurement;

/// <summary>Runs with the binding of devices, here in CPU memory: the calls are the same as for a GPU.</summary>
public sealed class BoundRunTests
{
    [Theory]
    [InlineData("food.onnx")]
    [InlineData("food-words.onnx")]
    public void OutputsOfABindingAreThoseOfAnOrdinaryRun(string model)
    {
        string path = Path.Combine(Repository.Models, model);
        var signature = OnnxSignature.Read(path);
        IReadOnlyDictionary<string, OnnxValue> values =
            new SampleInputs(path, signature, new SampleShape { BatchSize = 5 }).Create(1);
        Dictionary<string, OnnxType> types = signature.Inputs.ToDictionary(input => input.Name, input => input.Type);
        string[] names = [.. signature.Outputs.Select(output => output.Name)];
        using var session = OnnxSession.Open(path);
        IReadOnlyList<OnnxValue> expected = session.Run(values, names, types, TestContext.Current.CancellationToken);

        IReadOnlyList<OnnxValue> given = session.Use<IReadOnlyList<OnnxValue>>(
            (runtime, options) =>
            {
                using var run = new BoundRun(runtime, new OrtInputs(values, types), capturesGraph: true);
                run.RunFirst(options);
                run.Run(options);
                run.Run(options);
                return [.. run.Outputs!.Select(OrtValues.FromRuntime)];
            },
            TestContext.Current.CancellationToken,
            keepsBuffers: true);

        var difference = new ValueDifference();
        Assert.All(
            expected.Zip(given),
            pair => new ValueComparer(0, 0).Compare("output", pair.Second, pair.First, difference));
        Assert.Null(difference.First);
    }

    [Fact]
    public void OutputsMayHaveAnotherShapeInEachRun()
    {
        using var directory = new TemporaryDirectory();
        string path = directory.File("draw.onnx");
        ModelProto model = TestModels.Model(
            "RandomUniformLike",
            [TestModels.Tensor("x", OnnxElementType.Float, 100)],
            [TestModels.Tensor("places", OnnxElementType.Int64, 1, -1)]);
        model.Graph.Node[0].Output[0] = "drawn";
        model.Graph.Node.Add(new NodeProto { OpType = "Round", Input = { "drawn" }, Output = { "rounded" } });
        model.Graph.Node.Add(new NodeProto { OpType = "NonZero", Input = { "rounded" }, Output = { "places" } });
        File.WriteAllBytes(path, model.ToByteArray());
        IReadOnlyDictionary<string, OnnxValue> values =
            new SampleInputs(path, OnnxSignature.Read(path), new SampleShape()).Create(1);
        using var session = OnnxSession.Open(path);

        Assert.True(session.Use(
            (runtime, options) =>
            {
                using var run = new BoundRun(
                    runtime, new OrtInputs(values, new Dictionary<string, OnnxType>()), capturesGraph: false);
                run.RunFirst(options);
                for (int i = 0; i < 10; i++)
                {
                    run.Run(options);
                }

                return run.Outputs is null;
            },
            TestContext.Current.CancellationToken,
            keepsBuffers: true));
        Assert.False(CudaGraph.Suits(OnnxSignature.Read(path).Operators));
    }
}
