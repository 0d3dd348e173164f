namespace OnnxDeep.Tests.Help;

[Trait("Culture", "Any")]
public sealed class HelpBuildTests : IDisposable
{
    private const string Page = "Test-FoodWord.md";

    private static readonly string s_module = Path.GetDirectoryName(Repository.StagedModule)!;
    private static readonly string s_assembly = Path.Combine(s_module, "bin", "OnnxDeep.PowerShell.dll");
    private static readonly string s_pages = Path.Combine(Repository.Root, "module", "docs", "en-US");

    private readonly TemporaryDirectory _pages = new();
    private readonly TemporaryDirectory _output = new();

    public HelpBuildTests()
    {
        foreach (string file in Directory.EnumerateFiles(s_pages))
        {
            File.Copy(file, _pages.File(Path.GetFileName(file)));
        }
    }

    public void Dispose()
    {
        _pages.Dispose();
        _output.Dispose();
    }

    [Fact]
    public async Task SamePagesGiveTheBytesOfTheStagedModule()
    {
        Assert.Equal((0, string.Empty), await Build());

        string[] names = [.. Directory.GetFiles(_output.Path).Select(file => Path.GetFileName(file))];
        Array.Sort(names, StringComparer.Ordinal);
        Assert.Equal(
            ["OnnxDeep.PowerShell.dll-Help.xml", "about_OnnxDeep.help.txt", "about_OnnxDeep_Notebook.help.txt"], names);
        Assert.All(names, name => Assert.Equal(
            File.ReadAllBytes(Path.Combine(s_module, "en-US", name)), File.ReadAllBytes(_output.File(name))));
    }

    [Fact]
    public async Task MissingParameterIsNamed()
    {
        Replace(
            Page,
            "### -Quiet\n\nReturns $true or $false for each word instead of objects. It cannot be used together with "
            + "-PassThru.\n\n",
            string.Empty);

        await AssertProblem(Page, "the section PARAMETERS is missing 'Quiet', which the code has.");
    }

    [Fact]
    public async Task ParameterThatTheCodeHasNotIsNamed()
    {
        Replace(Page, "### -Quiet\n", "### -Silent\n\nWrites nothing.\n\n### -Quiet\n");

        await AssertProblem(Page, "the section PARAMETERS lists 'Silent', which the code does not have.");
    }

    [Fact]
    public async Task OutputTypeThatTheCodeHasNotIsNamed()
    {
        Replace(Page, "### OnnxDeep.WordPrediction\n", "### OnnxDeep.WordVector\n");

        await AssertProblem(
            Page,
            "the section OUTPUTS is missing 'OnnxDeep.WordPrediction', which the code has.",
            "the section OUTPUTS lists 'OnnxDeep.WordVector', which the code does not have.");
    }

    [Fact]
    public async Task CmdletWithoutPageIsNamed()
    {
        foreach (string file in Directory.EnumerateFiles(_pages.Path))
        {
            string text = File.ReadAllText(file);
            File.WriteAllText(file, text.Replace("- [Test-FoodWord](Test-FoodWord.md)\n", string.Empty));
        }

        File.Delete(_pages.File(Page));

        await AssertProblem(Page, "the cmdlet Test-FoodWord has no page.");
    }

    [Fact]
    public async Task PageWithoutCmdletIsNamed()
    {
        File.WriteAllText(
            _pages.File("Test-Drink.md"),
            File.ReadAllText(_pages.File(Page)).Replace("# Test-FoodWord\n", "# Test-Drink\n"));

        await AssertProblem("Test-Drink.md", "the module has no cmdlet Test-Drink.");
    }

    [Fact]
    public async Task MissingSectionIsNamed()
    {
        Replace(Page, "## INPUTS\n", string.Empty);

        (int exitCode, string errors) = await Build();
        Assert.Equal(1, exitCode);
        Assert.StartsWith(
            $"{_pages.File(Page)} : error HELP: the sections are SYNOPSIS,", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task LinkToNowhereIsNamed()
    {
        Replace(Page, "(Get-WordVector.md)", "(Get-Word.md)");

        await AssertProblem(Page, "the link [Get-WordVector](Get-Word.md) leads to no page with that name.");
    }

    private void Replace(string page, string text, string by)
    {
        string before = File.ReadAllText(_pages.File(page));
        Assert.Contains(text, before, StringComparison.Ordinal);
        File.WriteAllText(_pages.File(page), before.Replace(text, by, StringComparison.Ordinal));
    }

    // Runs in a separate process, as in the build: in the test process, it would load the cmdlets a second time.
    private async Task<(int ExitCode, string Errors)> Build()
    {
        string tool = Repository.Output("OnnxDeep.HelpBuilder", "OnnxDeep.HelpBuilder.dll");
        ChildProcess build = await ChildProcess.Run("dotnet", [tool, "help", s_assembly, _pages.Path, _output.Path]);
        return (build.ExitCode, build.Error.ReplaceLineEndings("\n"));
    }

    private async Task AssertProblem(string page, params string[] messages)
    {
        string lines = string.Concat(messages.Select(message => $"{_pages.File(page)} : error HELP: {message}\n"));

        Assert.Equal((1, lines), await Build());
        Assert.Empty(Directory.GetFiles(_output.Path));
    }
}
