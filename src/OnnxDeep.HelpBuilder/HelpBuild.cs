using System.Text;

using OnnxDeep.HelpBuilder.Output;
using OnnxDeep.HelpBuilder.Pages;

namespace OnnxDeep.HelpBuilder;

/// <summary>Pages and cmdlets in, the files of Get-Help out. The same input gives the same bytes.</summary>
internal static class HelpBuild
{
    private const string AboutPrefix = "about_";

    /// <summary>Writes one MAML file for the assembly and one text file for each about page.</summary>
    /// <param name="assemblyPath">The cmdlets, beside their dependencies.</param>
    /// <param name="pagesDirectory">A page a cmdlet, Verb-Noun.md, and about_*.md.</param>
    /// <param name="outputDirectory">Made where it does not exist.</param>
    /// <exception cref="HelpException">Pages and cmdlets differ; nothing is written.</exception>
    public static void Write(string assemblyPath, string pagesDirectory, string outputDirectory)
    {
        using var assembly = new CmdletAssembly(assemblyPath);
        string[] files = [.. Directory.EnumerateFiles(pagesDirectory, "*.md").Order(StringComparer.Ordinal)];
        HelpPage[] pages = [.. files.Where(file => !IsAbout(file)).Select(HelpPageReader.Read)];
        HelpProblem[] problems = [.. PageChecker.Check(pages, assembly.Cmdlets, pagesDirectory)];
        if (problems.Length > 0)
        {
            throw new HelpException(problems);
        }

        var texts = new Dictionary<string, string>
        {
            [Path.GetFileName(assemblyPath) + "-Help.xml"] = MamlWriter.Write(pages, assembly.Cmdlets),
        };
        foreach (string file in files.Where(IsAbout))
        {
            texts.Add(Path.GetFileNameWithoutExtension(file) + ".help.txt", AboutWriter.Write(file));
        }

        Directory.CreateDirectory(outputDirectory);
        foreach ((string name, string text) in texts)
        {
            File.WriteAllText(Path.Combine(outputDirectory, name), text, new UTF8Encoding(false));
        }
    }

    private static bool IsAbout(string file) =>
        Path.GetFileName(file).StartsWith(AboutPrefix, StringComparison.Ordinal);
}
