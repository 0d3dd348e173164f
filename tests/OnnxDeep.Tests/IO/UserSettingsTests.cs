using OnnxDeep.IO;

namespace OnnxDeep.Tests.IO;

[Collection(nameof(ProcessState))]
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
        Assert.False(UserSettings.Forget("CUDA"));
        Assert.False(File.Exists(UserData.SettingsPath));
    }

    [Fact]
    public void LibraryIsRememberedWhateverItsCaseAndForgotten()
    {
        string path = _directory.File("a.so");
        UserSettings.Remember("CUDA", path);
        UserSettings.Remember("cuda", path);

        Assert.Equal(path, Assert.Single(UserSettings.Load().ProviderLibraries).Value);
        Assert.True(UserSettings.Load().ProviderLibraries.ContainsKey("Cuda"));
        Assert.True(UserSettings.Forget("Cuda"));
        Assert.Empty(UserSettings.Load().ProviderLibraries);
    }

    [Fact]
    public void WhatElseTheFileHoldsStays()
    {
        _directory.Write("settings.json", """{ "later": [1, 2] }""");

        UserSettings.Remember("CUDA", _directory.File("a.so"));

        Assert.Contains("\"later\"", File.ReadAllText(UserData.SettingsPath), StringComparison.Ordinal);
    }

    [Fact]
    public void SettingsOfVersion03AreReadAndKeptWithWhatIsAdded()
    {
        string text = File.ReadAllText(TestData.Find("v0.3", "settings.json"));

        // A full path on Windows includes a drive.
        string root = OperatingSystem.IsWindows() ? "C:/opt" : "/opt";
        _directory.Write("settings.json", text.Replace("/opt", root, StringComparison.Ordinal));
        UserSettings.Remember("other", _directory.File("a.so"));
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

    [Theory]
    [InlineData("settings.json")]
    [InlineData(".")]
    public void SettingsThatOthersCanWriteAreNotUsed(string name)
    {
        UserSettings.Remember("CUDA", _directory.File("a.so"));
        string path = Path.GetFullPath(_directory.File(name));
        FileModes.Add(path, UnixFileMode.GroupWrite);

        OnnxDeepException error = Assert.Throws<OnnxDeepException>(UserSettings.Load);

        Assert.Equal(ErrorIds.SettingsUnsafe, error.ErrorId);
        Assert.Contains($"'{UserData.SettingsPath}'", error.Message, StringComparison.Ordinal);
        Assert.Contains($"chmod go-w '{path}'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void NothingIsRememberedInAFolderThatOthersCanWrite()
    {
        FileModes.Add(_directory.Path, UnixFileMode.OtherWrite | UnixFileMode.StickyBit);

        OnnxDeepException error = Assert.Throws<OnnxDeepException>(
            () => UserSettings.Remember("CUDA", _directory.File("a.so")));

        Assert.Equal(ErrorIds.SettingsUnsafe, error.ErrorId);
        Assert.False(File.Exists(UserData.SettingsPath));
    }

    [Fact]
    public void FolderAndFileOfNewSettingsAreWritableByTheUserAlone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows has access lists instead of modes.");
        string home = _directory.File("new");
        Environment.SetEnvironmentVariable(UserData.Variable, home);

        int before = Umask.Set(0);
        try
        {
            UserSettings.Remember("CUDA", _directory.File("a.so"));
        }
        finally
        {
            Umask.Set(before);
        }

        const UnixFileMode shared = UnixFileMode.GroupWrite | UnixFileMode.OtherWrite;
        Assert.Equal(UnixFileMode.None, FileModes.Get(home) & shared);
        Assert.Equal(UnixFileMode.None, FileModes.Get(UserData.SettingsPath) & shared);
        Assert.Single(UserSettings.Load().ProviderLibraries);
    }

    // The lock is one of open files, so threads are like processes.
    [Fact]
    public void AllThatIsRememberedAtTheSameTimeStays()
    {
        string[] names = [.. Enumerable.Range(0, 8).Select(i => $"n{i}")];
        using var start = new Barrier(names.Length);
        Thread[] threads =
        [
            .. names.Select(name => new Thread(() =>
            {
                start.SignalAndWait(TestContext.Current.CancellationToken);
                UserSettings.Remember(name, _directory.File(name));
            })),
        ];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());

        Assert.Equal(names, UserSettings.Load().ProviderLibraries.Keys);
        Assert.True(UserSettings.Forget("n3"));
        Assert.Equal(names.Length - 1, UserSettings.Load().ProviderLibraries.Count);
    }

    [Fact]
    public void WaitForAnotherProcessThatChangesTheSettingsCanBeCancelled()
    {
        using var stop = new CancellationTokenSource();
        using (FileLock.Take(UserData.SettingsPath, CancellationToken.None))
        {
            stop.CancelAfter(50);
            Assert.Throws<OperationCanceledException>(
                () => UserSettings.Remember("CUDA", _directory.File("a.so"), stop.Token));
        }

        UserSettings.Remember("CUDA", _directory.File("a.so"), CancellationToken.None);
        Assert.Single(UserSettings.Load().ProviderLibraries);
    }

    [Fact]
    public void LockThatAKilledProcessLeftDoesNotStopOthers()
    {
        _directory.Write("settings.json.lock", "");

        UserSettings.Remember("CUDA", _directory.File("a.so"));

        Assert.Single(UserSettings.Load().ProviderLibraries);
        Assert.Equal(OperatingSystem.IsWindows(), File.Exists(_directory.File("settings.json.lock")));
    }
}
