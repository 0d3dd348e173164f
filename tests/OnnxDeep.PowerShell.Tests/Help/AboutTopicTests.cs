namespace OnnxDeep.Tests.Help;

public sealed class AboutTopicTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>
{
    private const int Columns = 80;

    private readonly HelpReader _help = new(fixture.Module);

    private string Topic => (string)_help.GetHelp("about_OnnxDeep").BaseObject;

    [Fact]
    public void TopicIsFoundWithItsShortDescription() =>
        Assert.StartsWith(
            "Deep learning", HelpReader.Text(_help.GetHelp("about_OnnxDeep"), "Synopsis"), StringComparison.Ordinal);

    [Fact]
    public void LinesFitAWindowOf80Columns() =>
        Assert.All(Topic.Split('\n'), line => Assert.InRange(line.Length, 0, Columns));

    [Fact]
    public void TopicNamesEveryCmdlet() =>
        Assert.All(_help.Cmdlets, cmdlet => Assert.Contains(cmdlet.Name, Topic, StringComparison.Ordinal));
}
