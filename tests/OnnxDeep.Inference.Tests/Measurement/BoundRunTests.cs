using Microsoft.ML.OnnxRuntime;

using OnnxDeep.Inference;
using OnnxDeep.Onnx;

namespace OnnxDeep.Tests.Measurement;

/// <summary>The road of devices, here on the processor's own memory: the same calls as on a graphics card.</summary>
public sealed class BoundRunTests
{
    [Theory]
    [InlineData("food.onnx")]
    [InlineData("food-words.onnx")]
    public void OutputsOfABindingAreThoseOfAnOrdinaryRun(string model)
    {
        string path = Path.Combine(Repository.Models, model);
        var signature = OnnxSignature.Read(path);
        IReadOnlyDictionary<string, OnnxValue> values = new SampleInputs(path, signature, new SampleShape { BatchSize = 5 }).Create(1);
        Dictionary<string, OnnxType> types = signature.Inputs.ToDictionary(input => input.Name, input => input.Type);
        string[] names = [.. signature.Outputs.Select(output => output.Name)];
        using var session = OnnxSession.Open(path);
        IReadOnlyList<OnnxValue> expected = session.Run(values, names, types, TestContext.Current.CancellationToken);

        IReadOnlyList<OnnxValue> given = session.Use<IReadOnlyList<OnnxValue>>(
            (runtime, options) =>
            {
                using var run = new BoundRun(runtime, new OrtInputs(values, types));
                using RunOptions plain = CudaGraph.CreateOptionsWithout();
                run.KeepOutputs(plain);
                run.Run(options);
                run.Run(options);
                return [.. run.Outputs!.Select(OrtValues.FromRuntime)];
            },
            TestContext.Current.CancellationToken,
            keepsBuffers: true);

        var difference = new ValueDifference();
        Assert.All(expected.Zip(given), pair => new ValueComparer(0, 0).Compare("output", pair.Second, pair.First, difference));
        Assert.Null(difference.First);
    }
}
