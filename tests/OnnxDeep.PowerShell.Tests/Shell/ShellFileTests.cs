namespace OnnxDeep.PowerShell.Tests.Shell;

public sealed class ShellFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("OnnxDeep.Shell");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task ArgumentsReachTheScriptUnchanged()
    {
        string script = Write("$args -join '|'");

        ShellResult result = await ShellProcess.RunAsync("-File", script, "a b", "-c", "--help", "-5", "-File", "$x");

        Assert.Equal(new ShellResult(0, "a b|-c|--help|-5|-File|$x\n", ""), result);
    }

    [Fact]
    public async Task NamedArgumentsBindToParameters()
    {
        string script = Write("param([string]$Word, [int]$Count, [switch]$Quiet, [switch]$Loud) \"$Word $Count $Quiet $Loud\"");

        ShellResult result = await ShellProcess.RunAsync("-f", script, "-Count", "2", "salad", "-Quiet", "-Loud:$false");

        Assert.Equal(new ShellResult(0, "salad 2 True False\n", ""), result);
    }

    [Fact]
    public async Task ScriptKnowsItsFolder()
    {
        string script = Write("$PSScriptRoot; $PSCommandPath");

        ShellResult result = await ShellProcess.RunAsync("-File", script);

        Assert.Equal(new ShellResult(0, $"{_folder.FullName}\n{script}\n", ""), result);
    }

    [Fact]
    public async Task ProcessBlockSeesTheLinesOfStandardInput()
    {
        string script = Write("process { \"<$_>\" }");

        ShellResult result = await ShellProcess.RunWithInputAsync("salad\nlaptop\n", "-File", script);

        Assert.Equal(new ShellResult(0, "<salad>\n<laptop>\n", ""), result);
    }

    [Fact]
    public async Task ExitGivesItsCode()
    {
        ShellResult result = await ShellProcess.RunAsync("-File", Write("'in'; exit 7; 'not here'"));

        Assert.Equal(new ShellResult(7, "in\n", ""), result);
    }

    [Theory]
    [InlineData("'fine'\nGet-LayerWeights nope", "Get-LayerWeights: ", "fine\n")]
    [InlineData("'fine'\nthrow 'too bad'", "Exception: ", "fine\n")]
    [InlineData("'not even this'\n1 +", "ParserError: ", "")]
    public async Task ErrorTellsFileAndLine(string text, string kind, string output)
    {
        string script = Write(text);

        ShellResult result = await ShellProcess.RunAsync("-File", script);

        Assert.Equal(1, result.ExitCode);
        Assert.Equal(output, result.Output);
        Assert.StartsWith($"{kind}{script}:2\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MissingScriptIsAnError()
    {
        ShellResult result = await ShellProcess.RunAsync("-File", "nope.ps1");

        Assert.Equal(
            new ShellResult(1, "", "OnnxDeep.Shell: The script 'nope.ps1' does not exist. Name a .ps1 file after -File.\n"),
            result);
    }

    private string Write(string text)
    {
        string path = Path.Combine(_folder.FullName, "script.ps1");
        File.WriteAllText(path, text);
        return path;
    }
}
