namespace OnnxDeep.HelpBuilder;

/// <summary>Builds the module's help and view files from their sources.</summary>
internal static class Program
{
    private const string Usage = """
        Usage: OnnxDeep.HelpBuilder help <cmdlet assembly> <folder of pages> <output folder>
               OnnxDeep.HelpBuilder views <cmdlet assembly> <file of views> <output file>
        """;

    private static int Main(string[] args)
    {
        try
        {
            switch (args)
            {
                case ["help", var assembly, var pages, var output]:
                    HelpBuild.Write(assembly, pages, output);
                    return 0;
                case ["views", var assembly, var views, var output]:
                    ViewWriter.Write(assembly, views, output);
                    return 0;
                default:
                    Console.Error.WriteLine(Usage);
                    return 2;
            }
        }
        catch (SourceException e)
        {
            // The format that MSBuild recognizes as an error in a file.
            foreach (SourceProblem problem in e.Problems)
            {
                Console.Error.WriteLine($"{problem.Place} : error {args[0].ToUpperInvariant()}: {problem.Message}");
            }

            return 1;
        }
    }
}

/// <summary>A problem in a source file.</summary>
/// <param name="Place">The file, followed by the line number in parentheses if it is known.</param>
/// <param name="Message">What is missing, superfluous or wrong.</param>
internal sealed record SourceProblem(string Place, string Message);

/// <summary>Source files cannot be built; lists all problems to fix.</summary>
internal sealed class SourceException : Exception
{
    /// <summary>Creates the error for several problems.</summary>
    public SourceException(IReadOnlyList<SourceProblem> problems)
        : base(string.Join(Environment.NewLine, problems.Select(problem => $"{problem.Place}: {problem.Message}"))) =>
        Problems = problems;

    /// <summary>Creates the error for one problem.</summary>
    public SourceException(string place, string message)
        : this([new SourceProblem(place, message)])
    {
    }

    /// <summary>The problems, at least one.</summary>
    public IReadOnlyList<SourceProblem> Problems { get; }
}
