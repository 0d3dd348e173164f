using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace OnnxDeep.Packager;

/// <summary>The folders in which NuGet has unpacked the packages of a project.</summary>
internal sealed partial class PackageFolders
{
    // Folders of a package with what it installs, and not with texts about it.
    private static readonly string[] s_assets =
        ["analyzers", "build", "buildTransitive", "contentFiles", "lib", "native", "ref", "runtimes", "tools"];

    private readonly string[] _folders;

    /// <summary>Reads the folders from the file that a restore writes.</summary>
    public PackageFolders(string assetsFile)
    {
        if (!File.Exists(assetsFile))
        {
            throw new PackagingException(assetsFile, "the project is not restored: build it first.");
        }

        using JsonDocument assets = JsonDocument.Parse(File.ReadAllBytes(assetsFile));
        _folders = [.. assets.RootElement.GetProperty("packageFolders").EnumerateObject().Select(one => one.Name)];
    }

    /// <summary>Returns what a package says about itself, with all of its licence and notice texts.</summary>
    /// <exception cref="PackagingException">The package is missing, or has no licence.</exception>
    public Component Describe(LibraryEntry library)
    {
        string folder = _folders.Select(root => Path.Combine(root, library.Path!)).FirstOrDefault(Directory.Exists)
            ?? throw new PackagingException(library.Path!, "the package is not restored: build the project first.");
        string nuspec = Directory.GetFiles(folder, "*.nuspec").Single();
        XElement metadata = XDocument.Load(nuspec).Root!.Elements().Single(one => one.Name.LocalName == "metadata");
        string copyright = Text(metadata, "copyright") ?? $"Copyright (c) {Text(metadata, "authors")}";
        string[] files = [.. FindTexts(folder)];
        List<string> texts = [.. files.Select(LicenseText.Read)];
        string license = FindLicense(metadata, texts)
            ?? throw new PackagingException(nuspec, "the package has neither a licence expression nor a licence file.");
        if (!files.Any(file => LicenseFile().IsMatch(Path.GetFileName(file))))
        {
            texts.Insert(0, LicenseText.Standard(license, copyright)
                ?? throw new PackagingException(
                    nuspec,
                    $"the package has no text of its licence {license}: add the standard text to OnnxDeep.Packager."));
        }

        return new Component(library.Name, library.Version)
        {
            License = license,
            Copyright = copyright,
            Source = Text(metadata, "projectUrl") ?? $"https://www.nuget.org/packages/{library.Name}",
            Files = library.Files,
            Texts = texts,
            PackageHash = ReadHash(folder),
            Dependencies = library.Dependencies,
        };
    }

    private static IEnumerable<string> FindTexts(string folder) => Directory.GetFiles(folder)
        .Concat(Directory.GetDirectories(folder)
            .Where(one => !s_assets.Contains(Path.GetFileName(one), StringComparer.OrdinalIgnoreCase))
            .SelectMany(one => Directory.GetFiles(one, "*", SearchOption.AllDirectories)))
        .Where(file => TextFile().IsMatch(Path.GetFileName(file)))
        .Order(StringComparer.Ordinal);

    private static string? FindLicense(XElement metadata, List<string> texts)
    {
        XElement? license = metadata.Elements().FirstOrDefault(one => one.Name.LocalName == "license");
        return license?.Attribute("type")?.Value switch
        {
            "expression" => license.Value,
            "file" => LicenseText.Recognize(texts) ?? $"LicenseRef-{Text(metadata, "id")}",
            _ => LicenseText.Recognize(texts),
        };
    }

    private static string? Text(XElement metadata, string name) =>
        metadata.Elements().FirstOrDefault(one => one.Name.LocalName == name)?.Value.Trim() is { Length: > 0 } text
            ? text
            : null;

    private static string ReadHash(string folder) => Convert.ToHexStringLower(
        Convert.FromBase64String(File.ReadAllText(Directory.GetFiles(folder, "*.nupkg.sha512").Single())));

    [GeneratedRegex(@"^(licen[cs]e|copying|notices?|third-?party-?notices?)(\.txt|\.md)?$", RegexOptions.IgnoreCase)]
    private static partial Regex TextFile();

    [GeneratedRegex(@"^(licen[cs]e|copying)\b", RegexOptions.IgnoreCase)]
    private static partial Regex LicenseFile();
}
