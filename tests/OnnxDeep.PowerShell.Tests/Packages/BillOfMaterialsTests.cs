using System.Reflection;
using System.Runtime.Loader;
using System.Security.Cryptography;
using System.Text.Json;

namespace OnnxDeep.Tests.Packages;

/// <summary>The bills of materials beside the packages, checked with the tool of CycloneDX for .NET.</summary>
[Trait("Culture", "Any")]
public sealed class BillOfMaterialsTests
{
    private static string Tool => typeof(BillOfMaterialsTests).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "CycloneDxTool")
        .Value!;

    [Fact]
    public async Task BillIsValidCycloneDx()
    {
        string bill = await File.ReadAllTextAsync(await FindBillAsync(), TestContext.Current.CancellationToken);

        Assert.Empty(Validate(bill));
        Assert.NotEmpty(Validate(bill.Replace("\"build\"", "\"lunch\"", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task EachFileOfThePackageIsThereOnceWithItsHash()
    {
        using JsonDocument bill = await ReadBillAsync();
        JsonElement[] parts =
        [
            bill.RootElement.GetProperty("metadata").GetProperty("component"),
            .. bill.RootElement.GetProperty("components").EnumerateArray()
                .Where(component => component.GetProperty("type").GetString() == "library"),
        ];
        (string, string)[] files =
        [
            .. parts.SelectMany(part => part.GetProperty("components").EnumerateArray())
                .Select(file => (Text(file, "name"), Text(file.GetProperty("hashes")[0], "content"))),
        ];

        Assert.Equal(
            PackageFiles.Read(await ModulePackage.Path)
                .Select(file => (file.Key, Convert.ToHexStringLower(SHA256.HashData(file.Value))))
                .Order(),
            files.Order());
    }

    [Fact]
    public async Task EntriesAreThoseOfTheNotices()
    {
        using JsonDocument bill = await ReadBillAsync();
        Notice[] notices = Notice.ReadAll(PackageFiles.Text(await ModulePackage.Path, Notice.FileName));

        Assert.Equal(
            notices.Select(notice => (notice.Name, notice.Version, notice.License)),
            bill.RootElement.GetProperty("components").EnumerateArray().Select(component => (
                Text(component, "name"),
                Text(component, "version"),
                Text(component.GetProperty("licenses")[0], "expression"))));
    }

    // The tool lists what the project refers to, shipped or not; what is shipped is among it with the same hash.
    [Fact]
    public async Task PackagesAreThoseThatTheToolFindsInTheProject()
    {
        using var directory = new TemporaryDirectory();
        using JsonDocument bill = await ReadBillAsync();
        ChildProcess run = await ChildProcess.Run(
            "dotnet",
            [
                Path.Combine(Tool, "CycloneDX.dll"),
                Path.Combine(Repository.Root, "src", "OnnxDeep.PowerShell", "OnnxDeep.PowerShell.csproj"),
                "--disable-package-restore", "--output-format", "Json", "--output", directory.Path,
            ],
            environment: new Dictionary<string, string?> { ["OnnxRuntimeFlavor"] = Repository.Flavor });
        Assert.True(run.ExitCode == 0, run.Output + run.Error);
        using JsonDocument theirs = JsonDocument.Parse(
            await File.ReadAllBytesAsync(directory.File("bom.json"), TestContext.Current.CancellationToken));

        (string, string)[] known = [.. Packages(theirs)];
        Assert.InRange(Packages(bill).Count(), 15, 40);
        Assert.All(Packages(bill), package => Assert.Contains(package, known));
    }

    private static IEnumerable<(string Url, string Hash)> Packages(JsonDocument bill) =>
        bill.RootElement.GetProperty("components").EnumerateArray()
            .Where(component => component.TryGetProperty("purl", out _))
            .Select(component => (
                Text(component, "purl"),
                Text(component.GetProperty("hashes")[0], "content").ToLowerInvariant()));

    private static async Task<JsonDocument> ReadBillAsync() =>
        JsonDocument.Parse(await File.ReadAllBytesAsync(await FindBillAsync()));

    private static async Task<string> FindBillAsync() => Path.ChangeExtension(await ModulePackage.Path, ".cdx.json");

    private static string Text(JsonElement element, string name) => element.GetProperty(name).GetString()!;

    // In a context of its own, as PowerShell brings another version of the library for JSON schemas.
    private static string[] Validate(string bill)
    {
        var context = new AssemblyLoadContext("CycloneDX", isCollectible: true);
        context.Resolving += (_, name) => context.LoadFromAssemblyPath(Path.Combine(Tool, name.Name + ".dll"));
        Assembly library = context.LoadFromAssemblyPath(Path.Combine(Tool, "CycloneDX.Core.dll"));
        Type version = library.GetType("CycloneDX.SpecificationVersion", throwOnError: true)!;
        object result = library.GetType("CycloneDX.Json.Validator", throwOnError: true)!
            .GetMethod("Validate", [typeof(string), version])!
            .Invoke(null, [bill, Enum.Parse(version, "v1_6")])!;
        var isValid = (bool)result.GetType().GetProperty("Valid")!.GetValue(result)!;
        var messages = (IEnumerable<string>)result.GetType().GetProperty("Messages")!.GetValue(result)!;
        context.Unload();
        return isValid ? [] : ["The bill is not valid.", .. messages];
    }
}
