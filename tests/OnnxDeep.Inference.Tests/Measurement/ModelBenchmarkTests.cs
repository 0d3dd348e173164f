using OnnxDeep.Inference.Measurement;
using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Samples;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Onnx.Tensors;
using OnnxDeep.Tests.Providers;

namespace OnnxDeep.Tests.Measurement;

[Collection(nameof(SharedSessions))]
public sealed class ModelBenchmarkTests
{
    private static readonly BenchmarkSettings s_short =
        new() { Duration = TimeSpan.FromMilliseconds(30), WarmUpRuns = 2 };

    [Theory]
    [InlineData("noise.onnx", 1)]
    [InlineData("food.onnx", 64)]
    [InlineData("food-words.onnx", 3)]
    public void FiguresFitEachOther(string model, long batchSize)
    {
        ModelMeasurement measurement = Measure(Path.Combine(Repository.Models, model), batchSize, s_short);

        Assert.Equal(
            (batchSize, "CPU", false), (measurement.BatchSize, measurement.Provider, measurement.UsesCudaGraph));
        Assert.True(measurement.Runs > 1);
        Assert.True(measurement.P50Milliseconds > 0);
        Assert.True(measurement.P50Milliseconds <= measurement.P90Milliseconds);
        Assert.True(measurement.P90Milliseconds <= measurement.P99Milliseconds);
        Assert.True(measurement.P99Milliseconds <= measurement.MaxMilliseconds);
        Assert.Equal(
            batchSize * 1000 / measurement.MeanMilliseconds, measurement.Throughput, measurement.Throughput * 1e-9);
        Assert.True(measurement.PeakMemoryBytes > measurement.AddedMemoryBytes && measurement.AddedMemoryBytes >= 0);
        Assert.InRange(measurement.AllocatedBytes, 0, 10_000);
        Assert.True(measurement.LoadMilliseconds > 0 && measurement.FirstRunMilliseconds > 0);
    }

    [Fact]
    public void ThereIsAlwaysOneRun() =>
        Assert.Equal(1, Measure(Repository.FoodModel, 1, s_short with { Duration = TimeSpan.Zero }).Runs);

    [Fact]
    public void SessionsAreClosedAgain()
    {
        int before = OnnxSession.OpenCount;

        Measure(Repository.FoodModel, 1, s_short);

        Assert.Equal(before, OnnxSession.OpenCount);
    }

    [Fact]
    public void CancelledMeasuringEnds()
    {
        using var source = new CancellationTokenSource();

        ModelBenchmark benchmark = Benchmark(
            Repository.FoodModel, 1, s_short with { Duration = TimeSpan.FromHours(1) });

        Assert.ThrowsAny<OperationCanceledException>(() => benchmark.Run(_ => source.Cancel(), source.Token));
    }

    [Fact]
    public void PluginsRunWithBoundBuffers()
    {
        const string Name = "Measured";
        using var directory = new TemporaryDirectory();
        ExecutionProvider.Register(Name, PluginLibrary.Compile(directory.File("plugin.so")));
        try
        {
            ModelMeasurement measurement = Measure(
                Repository.FoodModel, 16, s_short with { Provider = ExecutionProvider.Get(Name) });

            Assert.Equal((Name, false), (measurement.Provider, measurement.UsesCudaGraph));
            Assert.True(measurement.Runs > 1);
        }
        finally
        {
            ExecutionProvider.Unregister(Name);
        }
    }

    [Fact]
    public void CudaRepeatsAGraph()
    {
        ExecutionProviderInfo cuda = ExecutionProvider.List().First(provider => provider.Name == "CUDA");
        Assert.SkipUnless(cuda.IsAvailable, cuda.Reason ?? string.Empty);

        ModelMeasurement measurement = Measure(
            Repository.FoodModel, 4096, s_short with { Provider = ExecutionProvider.Get("CUDA") });

        Assert.True(measurement is { Provider: "CUDA", UsesCudaGraph: true, Runs: > 1 });
    }

    private static ModelMeasurement Measure(string path, long batchSize, BenchmarkSettings settings) =>
        Benchmark(path, batchSize, settings).Run(cancellationToken: TestContext.Current.CancellationToken);

    private static ModelBenchmark Benchmark(string path, long batchSize, BenchmarkSettings settings)
    {
        var signature = OnnxSignature.Read(path);
        return new ModelBenchmark(
            path, signature, new SampleInputs(path, signature, new SampleShape { BatchSize = batchSize }), settings);
    }
}
