using OnnxDeep.Inference;
using OnnxDeep.Inference.Providers;
using OnnxDeep.Inference.Sessions;
using OnnxDeep.Inference.Words;

namespace OnnxDeep.Tests.Providers;

/// <summary>Plug-in libraries, with one that has a device and assigns all operators to the CPU.</summary>
[Collection(nameof(SharedSessions))]
public sealed class PluginTests : IDisposable
{
    private const string Name = "Beads";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose()
    {
        ExecutionProvider.Unregister(Name);
        _directory.Dispose();
    }

    [Fact]
    public void RegisteredLibraryRunsModelsUntilItIsUnregistered()
    {
        string path = PluginLibrary.Compile(_directory.File("plugin.so"));

        ExecutionProviderInfo device = Assert.Single(ExecutionProvider.Register(Name, path));

        Assert.True(device is { Name: Name, Device: "CPU", DeviceId: 0, IsAvailable: true });
        Assert.Equal(path, device.Library);
        Assert.Contains(device, ExecutionProvider.List());
        using (WordClassifier here = Open(ExecutionProvider.Cpu), there = Open(ExecutionProvider.Get("beads")))
        {
            Assert.Equal(Name, there.Provider);
            Assert.Equal(here.Classify(["salad"])[0] with { Provider = Name }, there.Classify(["salad"])[0]);
            Assert.Equal(
                ErrorIds.ProviderInUse,
                Assert.Throws<ModelException>(() => ExecutionProvider.Unregister(Name)).ErrorId);
        }

        Assert.True(ExecutionProvider.Unregister(Name));
        Assert.Equal(
            ErrorIds.ProviderNotFound, Assert.Throws<ModelException>(() => ExecutionProvider.Get(Name)).ErrorId);
    }

    [Fact]
    public void NameTakesTheSameLibraryAgainButNoOther()
    {
        string path = PluginLibrary.Compile(_directory.File("plugin.so"));
        ExecutionProvider.Register(Name, path);

        Assert.Single(ExecutionProvider.Register(Name, path));
        Assert.Equal(
            ErrorIds.ProviderExists,
            Assert.Throws<ModelException>(
                () => ExecutionProvider.Register(Name, _directory.Write("other.so", "x"))).ErrorId);
    }

    [Fact]
    public void DeviceThatTheLibraryHasNotIsRefused()
    {
        ExecutionProvider.Register(Name, PluginLibrary.Compile(_directory.File("plugin.so")));

        Assert.Equal(
            ErrorIds.ProviderDeviceNotFound,
            Assert.Throws<ModelException>(() => ExecutionProvider.Get(Name, 1)).ErrorId);
    }

    [Fact]
    public void LibraryWithoutDevicesIsListedWithTheReason()
    {
        string path = PluginLibrary.Compile(_directory.File("plugin.so"), "NO_DEVICES");

        ExecutionProviderInfo provider = Assert.Single(ExecutionProvider.Register(Name, path));

        Assert.False(provider.IsAvailable);
        Assert.Contains("no device", provider.Reason, StringComparison.Ordinal);
        Assert.Equal(
            ErrorIds.ProviderUnavailable,
            Assert.Throws<ModelException>(() => ExecutionProvider.Get(Name)).ErrorId);
    }

    [Fact]
    public void ProviderThatRefusesAModelIsNotReplacedByTheCpu()
    {
        int before = OnnxSession.OpenCount;
        ExecutionProvider.Register(Name, PluginLibrary.Compile(_directory.File("plugin.so"), "REFUSE"));

        ModelException error = Assert.Throws<ModelException>(() => Open(ExecutionProvider.Get(Name)));

        Assert.Equal(ErrorIds.ProviderRefused, error.ErrorId);
        Assert.Contains("lost its beads", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, OnnxSession.OpenCount);
        Assert.True(ExecutionProvider.Unregister(Name));
    }

    [Fact]
    public void LibraryThatWentAwayMeanwhileIsNotUsed()
    {
        ExecutionProvider.Register(Name, PluginLibrary.Compile(_directory.File("plugin.so")));
        var provider = ExecutionProvider.Get(Name);
        ExecutionProvider.Unregister(Name);

        Assert.Equal(
            ErrorIds.ProviderUnavailable,
            Assert.Throws<ModelException>(() => OnnxSession.Open(Repository.FoodModel, provider)).ErrorId);
    }

    private static WordClassifier Open(ExecutionProvider provider) =>
        WordClassifier.Open(Repository.FoodModel, Repository.DefaultVectors, provider: provider);
}
