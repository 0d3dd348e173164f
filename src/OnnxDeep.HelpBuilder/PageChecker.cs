using OnnxDeep.HelpBuilder.Pages;

namespace OnnxDeep.HelpBuilder;

/// <summary>Holds the pages against the code.</summary>
internal static class PageChecker
{
    // Get-Help indents code by four columns; the rest of an 80-column window is the code's.
    private const int MaximumCodeWidth = 76;

    // What PowerShell's own pages say of a cmdlet that writes nothing.
    private const string NoOutput = "None";

    /// <summary>All that differs; nothing where the pages are right.</summary>
    public static IEnumerable<HelpProblem> Check(
        IReadOnlyList<HelpPage> pages, IReadOnlyList<CmdletDescription> cmdlets, string pagesDirectory)
    {
        var byName = pages.ToDictionary(page => page.Name, StringComparer.Ordinal);
        foreach (CmdletDescription cmdlet in cmdlets)
        {
            if (byName.Remove(cmdlet.Name, out HelpPage? page))
            {
                foreach (string message in CheckPage(page, cmdlet))
                {
                    yield return new HelpProblem(page.File, message);
                }
            }
            else
            {
                yield return new HelpProblem(
                    Path.Combine(pagesDirectory, cmdlet.Name + ".md"), $"the cmdlet {cmdlet.Name} has no page.");
            }
        }

        foreach (HelpPage page in byName.Values)
        {
            yield return new HelpProblem(page.File, $"the module has no cmdlet {page.Name}.");
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
                .Select(name => $"the section {section} lacks '{name}', which the code has."),
            .. inPage.Except(inCode, StringComparer.Ordinal)
                .Select(name => $"the section {section} names '{name}', which the code has not."),
            .. inPage.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1)
                .Select(group => $"the section {section} names '{group.Key}' twice."),
        ];
    }
}
