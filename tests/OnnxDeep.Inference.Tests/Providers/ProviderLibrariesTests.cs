using OnnxDeep.Inference;
using OnnxDeep.Inference.Providers;

namespace OnnxDeep.Tests.Providers;

public sealed class ProviderLibrariesTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void MissingFileIsNotFound() => AssertRefused(
        "Test",
        _directory.File("none.so"),
        ErrorIds.ProviderLibraryNotFound,
        "Microsoft.ML.OnnxRuntime.EP.Cuda13");

    [Fact]
    public void TextIsNoLibrary() => AssertRefused(
        "Test", _directory.Write("text.so", "I am no library"), ErrorIds.ProviderLibraryNotLoadable, "text.so");

    [Fact]
    public void AnotherLibraryIsNoPlugin() => AssertRefused(
        "Test",
        OnnxRuntimeHost.FindLibrary("onnxruntime_providers_shared")!,
        ErrorIds.ProviderLibraryInvalid,
        "CreateEpFactories");

    [Theory]
    [InlineData("CPU")]
    [InlineData("auto")]
    [InlineData(" ")]
    [InlineData("CPUExecutionProvider")]
    public void NamesWithAMeaningAreReserved(string name) => AssertRefused(
        name, _directory.Write("some.so", "x"), ErrorIds.ProviderNameReserved, name);

    [Fact]
    public void NothingStaysRegisteredAfterAFailure()
    {
        Assert.ThrowsAny<ModelException>(() => ExecutionProvider.Register("Test", _directory.Write("text.so", "x")));

        Assert.DoesNotContain("Test", ExecutionProvider.GetRegisteredNames());
        Assert.False(ExecutionProvider.Unregister("Test"));
    }

    private static void AssertRefused(string name, string path, string errorId, string part)
    {
        ModelException error = Assert.Throws<ModelException>(() => ExecutionProvider.Register(name, path));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }
}
