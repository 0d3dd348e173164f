using System.Management.Automation;

namespace OnnxDeep.Tests.Cmdlets;

public sealed class ExecutionProviderTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>, IDisposable
{
    private readonly ModuleRunspace _module = fixture.Module;
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void ModelsRunOnTheCpuUnlessAskedOtherwise()
    {
        Assert.Equal(["CPU", "CPU"], _module.Invoke("Test-FoodWord salad; Test-Word salad -Model food").ThrowOnError().Values("Provider"));
        Assert.Equal(["CPU"], _module.Invoke("Test-FoodWord salad -Provider cpu -DeviceId 0").ThrowOnError().Values("Provider"));
    }

    [Fact]
    public void VerboseTellsWhyAutoTookWhatItTook()
    {
        string text = string.Join(' ', _module.Invoke(
            "Test-FoodWord salad -Provider Auto -Verbose 4>&1").ThrowOnError().Output.Select(item => item.ToString()));

        Assert.Contains(HasCuda() ? "Provider CUDA. " : "Provider CPU. CUDA cannot run here. ", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Test-FoodWord salad -Provider CUDA")]
    [InlineData("Test-Word salad -Model food -Provider CUDA")]
    [InlineData("Invoke-OnnxModel noise 1, 2, 3 -Provider CUDA")]
    [InlineData("Invoke-OnnxModel noise 1, 2, 3 -Provider CUDA -Threads 1")]
    [InlineData("Test-OnnxModel . -Provider CUDA")]
    public void CudaThatCannotRunEndsTheCommandAndNeverFallsBack(string command)
    {
        Assert.SkipWhen(HasCuda(), "CUDA runs here.");

        Outcome outcome = _module.Invoke(command);

        Assert.Empty(outcome.Output);
        Assert.Equal(["ProviderUnavailable"], outcome.ErrorIds);
        Assert.Equal(ErrorCategory.NotInstalled, outcome.LastError.CategoryInfo.Category);
    }

    [Theory]
    [InlineData("-Provider Abacus", "ProviderNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("-Provider VitisAI", "ProviderUnavailable", ErrorCategory.NotInstalled)]
    [InlineData("-DeviceId 1", "ProviderDeviceNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("-ProviderOption @{ a = 1 }", "ProviderOptionInvalid", ErrorCategory.InvalidArgument)]
    [InlineData("-Provider Auto -ProviderOption @{ a = @() }", "ProviderOptionInvalid", ErrorCategory.InvalidArgument)]
    [InlineData("-Provider Auto -ProviderOption @{ a = $null }", "ProviderOptionInvalid", ErrorCategory.InvalidArgument)]
    public void BadRequestsEndTheCommand(string parameters, string errorId, ErrorCategory category)
    {
        Outcome outcome = _module.Invoke($"Test-FoodWord salad {parameters}");

        Assert.Empty(outcome.Output);
        Assert.Equal([errorId], outcome.ErrorIds);
        Assert.Equal(category, outcome.LastError.CategoryInfo.Category);
    }

    [Fact]
    public void AnyModelRunsWhereTheUserSays()
    {
        Outcome outcome = _module.Invoke(
            """
            (Invoke-OnnxModel noise 1, 2, 3 -Provider Auto -DeviceId 0).probability
            (Invoke-OnnxModel noise 1, 2, 3 -Provider CPU -Threads 1).probability
            @(Invoke-OnnxModel noise 1, 2, 3 -Provider Auto -Verbose 4>&1)[0]
            """).ThrowOnError();

        Assert.Equal((float)outcome.Output[0].BaseObject, (float)outcome.Output[1].BaseObject, 1e-6f);
        Assert.StartsWith(HasCuda() ? "Provider CUDA. " : "Provider CPU. ", outcome.Output[2].ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ListHasEachNameAndReportsThoseThereAreNot()
    {
        Outcome all = _module.Invoke("Get-OnnxExecutionProvider").ThrowOnError();
        Outcome some = _module.Invoke("Get-OnnxExecutionProvider cpu, Abacus, *no*such*");

        Assert.Equal("CPU", all.Values("Name").First());
        Assert.Contains("CUDA", all.Values("Name"));
        Assert.Equal(["CPU"], some.Values("Name"));
        Assert.Equal(["ProviderNotFound"], some.ErrorIds);
    }

    [Fact]
    public void LibrariesThatAreNoPluginsAreRefused()
    {
        string text = _directory.Write("text.so", "I am no library");

        Assert.Equal(["ProviderLibraryNotFound"], Register("Test", _directory.File("none.so")));
        Assert.Equal(["ProviderLibraryNotLoadable"], Register("Test", text));
        Assert.Equal(["ProviderNameReserved"], Register("CPU", text));
        Assert.Equal(["ProviderNotRegistered"], _module.Invoke("Unregister-OnnxExecutionProvider Test").ErrorIds);
        Assert.False(File.Exists(Path.Combine(UserHome.Path, "settings.json")));
    }

    [Fact]
    public void AnotherLibraryIsNoPlugin()
    {
        string library = Directory.GetFiles(
            Path.Combine(Path.GetDirectoryName(Repository.StagedModule)!, "bin", "runtimes"),
            OperatingSystem.IsWindows() ? "onnxruntime_providers_shared.dll" : "libonnxruntime_providers_shared.*",
            SearchOption.AllDirectories).First(path => path.Contains(
                System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString(), StringComparison.OrdinalIgnoreCase));

        Assert.Equal(["ProviderLibraryInvalid"], Register("Test", library));
    }

    [Fact]
    public void WhatIfLoadsNothing() => Assert.Empty(
        _module.Invoke("Register-OnnxExecutionProvider Test ./none.so -Persist -WhatIf").ThrowOnError().Output);

    [Fact]
    public void ClearOnnxSessionLeavesTheNextCommandWorking() => Assert.Equal(
        [true, true], _module.Invoke("Test-FoodWord salad -Quiet; Clear-OnnxSession; Test-FoodWord salad -Quiet")
            .ThrowOnError().Output.Select(item => item.BaseObject));

    [Fact]
    public async Task RunspacesShareModelsWhileOthersClearThem()
    {
        await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            using var module = new ModuleRunspace();
            Outcome outcome = module.Invoke(
                "foreach ($i in 1..20) { Test-FoodWord salad, tea -Quiet; Clear-OnnxSession }; Remove-Module OnnxDeep").ThrowOnError();
            Assert.Equal(40, outcome.Output.Count(item => item.BaseObject is true));
        })));
    }

    private bool HasCuda() =>
        _module.Invoke("(Get-OnnxExecutionProvider CUDA).IsAvailable -contains $true").ThrowOnError().Output[0].BaseObject is true;

    private IEnumerable<string> Register(string name, string path) =>
        _module.Invoke("Register-OnnxExecutionProvider $args[0] $args[1] -Persist", name, path).ErrorIds;
}
