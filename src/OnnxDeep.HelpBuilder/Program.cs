using OnnxDeep.HelpBuilder;

if (args is not [var assembly, var pages, var output])
{
    Console.Error.WriteLine("Usage: OnnxDeep.HelpBuilder <cmdlet assembly> <folder of pages> <output folder>");
    return 2;
}

try
{
    HelpBuild.Write(assembly, pages, output);
    return 0;
}
catch (HelpException e)
{
    // The form that MSBuild takes for an error of the named file.
    foreach (HelpProblem problem in e.Problems)
    {
        Console.Error.WriteLine($"{problem.Page} : error HELP: {problem.Message}");
    }

    return 1;
}
