using System.Text;

namespace OnnxDeep.HelpBuilder;

/// <summary>Builds the files for Get-Help from pages and cmdlets. The same input gives the same bytes.</summary>
internal static class HelpBuild
{
    private const string AboutPrefix = "about_";

    // Get-Help indents code by four columns; the rest of an 80-column window is available.
    private const int MaximumCodeWidth = 76;

    // PowerShell's own pages use this for a cmdlet without output.
    private const string NoOutput = "None";

    /// <summary>Writes one MAML file for the assembly and one text file for each about page.</summary>
    /// <param name="assemblyPath">The assembly of the cmdlets, next to its dependencies.</param>
    /// <param name="pagesDirectory">
    /// The folder with a page for each cmdlet, Verb-Noun.md, and the about_*.md pages.
    /// </param>
    /// <param name="outputDirectory">The output folder; created if it does not exist.</param>
    /// <exception cref="SourceException">Pages and cmdlets do not match; nothing is written.</exception>
    public static void Write(string assemblyPath, string pagesDirectory, string outputDirectory)
    {
        using var assembly = new CmdletAssembly(assemblyPath);
        IReadOnlyList<CmdletDescription> cmdlets = assembly.ReadCmdlets();
        string[] files = [.. Directory.EnumerateFiles(pagesDirectory, "*.md").Order(StringComparer.Ordinal)];
        HelpPage[] pages = [.. files.Where(file => !IsAbout(file)).Select(HelpPageReader.Read)];
        SourceProblem[] problems = [.. Check(pages, cmdlets, pagesDirectory)];
        if (problems.Length > 0)
        {
            throw new SourceException(problems);
        }

        var texts = new Dictionary<string, string>
        {
            [Path.GetFileName(assemblyPath) + "-Help.xml"] = MamlWriter.Write(pages, cmdlets),
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

    // Returns all differences; none if the pages are correct.
    private static IEnumerable<SourceProblem> Check(
        IReadOnlyList<HelpPage> pages, IReadOnlyList<CmdletDescription> cmdlets, string pagesDirectory)
    {
        var byName = pages.ToDictionary(page => page.Name, StringComparer.Ordinal);
        foreach (CmdletDescription cmdlet in cmdlets)
        {
            if (byName.Remove(cmdlet.Name, out HelpPage? page))
            {
                foreach (string message in CheckPage(page, cmdlet))
                {
                    yield return new SourceProblem(page.File, message);
                }
            }
            else
            {
                yield return new SourceProblem(
                    Path.Combine(pagesDirectory, cmdlet.Name + ".md"), $"the cmdlet {cmdlet.Name} has no page.");
            }
        }

        foreach (HelpPage page in byName.Values)
        {
            yield return new SourceProblem(page.File, $"the module has no cmdlet {page.Name}.");
        }
    }

    private static IEnumerable<string> CheckPage(HelpPage page, CmdletDescription cmdlet) =>
    [
        .. Compare("PARAMETERS", page.Parameters, cmdlet.Parameters.Keys),
        .. Compare("OUTPUTS", page.Outputs, cmdlet.Outputs.Count > 0 ? cmdlet.Outputs : [NoOutput]),
        .. page.Examples
            .Where(example => example.Code.Split('\n').Any(line => line.Length > MaximumCodeWidth))
            .Select(example => $"the code of '{example.Title}' is wider than {MaximumCodeWidth} columns."),
    ];

    private static IEnumerable<string> Compare(
        string section, IReadOnlyList<HelpEntry> entries, IEnumerable<string> inCode)
    {
        string[] inPage = [.. entries.Select(entry => entry.Name)];
        return
        [
            .. inCode.Except(inPage, StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(name => $"the section {section} is missing '{name}', which the code has."),
            .. inPage.Except(inCode, StringComparer.Ordinal)
                .Select(name => $"the section {section} lists '{name}', which the code does not have."),
            .. inPage.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1)
                .Select(group => $"the section {section} lists '{group.Key}' twice."),
        ];
    }
}
