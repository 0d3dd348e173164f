using System.Reflection;
using System.Runtime.Loader;

namespace OnnxDeep.Tests;

public sealed class ModuleTests
{
    private static string ModuleFolder => Path.GetDirectoryName(Repository.StagedModule)!;

    private static string[] HelpPages { get; } =
    [
        .. Directory.GetFiles(Path.Combine(Repository.Root, "module", "docs", "en-US"), "*-*.md")
            .Select(path => Path.GetFileNameWithoutExtension(path))
            .Order(StringComparer.Ordinal),
    ];

    [Fact]
    public void ManifestExportsExactlyTheCmdletsThereAre()
    {
        using var module = new ModuleRunspace();

        Outcome outcome = module.Invoke(
            """
            $m = Get-Module OnnxDeep
            $m.ExportedCmdlets.Keys
            '-'
            $m.ExportedAliases.Keys
            """).ThrowOnError();

        // The build requires a help page for each cmdlet.
        Assert.Equal(
            [.. HelpPages, "-", "Get-LayerWeight"],
            outcome.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void ImportTwiceRemoveAndImportAgainWorks()
    {
        using var module = new ModuleRunspace();

        Outcome outcome = module.Invoke(
            """
            Import-Module $args[0]
            Import-Module $args[0] -Force
            Test-FoodWord salad -Quiet
            Remove-Module OnnxDeep
            $null -eq (Get-Command Test-FoodWord -ErrorAction Ignore)
            Import-Module $args[0]
            Test-FoodWord salad -Quiet
            (Get-Module OnnxDeep).ExportedCmdlets.Count
            (Get-LayerWeight noise dense).Units
            """,
            Repository.StagedModule).ThrowOnError();

        Assert.Equal([true, true, true, HelpPages.Length, 5], outcome.Output.Select(item => item.BaseObject));
    }

    [Fact]
    public void HostedRunspaceWorksWithPowerShellsOwnCmdlets()
    {
        using var module = new ModuleRunspace();
        using var directory = new TemporaryDirectory();
        string words = directory.Write("words.txt", "salad\nlaptop\n");

        Outcome outcome = module.Invoke(
            """
            Get-Content $args[0] | Test-FoodWord | Export-Csv $args[1]
            (Import-Csv $args[1]).Label
            (Test-FoodWord salad | ConvertTo-Json | ConvertFrom-Json).Word
            """,
            words,
            directory.File("labels.csv")).ThrowOnError();

        Assert.Equal(["food", "not food", "salad"], outcome.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void AnotherModulesProtobufDisturbsNobody()
    {
        // This process has another version of Google.Protobuf in its default context, as if loaded by another module.
        using var other = new ForeignProtobuf();
        using var module = new ModuleRunspace();

        module.Invoke("Get-LayerWeights food; Test-FoodWord salad").ThrowOnError();

        Assert.Equal(new Version(1, 2, 3, 4), other.Assembly.GetName().Version);
        Assembly ours = AppDomain.CurrentDomain.GetAssemblies().Single(assembly =>
            assembly.GetName().Name == "Google.Protobuf" && assembly != other.Assembly);
        Assert.Equal("OnnxDeep", AssemblyLoadContext.GetLoadContext(ours)!.Name);
    }

    [Fact]
    public void OnlyTheLoaderJoinsTheDefaultContext()
    {
        using var module = new ModuleRunspace();
        module.Invoke("Get-LayerWeights food; Test-FoodWord salad").ThrowOnError();

        IEnumerable<string> ours = Directory.GetFiles(Path.Combine(ModuleFolder, "bin"), "OnnxDeep*.dll")
            .Select(file => Path.GetFileNameWithoutExtension(file));
        IEnumerable<string?> shared =
            AssemblyLoadContext.Default.Assemblies.Select(assembly => assembly.GetName().Name);

        Assert.Equal(["OnnxDeep.Loader"], ours.Intersect(shared));
    }

    [Fact]
    public void StagedModuleIsWholeAndHasNoneOfTheHostsAssemblies()
    {
        string[] files =
        [
            "OnnxDeep.psm1", "OnnxDeep.OtherPlatform.ps1", "OnnxDeep.SecondImport.ps1",
            "OnnxDeep.Format.ps1xml", "OnnxDeep.Types.ps1xml",
            "LICENSE", "NOTICE", "THIRD-PARTY-NOTICES.txt", "README.md", "CHANGELOG.md",
            "bin/OnnxDeep.PowerShell.dll", "bin/OnnxDeep.PowerShell.deps.json", "bin/OnnxDeep.Loader.dll",
            "models/food.onnx", "models/food-words.onnx", "models/noise.onnx", "models/wordnet-300d.safetensors",
            .. Repository.StagedRuntimes.SelectMany(NativeFiles),
        ];
        Assert.All(files, file => Assert.True(File.Exists(Path.Combine(ModuleFolder, file)), $"{file} is missing."));
        Assert.False(File.Exists(Path.Combine(ModuleFolder, "bin", "System.Management.Automation.dll")));
        Assert.Equal(
            Repository.StagedRuntimes.Order(StringComparer.Ordinal),
            Directory.GetDirectories(Path.Combine(ModuleFolder, "bin", "runtimes"))
                .Select(Path.GetFileName)
                .Order(StringComparer.Ordinal));
        Assert.Empty(Directory.GetFiles(ModuleFolder, "libHarfBuzzSharp.*", SearchOption.AllDirectories));
        Assert.Empty(Directory.GetFiles(ModuleFolder, "*.lib", SearchOption.AllDirectories));
    }

    // SkiaSharp has a single library for all macOS systems, in osx.
    private static string[] NativeFiles(string runtime) => runtime switch
    {
        "osx" => [$"bin/runtimes/{runtime}/native/libSkiaSharp.dylib"],
        "osx-arm64" => [$"bin/runtimes/{runtime}/native/libonnxruntime.dylib"],
        "win-x64" or "win-arm64" =>
            [$"bin/runtimes/{runtime}/native/onnxruntime.dll", $"bin/runtimes/{runtime}/native/libSkiaSharp.dll"],
        _ => [$"bin/runtimes/{runtime}/native/libonnxruntime.so", $"bin/runtimes/{runtime}/native/libSkiaSharp.so"],
    };
}
