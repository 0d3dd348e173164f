using CommunityToolkit.HighPerformance;

using FsCheck;
using FsCheck.Fluent;

using Google.Protobuf;

using OnnxDeep.Inference;
using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Learning.Networks;
using OnnxDeep.Numerics;
using OnnxDeep.Onnx.Metadata;
using OnnxDeep.Onnx.Networks;
using OnnxDeep.Onnx.Protos;
using OnnxDeep.Onnx.Tensors;
using OnnxDeep.Tests.Values;

namespace OnnxDeep.Tests.Sessions;

public sealed class OnnxSessionTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void OnnxRuntimeAgreesWithOurForwardPassOnRandomNetworksAndInputs()
    {
        Gen<(int Inputs, Dense[] Layers, int Rows, ulong Seed)> networks =
            from inputs in Gen.Choose(1, 40)
            from layers in Gen.Zip(Gen.Choose(1, 20), Gen.Elements(Enum.GetValues<Activation>())).NonEmptyListOf()
            from output in Gen.Elements(Activation.Sigmoid, Activation.Softmax, Activation.Tanh)
            from rows in Gen.Choose(1, 9)
            from seed in Gen.Choose(0, int.MaxValue)
            select (
                inputs,
                layers.Take(3).Select(l => new Dense(l.Item1, l.Item2)).Append(new(3, output)).ToArray(),
                rows,
                (ulong)seed);

        Prop.ForAll(
                networks.ToArbitrary(),
                sample => Difference(sample.Inputs, sample.Layers, sample.Rows, sample.Seed) < 1e-6)
            .QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(3, Activation.Sigmoid)]
    [InlineData(300, Activation.ReLU)]
    public void TheNotebooksShapesAgreeToo(int inputs, Activation hidden)
    {
        for (ulong seed = 1; seed <= 20; seed++)
        {
            Assert.True(Difference(inputs, [new(5, hidden), new(1, Activation.Sigmoid)], 64, seed) < 1e-6);
        }
    }

    [Fact]
    public void RefusedModelsAreExplainedByOurOwnReader()
    {
        ModelProto cyclic = TestModels.Model(
            "Add",
            [TestModels.Tensor("x", OnnxElementType.Float, 1)],
            [TestModels.Tensor("y", OnnxElementType.Float, 1)]);
        cyclic.Graph.Node[0].Input.Add("z");
        cyclic.Graph.Node.Add(new NodeProto { OpType = "Relu", Input = { "y" }, Output = { "z" } });
        ModelProto newer = TestModels.Model(
            "Relu",
            [TestModels.Tensor("x", OnnxElementType.Float, 1)],
            [TestModels.Tensor("y", OnnxElementType.Float, 1)],
            opset: 99);

        Assert.Equal(
            ErrorIds.ModelCyclic,
            Assert.Throws<FileFormatException>(
                () => OnnxSession.Open(_directory.Write("a.onnx", cyclic.ToByteArray()))).ErrorId);
        var error = Assert.Throws<ModelException>(
            () => OnnxSession.Open(_directory.Write("b.onnx", newer.ToByteArray())));
        Assert.Contains(
            "opset 99 of ai.onnx; ONNX Runtime 1.31 supports up to 26", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void SessionTellsInputsOutputsAndMetadata()
    {
        using var session = OnnxSession.Open(Repository.FoodModel);

        Assert.Equal("features: Single [N, 300]", Assert.Single(session.Inputs).ToString());
        Assert.Equal("probability: Single [N, 1]", Assert.Single(session.Outputs).ToString());
        var metadata = ModelMetadata.FromProperties(session.GetProperties());
        Assert.Equal(ModelMetadata.WordClassification, metadata.Task);
        Assert.Equal(["not food", "food"], metadata.Labels);
        Assert.Equal("wordnet-300d", metadata.VectorsName);
        Assert.Equal("CPU", session.Provider.ToString());
    }

    [Fact]
    public async Task OneSessionServesManyThreads()
    {
        using var session = OnnxSession.Open(Repository.NoiseModel);
        float[] expected = new float[2];
        session.Run("features", new float[] { 1, 2, 3, 4, 5, 6 }, "probability", expected, 2);

        await Parallel.ForAsync(0, 500, (_, token) =>
        {
            float[] actual = new float[2];
            session.Run("features", new float[] { 1, 2, 3, 4, 5, 6 }, "probability", actual, 2, token);
            Assert.Equal(expected, actual);
            return ValueTask.CompletedTask;
        });
    }

    [Fact]
    public void CancelledTokenEndsTheRun()
    {
        using var session = OnnxSession.Open(Repository.NoiseModel);

        Assert.Throws<OperationCanceledException>(
            () => session.Run("features", new float[3], "probability", new float[1], 1, new CancellationToken(true)));
    }

    [Fact]
    public void FilesThatAreNoModelsAreTypedErrors()
    {
        byte[] whole = File.ReadAllBytes(Repository.NoiseModel);

        AssertError<FileFormatException>(_directory.Write("text.onnx", "hello"), ErrorIds.ModelNotOnnx);
        AssertError<FileFormatException>(_directory.Write("empty.onnx", []), ErrorIds.ModelNotOnnx);
        AssertError<FileFormatException>(_directory.Write("half.onnx", whole[..400]), ErrorIds.ModelTruncated);
        Assert.Throws<FileNotFoundException>(() => OnnxSession.Open(_directory.File("missing.onnx")));
    }

    [Fact]
    public void SoundFileThatTheRuntimeRefusesSaysWhy()
    {
        // An operator that does not exist in any runtime.
        byte[] bytes = File.ReadAllBytes(Repository.NoiseModel);
        int gemm = bytes.AsSpan().IndexOf("Gemm"u8);
        "Gemx"u8.CopyTo(bytes.AsSpan(gemm));

        ModelException error = AssertError<ModelException>(_directory.Write("odd.onnx", bytes), ErrorIds.ModelInvalid);
        Assert.Contains("Gemx", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 3, 1)]
    [InlineData(2, 7, 2)]
    [InlineData(2, 6, 3)]
    public void BuffersThatAreNoWholeRowsAreRefused(int rows, int features, int results)
    {
        using var session = OnnxSession.Open(Repository.NoiseModel);

        Assert.Throws<ArgumentException>(
            () => session.Run("features", new float[features], "probability", new float[results], rows));
    }

    [Fact]
    public async Task TextsRunOnManyThreads()
    {
        using var session = OnnxSession.Open(Repository.FoodWordsModel);
        string[] words = ["salad", "Ice Cream", "qwxzv"];
        using SessionOutputs expected = session.Run("word", words, ["label", "probability"]);

        Assert.Equal(["food", "food", "unknown"], expected.GetStrings("label"));
        float[] probabilities = expected.GetFloats("probability").ToArray();
        await Parallel.ForAsync(0, 200, (_, token) =>
        {
            using SessionOutputs actual = session.Run("word", words, ["probability", "is_known"], token);
            Assert.Equal(probabilities, actual.GetFloats("probability").ToArray());
            Assert.Equal([true, true, false], actual.GetBooleans("is_known").ToArray());
            return ValueTask.CompletedTask;
        });
    }

    [Fact]
    public void TextRunsThatCannotBeAreErrors()
    {
        using var session = OnnxSession.Open(Repository.FoodWordsModel);
        using var noise = OnnxSession.Open(Repository.NoiseModel);

        Assert.Throws<ArgumentException>(() => session.Run("word", [], ["label"]));
        Assert.Throws<OperationCanceledException>(
            () => session.Run("word", ["a"], ["label"], new CancellationToken(true)));
        Assert.Equal(
            ErrorIds.ModelInvalid,
            Assert.Throws<ModelException>(() => session.Run("word", ["a"], ["nosuch"])).ErrorId);
        Assert.Equal(
            ErrorIds.ModelInvalid,
            Assert.Throws<ModelException>(() => noise.Run("features", ["a"], ["probability"])).ErrorId);
        using SessionOutputs outputs = session.Run("word", ["a"], ["label"]);
        Assert.Throws<ArgumentException>(() => outputs.GetFloats("probability"));
    }

    [Fact]
    public void ProvidersAreFoundByName()
    {
        Assert.Same(ExecutionProvider.Cpu, ExecutionProvider.Get("cpu"));
        Assert.Equal(
            ErrorIds.ProviderNotFound,
            Assert.Throws<ModelException>(() => ExecutionProvider.Get("Abacus")).ErrorId);
    }

    [Fact]
    public void RunWithAnotherWidthIsATypedError()
    {
        using var session = OnnxSession.Open(Repository.NoiseModel);

        ModelException error = Assert.Throws<ModelException>(
            () => session.Run("features", new float[4], "probability", new float[1], 1));
        Assert.Equal(ErrorIds.ModelInvalid, error.ErrorId);
    }

    private static T AssertError<T>(string path, string errorId)
        where T : OnnxDeepException
    {
        T error = Assert.Throws<T>(() => OnnxSession.Open(path));
        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(path, error.Message, StringComparison.Ordinal);
        return error;
    }

    private float Difference(int inputs, Dense[] layers, int rows, ulong seed)
    {
        var network = Network.Create(inputs, layers, seed);
        var random = new DeterministicRandom(seed + 1);
        float[] features = [.. Enumerable.Range(0, rows * inputs).Select(_ => random.NextSingle(-1, 1))];
        string path = _directory.File("network.onnx");
        OnnxExporter.Write(path, network);
        using var session = OnnxSession.Open(path);
        float[] actual = new float[rows * network.Units];
        session.Run("features", features, "probability", actual, rows);

        float[,] expected = network.Forward(new ReadOnlySpan2D<float>(features, rows, inputs));
        return expected.Cast<float>().Zip(actual, (e, a) => Math.Abs(e - a)).Max();
    }
}
