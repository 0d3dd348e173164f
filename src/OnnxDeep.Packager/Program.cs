using System.Text;

namespace OnnxDeep.Packager;

/// <summary>Writes the notices of the staged module, and its packages with bills of materials and hashes.</summary>
internal static class Program
{
    private const string Usage = """
        Usage: OnnxDeep.Packager notices <module folder> <project.assets.json>
               OnnxDeep.Packager pack <module folder> <project.assets.json> <nuspec file> <output folder>
        """;

    private static int Main(string[] args)
    {
        try
        {
            switch (args)
            {
                case ["notices", var module, var assets]:
                    WriteNotices(module, assets);
                    return 0;
                case ["pack", var module, var assets, var nuspec, var output]:
                    PackageSet.Write(ModuleInventory.Read(module, new PackageFolders(assets)), nuspec, output);
                    return 0;
                default:
                    Console.Error.WriteLine(Usage);
                    return 2;
            }
        }
        catch (PackagingException e)
        {
            // The format that MSBuild recognizes as an error in a file.
            foreach (PackagingProblem problem in e.Problems)
            {
                Console.Error.WriteLine($"{problem.Place} : error {args[0].ToUpperInvariant()}: {problem.Message}");
            }

            return 1;
        }
    }

    private static void WriteNotices(string module, string assets) => File.WriteAllText(
        Path.Combine(module, NoticeWriter.FileName),
        NoticeWriter.Write(ModuleInventory.Read(module, new PackageFolders(assets))),
        new UTF8Encoding(false));
}

/// <summary>Something that stops the module from being packed.</summary>
/// <param name="Place">The file or folder.</param>
/// <param name="Message">What is missing or wrong.</param>
internal sealed record PackagingProblem(string Place, string Message);

/// <summary>The module cannot be packed; lists all problems to fix.</summary>
internal sealed class PackagingException : Exception
{
    /// <summary>Creates the error for several problems.</summary>
    public PackagingException(IReadOnlyList<PackagingProblem> problems)
        : base(string.Join(Environment.NewLine, problems.Select(problem => $"{problem.Place}: {problem.Message}"))) =>
        Problems = problems;

    /// <summary>Creates the error for one problem.</summary>
    public PackagingException(string place, string message)
        : this([new PackagingProblem(place, message)])
    {
    }

    /// <summary>The problems, at least one.</summary>
    public IReadOnlyList<PackagingProblem> Problems { get; }
}
