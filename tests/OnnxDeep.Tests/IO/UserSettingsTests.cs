using OnnxDeep.IO;

namespace OnnxDeep.Tests.IO;

/// <summary>The settings folder is set for the whole process, so these tests must not run in parallel.</summary>
public sealed class UserSettingsTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly string? _homeBefore = Environment.GetEnvironmentVariable(UserData.Variable);

    public UserSettingsTests() => Environment.SetEnvironmentVariable(UserData.Variable, _directory.Path);

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(UserData.Variable, _homeBefore);
        _directory.Dispose();
    }

    [Fact]
    public void WithoutAFileThereAreNoSettingsAndNoneIsMade()
    {
        Assert.Empty(UserSettings.Load().ProviderLibraries);
        Assert.False(UserSettings.Load().Forget("CUDA"));
        Assert.False(File.Exists(UserData.SettingsPath));
    }

    [Fact]
    public void LibraryIsRememberedWhateverItsCaseAndForgotten()
    {
        string path = _directory.File("a.so");
        UserSettings.Load().Remember("CUDA", path);
        UserSettings.Load().Remember("cuda", path);

        Assert.Equal(path, Assert.Single(UserSettings.Load().ProviderLibraries).Value);
        Assert.True(UserSettings.Load().ProviderLibraries.ContainsKey("Cuda"));
        Assert.True(UserSettings.Load().Forget("Cuda"));
        Assert.Empty(UserSettings.Load().ProviderLibraries);
    }

    [Fact]
    public void WhatElseTheFileHoldsStays()
    {
        _directory.Write("settings.json", """{ "later": [1, 2] }""");

        UserSettings.Load().Remember("CUDA", _directory.File("a.so"));

        Assert.Contains("\"later\"", File.ReadAllText(UserData.SettingsPath), StringComparison.Ordinal);
    }

    [Fact]
    public void SettingsOfVersion03AreReadAndKeptWithWhatIsAdded()
    {
        string text = File.ReadAllText(TestData.Find("v0.3", "settings.json"));

        // A full path on Windows includes a drive.
        string root = OperatingSystem.IsWindows() ? "C:/opt" : "/opt";
        _directory.Write("settings.json", text.Replace("/opt", root, StringComparison.Ordinal));
        UserSettings.Load().Remember("other", _directory.File("a.so"));
        IReadOnlyDictionary<string, string> libraries = UserSettings.Load().ProviderLibraries;

        Assert.Equal(["example", "other"], libraries.Keys);
        Assert.Equal($"{root}/onnx/libexample.so", libraries["example"]);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("""{ "executionProviders": 1 }""")]
    [InlineData("""{ "executionProviders": { "CUDA": 1 } }""")]
    [InlineData("""{ "executionProviders": { "CUDA": null } }""")]
    [InlineData("""{ "executionProviders": { "CUDA": "relative.so" } }""")]
    [InlineData("""{ "executionProviders": { "CUDA": "/a\u0000.so" } }""")]
    [InlineData("""{ "executionProviders": { "CUDA": "/a.so", "cuda": "/b.so" } }""")]
    [InlineData("""{ "later": 1, "later": 2 }""")]
    public void DamageIsAnErrorThatNamesTheFile(string text)
    {
        _directory.Write("settings.json", text);

        OnnxDeepException error = Assert.Throws<FileFormatException>(UserSettings.Load);

        Assert.Equal(ErrorIds.SettingsDamaged, error.ErrorId);
        Assert.Contains(UserData.SettingsPath, error.Message, StringComparison.Ordinal);
    }
}
