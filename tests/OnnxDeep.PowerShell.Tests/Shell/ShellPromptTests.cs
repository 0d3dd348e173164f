namespace OnnxDeep.PowerShell.Tests.Shell;

public sealed class ShellPromptTests
{
    [Fact]
    public async Task CommandsShareOneSession()
    {
        Assert.Equal(new ShellResult(0, "5\n", ""), await ShellProcess.RunWithInputAsync("$x = 5\n$x\n"));
    }

    [Fact]
    public async Task CommandGoesOnUntilNothingIsOpen()
    {
        ShellResult result = await ShellProcess.RunWithInputAsync("if ($true) {\n'in'\n}\n1,2 |\n  ForEach-Object { $_ }\n");

        Assert.Equal(new ShellResult(0, "in\n1\n2\n", ""), result);
    }

    [Fact]
    public async Task SessionOutlivesAnError()
    {
        ShellResult result = await ShellProcess.RunWithInputAsync("throw 'too bad'\n'still here'\n");

        Assert.Equal(new ShellResult(1, "still here\n", "Exception: too bad\n"), result);
    }

    [Fact]
    public async Task ExitLeavesWithItsCode()
    {
        Assert.Equal(new ShellResult(4, "1\n", ""), await ShellProcess.RunWithInputAsync("1\nexit 4\n2\n"));
    }

    [Fact]
    public async Task CommandLeftOpenAtTheEndIsAnError()
    {
        ShellResult result = await ShellProcess.RunWithInputAsync("'open\n");

        Assert.Equal(1, result.ExitCode);
        Assert.StartsWith("ParserError: ", result.Error, StringComparison.Ordinal);
    }
}
