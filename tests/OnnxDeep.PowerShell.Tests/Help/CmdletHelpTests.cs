using System.Management.Automation;
using System.Management.Automation.Language;

namespace OnnxDeep.Tests.Help;

public sealed class CmdletHelpTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>
{
    private readonly HelpReader _help = new(fixture.Module);

    [Fact]
    public void EveryCmdletHasSynopsisDescriptionAndExamples()
    {
        Assert.NotEmpty(_help.Cmdlets);
        Assert.All(_help.Cmdlets, cmdlet =>
        {
            PSObject help = _help.GetHelp(cmdlet.Name);

            Assert.EndsWith(".", HelpReader.Text(help, "Synopsis"), StringComparison.Ordinal);
            Assert.NotEmpty(HelpReader.Text(help, "description"));
            Assert.InRange(Examples(help).Length, 2, int.MaxValue);
        });
    }

    [Fact]
    public void HelpHasTheParametersOfTheCodeWithTextAndType()
    {
        Assert.All(_help.Cmdlets, cmdlet =>
        {
            IReadOnlyList<PSObject> inHelp = HelpReader.Items(_help.GetHelp(cmdlet.Name), "parameters", "parameter");

            Assert.Equal(
                Parameters(cmdlet).Select(parameter => parameter.Name).Order(),
                inHelp.Select(parameter => HelpReader.Text(parameter, "name")).Order());
            Assert.All(inHelp, parameter => Assert.NotEmpty(HelpReader.Text(parameter, "description")));
        });
    }

    [Fact]
    public void HelpTellsPositionsPipelineAndDefaultsOfTheCode()
    {
        PSObject help = _help.GetHelp("Get-LayerWeights");

        PSObject model = Parameter(help, "Model");
        Assert.Equal("0", HelpReader.Text(model, "position"));
        Assert.Equal("True (ByValue, ByPropertyName)", HelpReader.Text(model, "pipelineInput"));
        Assert.Equal("food", HelpReader.Text(model, "defaultValue"));
        Assert.Equal("Path, FullName", HelpReader.Text(model, "aliases"));
        Assert.Equal("true", HelpReader.Text(Parameter(help, "Layer"), "globbing"));
        Assert.Equal("named", HelpReader.Text(Parameter(help, "Flat"), "position"));
    }

    [Fact]
    public void SyntaxHasEachParameterSetTheDefaultFirst()
    {
        PSObject help = _help.GetHelp("Test-FoodWord");

        string[] firsts =
        [
            .. HelpReader.Items(help, "syntax", "syntaxItem")
                .Select(item => HelpReader.Text(HelpReader.Items(item, "parameter")[0], "name")),
        ];

        Assert.Equal(["Word", "Path", "LiteralPath"], firsts);
    }

    [Fact]
    public void AliasLeadsToTheSameHelp() =>
        Assert.Equal("Get-LayerWeights", HelpReader.Text(_help.GetHelp("Get-LayerWeight"), "Name"));

    [Fact]
    public void ExamplesParseAndUseParametersThatExist()
    {
        var cmdlets = _help.Cmdlets.ToDictionary(cmdlet => cmdlet.Name, StringComparer.OrdinalIgnoreCase);
        Assert.All(_help.Cmdlets.SelectMany(cmdlet => Examples(_help.GetHelp(cmdlet.Name))), code =>
        {
            ScriptBlockAst script = Parser.ParseInput(code, out _, out ParseError[] errors);

            Assert.Empty(errors);
            foreach (CommandAst command in script.FindAll(ast => ast is CommandAst, true).Cast<CommandAst>())
            {
                if (cmdlets.TryGetValue(command.GetCommandName(), out CmdletInfo? cmdlet))
                {
                    Assert.Subset(
                        cmdlet.Parameters.Keys.ToHashSet(),
                        command.CommandElements.OfType<CommandParameterAst>().Select(p => p.ParameterName).ToHashSet());
                }
            }
        });
    }

    private static string[] Examples(PSObject help) =>
        [.. HelpReader.Items(help, "examples", "example").Select(example => HelpReader.Text(example, "code"))];

    private static PSObject Parameter(PSObject help, string name) => HelpReader.Items(help, "parameters", "parameter")
        .Single(parameter => HelpReader.Text(parameter, "name") == name);

    private static IEnumerable<ParameterMetadata> Parameters(CmdletInfo cmdlet) => cmdlet.Parameters.Values
        .Where(parameter => !Cmdlet.CommonParameters.Contains(parameter.Name));
}
