using Google.Protobuf;

using OnnxDeep.Inference;
using OnnxDeep.Inference.Comparison;
using OnnxDeep.Inference.Conversion;
using OnnxDeep.Inference.Measurement;
using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Samples;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Values;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Tensors;
using OnnxDeep.Tests.Comparison;

using static OnnxDeep.Onnx.Protos.AttributeProto.Types;

namespace OnnxDeep.Tests.Samples;

/// <summary>Models of the kinds that do not run with dynamic axes of 1: sound, pictures, recurrent networks.</summary>
public sealed class SampleSearchTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void WindowOverALongSignalIsFilled() => Assert.Equal(
        "x [1, 512]", Find(Spectrogram()).Choice);

    [Fact]
    public void PaddingThatReflectsGetsMoreSamplesThanItRepeats() => Assert.Equal(
        "x [1, 224]", Find(Padded()).Choice);

    [Fact]
    public void TransformOfAFrameIsFilled()
    {
        GraphBuilder graph = new GraphBuilder().Input("signal", "N", "samples", "1")
            .Store("window", [400], [.. Enumerable.Repeat(1f, 400)])
            .Store(new TensorProto { Name = "step", DataType = (int)OnnxElementType.Int64, Int64Data = { 160 } })
            .Node("STFT", "y", "signal", "step", "window")
            .Output("y", OnnxElementType.Float, -1, -1, 201, 2);

        Assert.Equal("signal [1, 512, 1]", Find(graph).Choice);
    }

    [Fact]
    public void LengthsOutsideTheUsualOnesComeFromTheModel()
    {
        // No usual length fits: the window is longer than a second of sound.
        GraphBuilder graph = new GraphBuilder().Input("x", "N", "1", "samples")
            .Store("w", [1, 1, 20_000], new float[20_000])
            .Node("Conv", "y", "x", "w").Output("y", OnnxElementType.Float, -1, 1, -1);

        Assert.Equal("x [1, 1, 20000]", Find(graph).Choice);
    }

    [Theory]
    [InlineData(28)]
    [InlineData(224)]
    [InlineData(299)]
    public void PictureHasTheSizeThatAReshapeDemands(int size)
    {
        GraphBuilder graph = new GraphBuilder().Input("image", "N", "3", "height", "width")
            .Whole("flat", 0, 3L * size * size)
            .Node("Reshape", "r", "image", "flat").Node("ReduceMax", "y", "r").Output("y", OnnxElementType.Float, 1, 1);

        Assert.Equal($"image [1, 3, {size}, {size}]", Find(graph).Choice);
    }

    [Fact]
    public void ChannelsThatAConvolutionDemandsAreNotTriedButTaken()
    {
        GraphBuilder graph = new GraphBuilder().Input("mel", "N", "", "")
            .Store("w", [4, 80, 3], new float[960]).Node("Relu", "r", "mel")
            .Node("Conv", "y", "r", "w").Output("y", OnnxElementType.Float, -1, 4, -1);

        Assert.Equal("mel [1, 80, 32]", Find(graph).Choice);
    }

    [Fact]
    public void StateHasTheRowsOfTheBatchAndTheSampleRateIsOne()
    {
        GraphBuilder graph = Recurrent();

        (string choice, IReadOnlyDictionary<string, OnnxValue> values) = Find(graph, rows: 16);

        Assert.Equal("x [16, 96], state [1, 16, 8], sr []", choice);
        Assert.Equal(16_000L, ((OnnxTensor)values["sr"]).GetElement(0));
    }

    [Fact]
    public void BatchThatIsDynamicInNameOnlyIsASingleRow()
    {
        GraphBuilder graph = new GraphBuilder().Input("x", "N", "S").Whole("shape", 1, 64)
            .Node("Reshape", "y", "x", "shape").Output("y", OnnxElementType.Float, 1, 64);

        Assert.Equal("x [1, 64]", Find(graph, rows: 16).Choice);
    }

    [Fact]
    public void WhatTheUserSetsIsNotTried()
    {
        string path = Write(Spectrogram());

        ModelException error = Assert.Throws<ModelException>(() => Run(
            path,
            new SampleInputs(
                path,
                OnnxSignature.Read(path),
                new SampleShape { Dimensions = new Dictionary<string, long> { ["samples"] = 100 } })));

        Assert.Equal(ErrorIds.ModelInvalid, error.ErrorId);
        Assert.DoesNotContain("were tried", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ModelThatRunsWithOnesIsNotGivenMore()
    {
        string path = Write(GraphBuilder.Chain("Neg"));
        var inputs = new SampleInputs(path, OnnxSignature.Read(path), new SampleShape());

        Run(path, inputs);

        Assert.Equal((string.Empty, "x [1, 3]"), (inputs.Choice, Assert.Single(inputs.Shapes)));
    }

    [Fact]
    public void IfNothingFitsTheErrorIsTheFirstAndSaysWhatWasTried()
    {
        GraphBuilder graph = new GraphBuilder().Input("x", "N", "length").Whole("shape", 1, 7)
            .Node("Reshape", "y", "x", "shape").Output("y", OnnxElementType.Float, 1, 7);

        ModelException error = Assert.Throws<ModelException>(() => Find(graph));

        Assert.Equal((ErrorIds.ModelInvalid, ErrorContext.GeneratedInputs), (error.ErrorId, error.Context));
        Assert.Contains("{1,1}", error.Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "Larger sizes were tried for its dynamic dimensions (length), too.",
            error.Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void MeasuringComparingAndConvertingTakeTheSameAndSaySo()
    {
        string path = Write(Padded());
        var signature = OnnxSignature.Read(path);

        ModelMeasurement measured = new ModelBenchmark(
            path,
            signature,
            new SampleInputs(path, signature, new SampleShape()),
            new BenchmarkSettings { Duration = TimeSpan.Zero, WarmUpRuns = 1 }).Run();
        var side = new ComparedModel(
            path, ExecutionProvider.Cpu, new SessionSettings { Optimization = GraphOptimization.None });
        ModelComparison compared = ModelComparer.Compare(
            side, side with { Settings = new SessionSettings() }, new ComparisonSettings { Count = 2 });
        ModelConversion converted = ModelConversionRun.Convert(
            path,
            _directory.File("out.onnx"),
            new ConversionSettings
            {
                Optimization = GraphOptimization.All, Shape = new SampleShape { DefaultBatchSize = 16 },
            });

        Assert.Equal(("x [1, 224]", "x [1, 224]"), (measured.ChosenInputs, Assert.Single(measured.Inputs)));
        Assert.Equal(
            (true, "x [1, 224]", "x [1, 224]", 1),
            (compared.Passed, compared.ChosenInputs, Assert.Single(compared.Inputs), compared.BatchSize));
        Assert.Equal(
            ("x [16, 224]", "x [16, 224]", string.Empty),
            (converted.ChosenInputs, Assert.Single(converted.Inputs), converted.Reason));
    }

    [Fact]
    public void ModelThatDoesNotLoadIsNotBlamedOnItsInputs()
    {
        string path = Write(GraphBuilder.Chain("Neg", "Frobnicate"));
        var signature = OnnxSignature.Read(path);

        ModelException error = Assert.Throws<ModelException>(() => new ModelBenchmark(
            path, signature, new SampleInputs(path, signature, new SampleShape()), new BenchmarkSettings()).Run());

        Assert.Contains("'Frobnicate' of ai.onnx is unknown", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("generated", error.Message, StringComparison.Ordinal);
    }

    private static GraphBuilder Spectrogram() => new GraphBuilder().Input("x", "N", "samples")
        .Whole("one", 1).Store("w", [4, 1, 400], new float[1600])
        .Node("Unsqueeze", "u", "x", "one").Node("Conv", "y", "u", "w").Output("y", OnnxElementType.Float, -1, 4, -1);

    private static GraphBuilder Padded() => new GraphBuilder().Input("x", "N", "samples")
        .Whole("pads", 0, 64, 0, 64)
        .Node(
            "Pad",
            "y",
            ["x", "pads"],
            [new AttributeProto { Name = "mode", S = ByteString.CopyFromUtf8("reflect"), Type = AttributeType.String }])
        .Output("y", OnnxElementType.Float, -1, -1);

    private static GraphBuilder Recurrent() => new GraphBuilder().Input("x", "", "").Input("state", "1", "", "8")
        .Input("sr", OnnxElementType.Int64)
        .Whole("zero", 0).Store("w", [1, 32, 96], new float[3072]).Store("r", [1, 32, 8], new float[256])
        .Node("Unsqueeze", "u", "x", "zero").Node("Mul", "cell", "state", "state")
        .Node(
            "LSTM",
            "y",
            ["u", "w", "r", "", "", "state", "cell"],
            [new AttributeProto { Name = "hidden_size", I = 8, Type = AttributeType.Int }])
        .Node("Identity", "rate", "sr")
        .Output("y", OnnxElementType.Float, 1, 1, -1, 8).Output("rate", OnnxElementType.Int64);

    private static IReadOnlyDictionary<string, OnnxValue> Run(string path, SampleInputs inputs)
    {
        using var session = OnnxSession.Open(path);
        var runner = new ModelRunner(session, []);
        return inputs.Run(42, values => runner.Run(values)).Values;
    }

    private (string Choice, IReadOnlyDictionary<string, OnnxValue> Values) Find(GraphBuilder graph, int rows = 1)
    {
        string path = Write(graph);
        var inputs = new SampleInputs(path, OnnxSignature.Read(path), new SampleShape { DefaultBatchSize = rows });
        IReadOnlyDictionary<string, OnnxValue> values = Run(path, inputs);

        // The next set has the same extents.
        Assert.Equal(
            values.Select(pair => $"{pair.Key} {pair.Value}"),
            inputs.Create(43).Select(pair => $"{pair.Key} {pair.Value}"));
        return (inputs.Choice, values);
    }

    private string Write(GraphBuilder graph) => graph.Write(_directory.File("model.onnx"));
}
