using System.Text.Json;

namespace OnnxDeep.Packager;

/// <summary>The files of the staged module and the works of others that they are or contain.</summary>
/// <param name="Folder">The folder of the module.</param>
/// <param name="Version">The version of the module.</param>
/// <param name="Files">The files, relative to the folder with slashes, in ordinal order.</param>
/// <param name="Components">The works, in ordinal order of their names.</param>
/// <param name="Dependencies">The names of the packages that the module's own assemblies use.</param>
internal sealed record ModuleInventory(
    string Folder,
    string Version,
    IReadOnlyList<string> Files,
    IReadOnlyList<Component> Components,
    IReadOnlyList<string> Dependencies)
{
    private const string Assembly = "OnnxDeep.PowerShell";
    private const string Binaries = "bin/";
    private const string Natives = Binaries + "runtimes/";

    // SkiaSharp has one library for all macOS architectures.
    private const string AllMacs = "osx";

    private static readonly string[] s_libraries = [".dll", ".so", ".dylib"];

    /// <summary>The platforms with native files, such as linux-x64.</summary>
    public IReadOnlyList<string> Platforms =>
    [
        .. Files.Where(file => file.StartsWith(Natives, StringComparison.Ordinal))
            .Select(RuntimeOf)
            .Where(runtime => runtime != AllMacs)
            .Distinct(),
    ];

    /// <summary>The files that no package brought, even if they contain works of others.</summary>
    public IEnumerable<string> OwnFiles =>
        Files.Except(Components.Where(component => component.PackageHash is not null).SelectMany(one => one.Files));

    /// <summary>Reads the staged module.</summary>
    /// <exception cref="PackagingException">
    /// A library comes from no known package, a package has no licence text, or NOTICE names files that do not exist.
    /// </exception>
    public static ModuleInventory Read(string folder, PackageFolders packages)
    {
        string dependencies = Path.Combine(folder, "bin", Assembly + ".deps.json");
        if (!File.Exists(dependencies))
        {
            throw new PackagingException(dependencies, "the module is not staged: build it first.");
        }

        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(dependencies));
        string[] files =
        [
            .. Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(folder, file).Replace('\\', '/'))
                .Order(StringComparer.Ordinal),
        ];
        LibraryEntry[] libraries = LibraryEntry.ReadAll(document.RootElement);
        Component[] components =
        [
            .. libraries.Where(library => library.IsPackage)
                .Select(library => library with { Files = [.. library.Files.Intersect(files)] })
                .Where(library => library.Files.Count > 0)
                .Select(packages.Describe)
                .Concat(NoticeFile.Read(Path.Combine(folder, "NOTICE")))
                .OrderBy(component => component.Name, StringComparer.Ordinal),
        ];
        Check(folder, files, components);
        return new ModuleInventory(
            folder,
            libraries.Single(library => library.Name == Assembly).Version,
            files,
            components,
            [.. libraries.Where(library => !library.IsPackage).SelectMany(one => one.Dependencies).Distinct()]);
    }

    /// <summary>Returns the part of the module that a platform needs.</summary>
    public ModuleInventory For(string platform)
    {
        string[] files = [.. Files.Where(file => IsFor(platform, file))];
        return this with
        {
            Files = files,
            Components =
            [
                .. Components
                    .Select(component => component with { Files = [.. component.Files.Intersect(files)] })
                    .Where(component => component.Files.Count > 0),
            ],
        };
    }

    private static bool IsFor(string platform, string file) =>
        !file.StartsWith(Natives, StringComparison.Ordinal)
        || RuntimeOf(file) == platform
        || (RuntimeOf(file) == AllMacs && platform.StartsWith(AllMacs, StringComparison.Ordinal));

    private static string RuntimeOf(string file) => file[Natives.Length..].Split('/')[0];

    private static void Check(string folder, string[] files, Component[] components)
    {
        HashSet<string> known = [.. components.SelectMany(component => component.Files)];
        PackagingProblem[] problems =
        [
            .. files.Where(IsForeignLibrary).Except(known).Select(file => new PackagingProblem(
                Path.Combine(folder, file), "the file belongs to no package of the project: its licence is unknown.")),
            .. known.Except(files).Select(file => new PackagingProblem(
                Path.Combine(folder, "NOTICE"), $"the file '{file}' that it lists is not in the module.")),
        ];
        if (problems.Length > 0)
        {
            throw new PackagingException(problems);
        }
    }

    private static bool IsForeignLibrary(string file) =>
        s_libraries.Contains(Path.GetExtension(file), StringComparer.OrdinalIgnoreCase)
        && !Path.GetFileName(file).StartsWith("OnnxDeep.", StringComparison.Ordinal);
}

/// <summary>A library of a .deps.json file.</summary>
/// <param name="Name">The name, for a package its id.</param>
/// <param name="Version">The version.</param>
/// <param name="Path">The folder below that of all packages; null if the library is a project.</param>
/// <param name="Files">The files of the module that it would bring for all systems.</param>
/// <param name="Dependencies">The names of the libraries that it uses.</param>
internal sealed record LibraryEntry(
    string Name, string Version, string? Path, IReadOnlyList<string> Files, IReadOnlyList<string> Dependencies)
{
    /// <summary>Whether the library is a package rather than a project.</summary>
    public bool IsPackage => Path is not null;

    /// <summary>Reads all libraries of the only target.</summary>
    public static LibraryEntry[] ReadAll(JsonElement root)
    {
        JsonElement libraries = root.GetProperty("libraries");
        return
        [
            .. root.GetProperty("targets").EnumerateObject().Single().Value.EnumerateObject().Select(target =>
            {
                string[] name = target.Name.Split('/');
                JsonElement library = libraries.GetProperty(target.Name);
                return new LibraryEntry(
                    name[0],
                    name[1],
                    library.TryGetProperty("path", out JsonElement path) ? path.GetString() : null,
                    [
                        .. Names(target.Value, "runtime").Select(file => "bin/" + System.IO.Path.GetFileName(file)),
                        .. Names(target.Value, "runtimeTargets").Select(file => "bin/" + file),
                    ],
                    [.. Names(target.Value, "dependencies")]);
            }),
        ];
    }

    private static IEnumerable<string> Names(JsonElement target, string property) =>
        target.TryGetProperty(property, out JsonElement value)
            ? value.EnumerateObject().Select(item => item.Name)
            : [];
}
