using System.Text.RegularExpressions;

namespace OnnxDeep.Tests.Help;

/// <summary>The commands of the notebook topic work as written, in order, with only the PowerShell engine.</summary>
public sealed partial class NotebookTopicTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>
{
    private readonly ModuleRunspace _module = fixture.Module;

    private static string Page =>
        File.ReadAllText(Path.Combine(Repository.Root, "module", "docs", "en-US", "about_OnnxDeep_Notebook.md"));

    [Fact]
    public void EveryExampleRunsAndShowsSomething()
    {
        string[] examples = [.. Fence().Matches(Page).Select(match => match.Groups[1].Value)];

        Assert.InRange(examples.Length, 15, 100);
        Assert.All(examples, example =>
        {
            Outcome outcome = _module.Invoke(example).ThrowOnError();
            Assert.NotEmpty(outcome.Output);
            Assert.All(outcome.Output, Assert.NotNull);
        });
    }

    [Theory]
    [InlineData("Invoke-Neuron")]
    [InlineData("Trace-Network")]
    [InlineData("Get-NetworkGradient")]
    [InlineData("Get-LossCurve")]
    [InlineData("Measure-Loss")]
    [InlineData("Measure-Classification")]
    [InlineData("Get-ModelSummary")]
    [InlineData("Get-LayerWeights")]
    [InlineData("Test-FoodWord")]
    public void EveryCellHasItsCommand(string cmdlet) =>
        Assert.Contains(Fence().Matches(Page), match => match.Value.Contains(cmdlet, StringComparison.Ordinal));

    [Fact]
    public void TopicIsFoundAndFitsAWindowOf80Columns()
    {
        string topic = (string)new HelpReader(_module).GetHelp("about_OnnxDeep_Notebook").BaseObject;

        Assert.Contains("cell by cell", topic, StringComparison.Ordinal);
        Assert.All(topic.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
    }

    [GeneratedRegex("```powershell\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Fence();
}
