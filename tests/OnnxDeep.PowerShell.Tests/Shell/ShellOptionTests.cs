namespace OnnxDeep.PowerShell.Tests.Shell;

public sealed class ShellOptionTests
{
    [Theory]
    [InlineData("OnnxDeep.Shell: Unrecognized command or argument '-Bogus'.\n", "-Bogus")]
    [InlineData("OnnxDeep.Shell: Unrecognized command or argument 'salad'.\n", "salad", "-c", "1")]
    [InlineData("OnnxDeep.Shell: Required argument missing for option: '-Command'.\n", "-Command")]
    [InlineData("OnnxDeep.Shell: Required argument missing for option: '-File'.\n", "-f")]
    public async Task WrongOptionIsAnError(string message, params string[] arguments)
    {
        Assert.Equal(new ShellResult(1, "", message), await ShellProcess.RunAsync(arguments));
    }

    [Theory]
    [InlineData("--help")]
    [InlineData("-?")]
    public async Task HelpNamesTheOptions(string option)
    {
        ShellResult result = await ShellProcess.RunAsync(option);

        Assert.Equal((0, ""), (result.ExitCode, result.Error));
        Assert.Contains("-Command <text>", result.Output, StringComparison.Ordinal);
        Assert.Contains("-File <script.ps1>", result.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task NoProfileIsTakenAsPowerShellTakesIt()
    {
        Assert.Equal(new ShellResult(0, "1\n", ""), await ShellProcess.RunAsync("-NoProfile", "-Command", "1"));
    }
}
