namespace OnnxDeep.PowerShell.Tests.Shell;

public sealed class ShellCommandTests
{
    [Fact]
    public async Task TableShowsAsTheModulesViewLaysItOut()
    {
        ShellResult result = await ShellProcess.RunAsync("-Command", "Get-LayerWeights noise");

        const string Table = """

               Model: noise

            Index Layer                      Activation Inputs  Units Parameters
            ----- -----                      ---------- ------  ----- ----------
                0 dense                      Sigmoid         3      5         20
                1 dense_1                    Sigmoid         5      1          6


            """;
        Assert.Equal(new ShellResult(0, Table.ReplaceLineEndings("\n"), ""), result);
    }

    [Fact]
    public async Task WhatFollowsTheCommandBelongsToIt()
    {
        ShellResult result = await ShellProcess.RunAsync("-command", "ForEach-Object", "-Begin", "{ 'one' }", "-Process", "{ }");

        Assert.Equal(new ShellResult(0, "one\n", ""), result);
    }

    [Fact]
    public async Task WrittenErrorGoesToStandardErrorAndTheCommandGoesOn()
    {
        ShellResult result = await ShellProcess.RunAsync("-c", "Get-LayerWeights nope; 'after'");

        Assert.Equal(1, result.ExitCode);
        Assert.Equal("after\n", result.Output);
        Assert.StartsWith("Get-LayerWeights: There is no model 'nope'.", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ThrownErrorEndsTheCommand()
    {
        ShellResult result = await ShellProcess.RunAsync("-c", "'before'; throw 'too bad'; 'after'");

        Assert.Equal(new ShellResult(1, "before\n", "Exception: too bad\n"), result);
    }

    [Fact]
    public async Task StoppingErrorKeepsItsCommandsName()
    {
        ShellResult result = await ShellProcess.RunAsync("-c", "Get-LayerWeights nope -ErrorAction Stop; 'after'");

        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.StartsWith("Get-LayerWeights: There is no model 'nope'.", result.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-LayerWeights nope -ErrorAction SilentlyContinue")]
    [InlineData("Get-LayerWeights nope 2>$null")]
    [InlineData("try { throw 'too bad' } catch { }")]
    public async Task ErrorThatNobodySeesIsNoFailure(string command)
    {
        Assert.Equal(new ShellResult(0, "", ""), await ShellProcess.RunAsync("-c", command));
    }

    [Fact]
    public async Task ExitGivesItsCode()
    {
        Assert.Equal(new ShellResult(3, "1\n", ""), await ShellProcess.RunAsync("-c", "1; exit 3; 2"));
    }

    [Fact]
    public async Task UnfinishedTextIsAnErrorThatShowsItsPlace()
    {
        ShellResult result = await ShellProcess.RunAsync("-c", "1 +");

        Assert.Equal(1, result.ExitCode);
        Assert.Empty(result.Output);
        Assert.StartsWith("ParserError: \nLine |\n   1 |  1 +\n     |     ~\n", result.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task MessagesStayOutOfTheOutput()
    {
        ShellResult result = await ShellProcess.RunAsync(
            "-c", "& { [CmdletBinding()] param() $PSCmdlet.WriteWarning('w'); $PSCmdlet.WriteVerbose('v'); 'out' } -Verbose");

        Assert.Equal(new ShellResult(0, "out\n", "WARNING: w\nVERBOSE: v\n"), result);
    }

    [Fact]
    public async Task ProgressIsNotWrittenToAFile()
    {
        ShellResult result = await ShellProcess.RunAsync(
            "-c",
            "& { [CmdletBinding()] param() $PSCmdlet.WriteProgress([Management.Automation.ProgressRecord]::new(1, 'a', 'b')) }");

        Assert.Equal(new ShellResult(0, "", ""), result);
    }

    [Fact]
    public async Task MissingParameterIsAnErrorNotAQuestion()
    {
        ShellResult result = await ShellProcess.RunAsync("-c", "Get-WordVector");

        Assert.Equal(1, result.ExitCode);
        Assert.Contains("missing mandatory parameters", result.Error, StringComparison.Ordinal);
    }
}
