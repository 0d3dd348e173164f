using System.Text.Json;

namespace OnnxDeep.Tests.Providers;

/// <summary>The package that a build would restore, determined without restoring it.</summary>
[Trait("Culture", "Any")]
public sealed class FlavorTests
{
    [Theory]
    [InlineData("", "Microsoft.ML.OnnxRuntime", "")]
    [InlineData("Cpu", "Microsoft.ML.OnnxRuntime", "")]
    [InlineData("Gpu", "Microsoft.ML.OnnxRuntime.Gpu", "artifacts/flavor-gpu/lock/OnnxDeep.Inference.lock.json")]
    public async Task FlavorSwapsThePackageAndLeavesTheLockFileOfTheOther(
        string flavor, string package, string lockFile)
    {
        using JsonDocument project = JsonDocument.Parse(await EvaluateAsync(flavor));

        JsonElement items = project.RootElement.GetProperty("Items");
        Assert.Equal([package], Identities(items, "PackageReference").Where(name => name!.Contains(".ML.")));
        Assert.Contains(package, Identities(items, "PackageVersion"));
        string path = project.RootElement.GetProperty("Properties").GetProperty("NuGetLockFilePath").GetString()!;
        Assert.EndsWith(lockFile, path.Replace('\\', '/'), StringComparison.Ordinal);
        Assert.Equal(lockFile.Length == 0, path.Length == 0);
    }

    private static IEnumerable<string?> Identities(JsonElement items, string name) =>
        items.GetProperty(name).EnumerateArray().Select(item => item.GetProperty("Identity").GetString());

    private static async Task<string> EvaluateAsync(string flavor)
    {
        string[] options = flavor.Length > 0 ? [$"-p:OnnxRuntimeFlavor={flavor}"] : [];
        ChildProcess process = await ChildProcess.Run(
            "dotnet",
            [
                "msbuild", Path.Combine(Repository.Root, "src", "OnnxDeep.Inference", "OnnxDeep.Inference.csproj"),
                "-getItem:PackageReference", "-getItem:PackageVersion", "-getProperty:NuGetLockFilePath", .. options,
            ]);

        Assert.True(process.ExitCode == 0, process.Output + process.Error);
        return process.Output;
    }
}
