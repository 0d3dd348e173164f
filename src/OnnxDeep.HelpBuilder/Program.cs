namespace OnnxDeep.HelpBuilder;

/// <summary>What the build makes of the module's sources beside the assemblies.</summary>
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
            // The form that MSBuild takes for an error of the named file.
            foreach (SourceProblem problem in e.Problems)
            {
                Console.Error.WriteLine($"{problem.Place} : error {args[0].ToUpperInvariant()}: {problem.Message}");
            }

            return 1;
        }
    }
}

/// <summary>One thing to mend in a source.</summary>
/// <param name="Place">The file, and where known its line in parentheses.</param>
/// <param name="Message">What is missing, too much or wrong.</param>
internal sealed record SourceProblem(string Place, string Message);

/// <summary>Sources that cannot be built, with all that is to mend.</summary>
internal sealed class SourceException : Exception
{
    /// <summary>Makes the error of several problems.</summary>
    public SourceException(IReadOnlyList<SourceProblem> problems)
        : base(string.Join(Environment.NewLine, problems.Select(problem => $"{problem.Place}: {problem.Message}"))) =>
        Problems = problems;

    /// <summary>Makes the error of one problem.</summary>
    public SourceException(string place, string message)
        : this([new SourceProblem(place, message)])
    {
    }

    /// <summary>One or more.</summary>
    public IReadOnlyList<SourceProblem> Problems { get; }
}
