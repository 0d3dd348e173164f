namespace OnnxDeep.Tests;

/// <summary>A mistake in the description of the views fails the build instead of leaving a column empty.</summary>
public sealed class ViewBuildTests : IDisposable
{
    private static readonly string s_module = Path.GetDirectoryName(Repository.StagedModule)!;
    private static readonly string s_views =
        File.ReadAllText(Path.Combine(Repository.Root, "module", "OnnxDeep.Views.xml")).ReplaceLineEndings("\n");

    private readonly TemporaryDirectory _folder = new();

    private string Output => _folder.File("Format.ps1xml");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task SameViewsGiveTheBytesOfTheStagedModule()
    {
        Assert.Equal((0, string.Empty), await Build(s_views));

        Assert.Equal(
            File.ReadAllBytes(Path.Combine(s_module, "OnnxDeep.Format.ps1xml")), File.ReadAllBytes(Output));
    }

    [Fact]
    public async Task EverySlipIsNamedWithItsLine()
    {
        (string Text, string Slip, string Message)[] slips =
        [
            ("Property=\"Word\" ", "Property=\"Wrod\" ", "OnnxDeep.WordVector has no property 'Wrod'."),
            ("Width=\"14\"", "Widht=\"14\"",
                "Column has no setting Widht. Valid settings: Property, Label, Width, Align, Format."),
            ("Width=\"11\"", "Width=\"-11\"", "the Width '-11' is not a number of columns."),
            ("Align=\"Right\" />", "Align=\"right\" />", "there is no Align 'right'. Use one of: Left, Center, Right."),
            ("<Item Property=\"Layer\"", "<Column Property=\"Layer\"", "List cannot contain Column."),
            ("Property=\"Kind\" ", "", "Column needs either a Property or a script."),
            ("\"OnnxDeep.SimilarWord\"", "\"OnnxDeep.Similar\"", "the module has no type 'OnnxDeep.Similar'."),
            ("Label=\"MacroF1\"", "", "Item with a script needs a Label."),
            (">$_.Inputs.Count<", ">$_.Input.Count<", "OnnxDeep.NetworkTrace has no property 'Input'."),
            ("\"OnnxDeep.ClassifiedWord\"", "\"OnnxDeep.WordPrediction\"",
                "the type OnnxDeep.WordPrediction is listed twice."),
            (">$_.Outputs -join ', '<", ">$_.Outputs -join<",
                "the script is invalid: You must provide a value expression following the '-join' operator."),
            ("When=\"$_.Note\"", "When=\"$_.Notes\"", "OnnxDeep.ModelComparison has no property 'Notes'."),
        ];
        string views = s_views;
        var expected = new SortedDictionary<int, string>();
        foreach ((string text, string slip, string message) in slips)
        {
            int place = views.IndexOf(text, StringComparison.Ordinal);
            Assert.InRange(place, 0, views.Length);
            views = views[..place] + slip + views[(place + text.Length)..];
            int line = views[..place].Count(c => c == '\n') + 1;
            expected.Add(line, $"{_folder.File("Views.xml")}({line}) : error VIEWS: {message}\n");
        }

        (int exitCode, string errors) = await Build(views);
        Assert.Equal(string.Concat(expected.Values), errors);
        Assert.Equal(1, exitCode);
        Assert.False(File.Exists(Output));
    }

    [Fact]
    public async Task WhatIsNoXmlIsNamedWithItsLine()
    {
        (int exitCode, string errors) = await Build("<Views>\n<Type>\n</Views>");

        Assert.Equal(1, exitCode);
        Assert.Contains("Views.xml(3) : error VIEWS: ", errors, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Errors)> Build(string views)
    {
        string tool = Repository.Output("OnnxDeep.HelpBuilder", "OnnxDeep.HelpBuilder.dll");
        string assembly = Path.Combine(s_module, "bin", "OnnxDeep.PowerShell.dll");
        ChildProcess build = await ChildProcess.Run(
            "dotnet", [tool, "views", assembly, _folder.Write("Views.xml", views), Output]);
        return (build.ExitCode, build.Error.ReplaceLineEndings("\n"));
    }
}
