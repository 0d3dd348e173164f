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

    [Theory]
    [InlineData("plugin.so", UnixFileMode.GroupWrite)]
    [InlineData("plugin.so", UnixFileMode.OtherWrite)]
    [InlineData(".", UnixFileMode.GroupWrite)]
    [InlineData(".", UnixFileMode.OtherWrite | UnixFileMode.StickyBit)]
    public void LibraryThatOthersCanWriteIsNotLoaded(string name, UnixFileMode more)
    {
        string library = _directory.Write("plugin.so", "x");
        string path = Path.GetFullPath(_directory.File(name));
        FileModes.Add(path, more);

        AssertRefused("Test", library, ErrorIds.ProviderLibraryUnsafe, $"chmod go-w '{path}'");
    }

    [Fact]
    public void LinkToALibraryThatOthersCanWriteIsNotLoaded()
    {
        Directory.CreateDirectory(_directory.File("shared"));
        string library = _directory.Write("shared/plugin.so", "x");
        string link = _directory.File("plugin.so");
        File.CreateSymbolicLink(link, library);
        FileModes.Add(library, UnixFileMode.GroupWrite);

        AssertRefused("Test", link, ErrorIds.ProviderLibraryUnsafe, $"chmod go-w '{library}'");
    }

    [Fact]
    public void LibraryIsNotLoadedIfOthersCanWriteOneThatItLoadsFromItsFolder()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "The library is one of Linux.");
        string library = _directory.Write(
            "plugin.so", File.ReadAllBytes(OnnxRuntimeHost.FindLibrary("onnxruntime_providers_shared")!));
        string beside = _directory.Write(NativeImports.Read(library)[0], "x");
        FileModes.Add(beside, UnixFileMode.GroupWrite);

        AssertRefused("Test", library, ErrorIds.ProviderLibraryUnsafe, $"needs '{beside}'");
    }

    private static void AssertRefused(string name, string path, string errorId, string part)
    {
        ModelException error = Assert.Throws<ModelException>(() => ExecutionProvider.Register(name, path));

        Assert.Equal(errorId, error.ErrorId);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }
}
