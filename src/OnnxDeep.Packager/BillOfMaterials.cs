using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace OnnxDeep.Packager;

/// <summary>
/// Writes the bill of materials of a package as CycloneDX 1.6. It has neither a time nor a serial number: the same
/// package has the same bill.
/// </summary>
/// <remarks>https://cyclonedx.org/docs/1.6/json/.</remarks>
internal static class BillOfMaterials
{
    private const string Module = "OnnxDeep";

    private static readonly JsonSerializerOptions s_format = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Returns the bill for an inventory.</summary>
    /// <param name="inventory">The module or its part for a platform.</param>
    /// <param name="files">The content of the package, by name.</param>
    public static string Write(ModuleInventory inventory, IReadOnlyDictionary<string, PackedFile> files)
    {
        string reference = $"pkg:nuget/{Module}@{inventory.Version}";
        var bill = new JsonObject
        {
            ["bomFormat"] = "CycloneDX",
            ["specVersion"] = "1.6",
            ["version"] = 1,
            ["metadata"] = new JsonObject
            {
                ["lifecycles"] = new JsonArray(new JsonObject { ["phase"] = "build" }),
                ["component"] = new JsonObject
                {
                    ["type"] = "library",
                    ["bom-ref"] = reference,
                    ["name"] = Module,
                    ["version"] = inventory.Version,
                    ["licenses"] = Licenses("MIT"),
                    ["purl"] = reference,
                    ["components"] = Files(inventory.OwnFiles, files),
                },
                ["properties"] = new JsonArray(
                    [.. inventory.Platforms.Select(platform => new JsonObject
                    {
                        ["name"] = "onnxdeep:platform",
                        ["value"] = platform,
                    })]),
            },
            ["components"] = new JsonArray([.. inventory.Components.Select(one => Describe(one, files))]),
            ["dependencies"] = new JsonArray(
            [
                Uses(inventory, reference, [.. inventory.Dependencies, .. Contained(inventory)]),
                .. inventory.Components.Select(one => Uses(inventory, one.Reference, one.Dependencies)),
            ]),
        };
        return bill.ToJsonString(s_format) + "\n";
    }

    private static JsonObject Describe(Component component, IReadOnlyDictionary<string, PackedFile> files)
    {
        bool isPackage = component.PackageHash is not null;
        var item = new JsonObject
        {
            ["type"] = isPackage ? "library" : "data",
            ["bom-ref"] = component.Reference,
            ["name"] = component.Name,
            ["version"] = component.Version,
            ["licenses"] = Licenses(component.License),
            ["copyright"] = component.Copyright,
            ["externalReferences"] = new JsonArray(
                new JsonObject { ["type"] = "website", ["url"] = component.Source }),
        };
        if (isPackage)
        {
            item["purl"] = component.Reference;
            item["hashes"] = Hashes("SHA-512", component.PackageHash!);
            item["components"] = Files(component.Files, files);
        }
        else
        {
            item["evidence"] = new JsonObject
            {
                ["occurrences"] = new JsonArray(
                    [.. component.Files.Select(file => new JsonObject { ["location"] = file })]),
            };
        }

        return item;
    }

    private static JsonArray Files(IEnumerable<string> names, IReadOnlyDictionary<string, PackedFile> files) => new(
        [.. names.Select(name => new JsonObject
        {
            ["type"] = "file",
            ["name"] = name,
            ["hashes"] = Hashes("SHA-256", files[name].Sha256),
        })]);

    private static JsonArray Licenses(string expression) => new(new JsonObject { ["expression"] = expression });

    private static JsonArray Hashes(string algorithm, string value) =>
        new(new JsonObject { ["alg"] = algorithm, ["content"] = value });

    private static IEnumerable<string> Contained(ModuleInventory inventory) =>
        inventory.Components.Where(one => one.PackageHash is null).Select(one => one.Name);

    // A package that another one names may have no file in this one.
    private static JsonObject Uses(ModuleInventory inventory, string reference, IReadOnlyList<string> names) => new()
    {
        ["ref"] = reference,
        ["dependsOn"] = new JsonArray(
        [
            .. inventory.Components
                .Where(one => names.Contains(one.Name, StringComparer.OrdinalIgnoreCase))
                .Select(one => JsonValue.Create(one.Reference)),
        ]),
    };
}
