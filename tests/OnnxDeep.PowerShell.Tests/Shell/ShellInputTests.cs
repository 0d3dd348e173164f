namespace OnnxDeep.PowerShell.Tests.Shell;

public sealed class ShellInputTests
{
    [Fact]
    public async Task LinesOfStandardInputReachTheCommand()
    {
        ShellResult result = await ShellProcess.RunWithInputAsync(
            "salad\ncrème brûlée\n\nlaptop", "-c", "$input | ForEach-Object { \"<$_>\" }");

        Assert.Equal(new ShellResult(0, "<salad>\n<crème brûlée>\n<>\n<laptop>\n", ""), result);
    }

    [Fact]
    public async Task EachLineIsAnsweredBeforeTheNextIsRead()
    {
        using ShellProcess shell = ShellProcess.Start("-c", "$input | ForEach-Object { \"<$_>\" }");

        await shell.WriteAsync("salad\n");
        Assert.Equal("<salad>", await shell.ReadLineAsync());
        await shell.WriteAsync("laptop\n");
        Assert.Equal("<laptop>", await shell.ReadLineAsync());

        shell.CloseInput();
        Assert.Equal(new ShellResult(0, "", ""), await shell.FinishAsync());
    }

    [Fact]
    public async Task CommandThatWantsNoInputDoesNotWaitForItsEnd()
    {
        using ShellProcess shell = ShellProcess.Start("-c", "'done'");

        Assert.Equal(new ShellResult(0, "done\n", ""), await shell.FinishAsync());
    }

    [Fact]
    public async Task ManyLinesComeInOrder()
    {
        string words = string.Concat(Enumerable.Range(1, 5000).Select(i => $"word{i}\n"));

        ShellResult result = await ShellProcess.RunWithInputAsync(words, "-c", "$input");

        Assert.Equal(new ShellResult(0, words, ""), result);
    }
}
