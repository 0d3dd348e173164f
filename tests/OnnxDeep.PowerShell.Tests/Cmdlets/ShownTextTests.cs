using System.Text.RegularExpressions;
using System.Xml;
using System.Xml.Linq;

namespace OnnxDeep.Tests.Cmdlets;

/// <summary>
/// Names from models, words and files that control a terminal reach no screen, picture or page, while the properties
/// of the objects keep them.
/// </summary>
[Trait("Culture", "Any")]
public sealed class ShownTextTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>, IDisposable
{
    // What would reach the terminal after each statement: the text of the objects, of the errors in all views, and the
    // rest. PowerShell itself lists objects of several types in one pipeline, without their views.
    private const string Show =
        """
        param($use, $folder, $model, $other, $evil)
        $PSStyle.OutputRendering = 'PlainText'
        $VerbosePreference = 'Continue'
        Set-Location $folder
        $count = 0
        foreach ($statement in [scriptblock]::Create($use).Ast.EndBlock.Statements) {
            $script = [scriptblock]::Create($statement.Extent.Text)
            $items = @(try { . $script *>&1 } catch { $_ })
            $count += $items.Count
            $errors, $others = $items.Where({ $_ -is [Management.Automation.ErrorRecord] }, 'Split')
            $others | Out-String -Width 2000
            $errors | ForEach-Object { "$_"; $_.CategoryInfo.GetMessage() }
            foreach ($ErrorView in 'ConciseView', 'NormalView') {
                $errors | Out-String -Width 2000
            }
        }
        "$count"
        """;

    private static readonly string s_evil = HostileModel.Text;

    private readonly TemporaryDirectory _folder = new();

    private static readonly Regex s_control = new(@"[\p{Cc}\u202A-\u202E\u2066-\u2069-[\t\n\r]]");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Get-OnnxModel $model")]
    [InlineData("Get-OnnxModel $model -Node")]
    [InlineData("Get-OnnxModel $model -Tensor")]
    [InlineData("Get-OnnxModel $model -Tensor | Format-List")]
    [InlineData("Get-OnnxModel $model -Operator")]
    [InlineData("Get-OnnxModel $model -Tree")]
    [InlineData("(Get-OnnxModel $model).Inputs; (Get-OnnxModel $model).Layers; (Get-OnnxModel $model).Opsets")]
    [InlineData("Get-LayerWeights $model; Get-LayerWeights $model -Flat; Get-LayerWeights $model | Format-List")]
    [InlineData("Get-LayerWeights $model \"not $evil there\"")]
    [InlineData("Get-ModelSummary $model; (Get-ModelSummary $model).Layers; Get-ModelSummary $model | Format-List")]
    [InlineData("Trace-Network $model -InputValue 1, 2, 3; (Trace-Network $model -InputValue 1, 2, 3).Layers")]
    [InlineData("Trace-Network $model -InputValue 1, 2, 3 | Format-List; Trace-Network $model -InputValue $evil, 2")]
    [InlineData("Get-NetworkGradient $model -InputValue 1, 2, 3 -Target 1, 0")]
    [InlineData("Invoke-OnnxModel $model (1, 2, 3)")]
    [InlineData("Invoke-OnnxModel $model @{ $evil = 1 }; Invoke-OnnxModel $model (1, $evil, 3)")]
    [InlineData("Invoke-OnnxModel $model (1, 2); Invoke-OnnxModel $model (1, 2, 3) -OutputName $evil")]
    [InlineData("Measure-OnnxModel $model -Duration 0.01 -WarmUp 0 -Plot ./a.svg; Get-Content ./a.svg")]
    [InlineData("Measure-OnnxModel $model -Dimension @{ $evil = 2 }")]
    [InlineData("Compare-OnnxModel $model $other -BatchSize 2; (Compare-OnnxModel $model $other).Outputs")]
    [InlineData("(Compare-OnnxModel $model $other).FirstDifferingTensor; (Compare-OnnxModel $model food).Structure")]
    [InlineData("$c = Convert-OnnxModel $model ./half.onnx -To Float16; $c; $c.Outputs")]
    [InlineData(
        "Convert-OnnxModel $model ./int8.onnx -To Int8Dynamic;"
        + "Convert-OnnxModel $model ./c.onnx -DynamicBatch")]
    [InlineData("Set-OnnxModelMetadata $model @{ \"new$evil\" = $evil } -PassThru -OutputPath ./d.onnx")]
    [InlineData("Set-OnnxModelMetadata $model -Remove \"none$evil\" -OutputPath ./e.onnx; 1")]
    [InlineData("Test-FoodWord \"sal$evil\", ('a' + $evil * 999) -Model $model; Test-FoodWord \"ti`e[2J`aramisu\"")]
    [InlineData("Test-Word a -Model \"$evil\"; Test-FoodWord a -Vectors \"$evil\"; Get-WordVectorTable \"$evil\"")]
    [InlineData("Get-WordVector \"pizza$evil\"; Measure-WordSimilarity pizza \"a$evil\"; Find-SimilarWord \"$evil\"")]
    [InlineData("[pscustomobject]@{ Word = \"bread$evil\" }, @{ $evil = 1 } | Test-FoodWord")]
    [InlineData(
        "Measure-Loss $evil, 2 -Actual 1, 0;"
        + "Invoke-Neuron -InputSignal $evil -Weight 1; Get-LossCurve -From $evil")]
    [InlineData(
        "$r = 1..20 | % { [pscustomobject]@{ Truth = $_ % 2 ? $evil : 'b'; Label = $_ % 3 ? $evil : 'b' } };"
        + "$m = $r | Measure-Classification; $m; $m | Format-List; $m.Classes;"
        + "$m | Export-ConfusionPlot ./c.svg; Get-Content ./c.svg")]
    [InlineData(
        "$r = 1..24 | % { [pscustomobject]@{ \"a$evil\" = $_ % 7; b = $_ % 5; c = $evil; y = $_ % 2 ? $evil : 'z' } };"
        + "$c = $r | New-Classifier -LabelProperty y -Epochs 5 -Path ./n.onnx; $c; $c.Mistakes; $c.LeftOutColumns;"
        + "$c | Export-TrainingReport ./n.html; Get-Content ./n.html; $c.Skipped; $c.Report;"
        + "[pscustomobject]@{ \"a$evil\" = 1; b = 2 } | Test-Word -Model ./n.onnx")]
    [InlineData(
        "$c = New-WordClassifier -Positive salad, bread, soup, rice, \"no$evil\" -Negative car, stone, river, desk"
        + " -PositiveLabel \"p$evil\" -NegativeLabel \"n$evil\" -Epochs 5 -Path ./w.onnx;"
        + "$c; $c.Mistakes; $c.Skipped; Test-Word salad -Model ./w.onnx; Get-ModelSummary ./w.onnx;"
        + "$c | Export-TrainingReport ./w.html; Get-Content ./w.html")]
    [InlineData(
        "Export-NetworkPlot ./f.svg $model; Export-WeightPlot ./g.svg $model 0 -Title $evil;"
        + "Get-Content ./f.svg, ./g.svg;"
        + "Export-WordPlot ./h.svg bread, soup, salad, \"a$evil\" -Title $evil; Get-Content ./h.svg;"
        + "Export-WordPlot ./i.svg -Positive bread, soup -Negative car -PositiveLabel $evil; Get-Content ./i.svg")]
    [InlineData(
        "Set-Content ./v.txt \"the$($evil -replace '\\n') 1 2`nof$($evil -replace '\\n') 2 y`n\";"
        + "Import-WordVector ./v.txt -Name shown -Force; Import-WordVector $model; Get-WordVectorTable shown;"
        + "Find-SimilarWord the -Vectors shown; Remove-WordVectorTable shown")]
    [InlineData(
        "Import-OnnxTensor \"./$evil.csv\"; Set-Content ./t.csv \"1,2`n3,a$($evil -replace '\\n')\";"
        + "Import-OnnxTensor ./t.csv")]
    [InlineData("Get-OnnxModel $model, \"$evil.onnx\" -ErrorAction Continue; Get-OnnxExecutionProvider $evil")]
    [InlineData(
        "Register-OnnxExecutionProvider $evil $model;"
        + "Unregister-OnnxExecutionProvider $evil; Save-WordVector $evil")]
    public void NothingThatIsShownControlsTheTerminal(string use)
    {
        string model = HostileModel.Write(_folder);
        string other = HostileModel.Write(_folder, file: "other.onnx", scale: 2);

        Outcome outcome = fixture.Module.Invoke(Show, use, _folder.Path, model, other, s_evil).ThrowOnError();

        string shown = string.Concat(outcome.Output);
        Assert.DoesNotMatch(s_control, shown);
        Assert.NotEqual("0", outcome.Output[^1].ToString());
    }

    [Fact]
    public void LongNamesAreCutWhereTheyAreShown()
    {
        string model = HostileModel.Write(_folder, new string('n', 1 << 17));

        foreach (string use in (string[])
        [
            "Get-OnnxModel $model", "Get-OnnxModel $model -Node", "Get-OnnxModel $model -Tree",
            "Get-ModelSummary $model",
            "Get-LayerWeights $model nothing", "Invoke-OnnxModel $model (1, 2)", "Invoke-OnnxModel $model (1, 2, 3)",
            "Get-LayerWeights food $('n' * 1MB)", "Test-FoodWord $('n' * 1MB)", "Test-FoodWord a -Vectors $('n' * 1MB)",
        ])
        {
            Outcome outcome = fixture.Module.Invoke(Show, use, _folder.Path, model, model, s_evil).ThrowOnError();
            Assert.True(string.Concat(outcome.Output).Length < 60_000, use);
        }
    }

    [Fact]
    public void PropertiesKeepWhatViewsReplace()
    {
        string model = HostileModel.Write(_folder);

        Outcome outcome = fixture.Module.Invoke(
            """
            (Get-OnnxModel $args[0] -Node).Name
            (Get-LayerWeights $args[0]).Layer
            (Invoke-OnnxModel $args[0] (1, 2, 3)).psobject.Properties.Name
            (Test-FoodWord $args[1]).Word
            """,
            model,
            s_evil).ThrowOnError();

        Assert.Equal(
            ["dense" + s_evil, "end" + s_evil, "dense" + s_evil, "y" + s_evil, s_evil],
            outcome.Output.Select(item => item.ToString()));
    }

    [Fact]
    public void PicturesAreXmlWhateverTheTitleAndTheLabelsAre()
    {
        fixture.Module.Invoke(
            """
            Set-Location $args[0]
            $all = -join (0..0x24F + 0xD7FE..0xE001 + 0xFFF0..0xFFFF | ForEach-Object { [char] $_ })
            Export-ConfusionPlot ./a.svg ((14, 2), (1, 13)) "$all", $args[1] -Title $all
            Export-WordPlot ./b.svg bread, soup, "salad" -Title "$all$all"
            """,
            _folder.Path,
            s_evil).ThrowOnError();

        foreach (string file in (string[])["a.svg", "b.svg"])
        {
            using var reader = XmlReader.Create(_folder.File(file));
            XElement picture = XElement.Load(reader);
            Assert.Equal("svg", picture.Name.LocalName);
            Assert.DoesNotMatch(s_control, picture.Value);
        }
    }

    [Fact]
    public void CompletionWritesControlCharactersAsEscapesThatSelectTheName()
    {
        string model = HostileModel.Write(_folder);

        Outcome outcome = fixture.Module.Invoke(
            """
            $line = "Get-LayerWeights '$($args[0])' -Layer "
            $match = (TabExpansion2 $line $line.Length).CompletionMatches[0]
            $match.CompletionText
            $match.ListItemText
            $match.ToolTip
            (Invoke-Expression ($line + $match.CompletionText)).Layer
            """,
            model).ThrowOnError();

        Assert.All(outcome.Output.Take(3), text => Assert.DoesNotMatch(s_control, text.ToString()));
        Assert.Equal("dense" + s_evil, outcome.Output[3].ToString());
    }

    // A helper that takes PowerShell's own class would write past the methods that guard the terminal.
    [Fact]
    public void OnlyTheBaseClassCallsPowerShellsMethodsOfOutput()
    {
        string folder = Path.Combine(Repository.Root, "src", "OnnxDeep.PowerShell");
        Assert.Empty(Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) != "OnnxDeepCmdlet.cs")
            .Where(file => Regex.IsMatch(
                File.ReadAllText(file),
                @"\b(PS)?Cmdlet \w+[,;)]|\bbase\.(Write|Throw|Should)|new ArgumentTransformationMetadataException"
                + "|WriteDebug|WriteInformation|ShouldContinue"))
            .Select(Path.GetFileName));
    }
}
