using OnnxDeep.Inference;
using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Words;

namespace OnnxDeep.Tests.Providers;

public sealed class ExecutionProviderTests
{
    private static readonly Dictionary<string, string> s_options = new() { ["gpu_mem_limit"] = "1" };

    [Theory]
    [InlineData("CPU")]
    [InlineData("cpu")]
    [InlineData("CPUExecutionProvider")]
    public void CpuIsThereByAnyOfItsNames(string name) =>
        Assert.Same(ExecutionProvider.Cpu, ExecutionProvider.Get(name, 0));

    [Fact]
    public void UnknownProviderIsRefusedWithTheNamesThereAre()
    {
        ModelException error = Assert.Throws<ModelException>(() => ExecutionProvider.Get("Abacus"));

        Assert.Equal(ErrorIds.ProviderNotFound, error.ErrorId);
        Assert.Contains("CPU", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CUDA")]
    [InlineData("cudaexecutionprovider")]
    public void CudaWithoutItsPackageNamesBothRoadsToIt(string name)
    {
        Assert.SkipWhen(
            OnnxRuntimeHost.BuiltIn.Contains("CUDA") || OperatingSystem.IsMacOS(),
            "This build includes CUDA, or CUDA does not exist for this system.");

        ModelException error = Assert.Throws<ModelException>(() => ExecutionProvider.Get(name));

        Assert.Equal(ErrorIds.ProviderUnavailable, error.ErrorId);
        Assert.Contains("build with Microsoft.ML.OnnxRuntime.Gpu", error.Message, StringComparison.Ordinal);
        Assert.Contains("register a plug-in", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void KnownProviderOfOtherBuildsIsUnavailable() => Assert.Equal(
        ErrorIds.ProviderUnavailable,
        Assert.Throws<ModelException>(() => ExecutionProvider.Get("vitisai")).ErrorId);

    [Fact]
    public void AutoIsCudaOrTheCpuWithTheReason()
    {
        ExecutionProviderInfo cuda = ExecutionProvider.List().First(provider => provider.Name == "CUDA");

        var automatic = ExecutionProvider.Get("auto");

        Assert.Equal(cuda.IsAvailable ? "CUDA" : "CPU", automatic.Name);
        if (!cuda.IsAvailable)
        {
            Assert.Equal(cuda.Reason, automatic.Why);
            Assert.Equal(ExecutionProvider.Cpu.Key, automatic.Key);
            Assert.EndsWith("ignored.", ExecutionProvider.Get("auto", null, s_options).Why, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void CpuHasOneDeviceAndNoOptions()
    {
        Assert.Equal(
            ErrorIds.ProviderDeviceNotFound,
            Assert.Throws<ModelException>(() => ExecutionProvider.Get("CPU", 1)).ErrorId);
        Assert.Equal(
            ErrorIds.ProviderOptionInvalid,
            Assert.Throws<ModelException>(() => ExecutionProvider.Get("CPU", null, s_options)).ErrorId);
    }

    [Fact]
    public void ListHasTheCpuFirstAndAReasonForWhatCannotRun()
    {
        IReadOnlyList<ExecutionProviderInfo> providers = ExecutionProvider.List();

        Assert.True(providers[0] is { Name: "CPU", Device: "CPU", DeviceId: 0, IsAvailable: true, Reason: null });
        Assert.True(File.Exists(providers[0].Library));
        Assert.Contains("CUDA", providers.Select(provider => provider.Name));
        Assert.All(providers, provider => Assert.Equal(provider.IsAvailable, provider.Reason is null));
    }

    [Fact]
    public void PredictionsTellTheProvider()
    {
        using var classifier = WordClassifier.Open(
            Repository.FoodModel, Repository.DefaultVectors, provider: ExecutionProvider.Get("auto"));

        Assert.Equal(classifier.Provider, classifier.Classify(["salad"])[0].Provider);
        Assert.Equal(classifier.Provider, classifier.Classify(["salad"])[0].Provider);
    }

    [Theory]
    [InlineData("food.onnx")]
    [InlineData("food-words.onnx")]
    public void CudaGivesWhatTheCpuGives(string model)
    {
        ExecutionProviderInfo cuda = ExecutionProvider.List().First(provider => provider.Name == "CUDA");
        Assert.SkipUnless(cuda.IsAvailable, cuda.Reason ?? string.Empty);
        string path = Path.Combine(Repository.Models, model);
        string[] words = ["salad", "laptop", "lemon", "river", "tea", "bus", "soup", "bread"];
        using var here = WordClassifier.Open(path, Repository.DefaultVectors);
        using var there = WordClassifier.Open(path, Repository.DefaultVectors, provider: ExecutionProvider.Get("CUDA"));

        Assert.Equal("CUDA", there.Provider);
        Assert.All(
            here.Classify(words).Zip(there.Classify(words)),
            pair => Assert.Equal(pair.First.Probability!.Value, pair.Second.Probability!.Value, 1e-4f));
    }
}
