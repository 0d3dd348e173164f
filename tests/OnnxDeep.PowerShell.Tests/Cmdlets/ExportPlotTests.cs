using System.Buffers.Binary;
using System.Management.Automation;
using System.Text;

namespace OnnxDeep.Tests.Cmdlets;

public sealed class ExportPlotTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>
{
    private readonly ModuleRunspace _module = fixture.Module;

    public static TheoryData<string> Commands =>
    [
        "Export-WeightPlot $args[0]",
        "Export-WeightPlot $args[0] noise dense_1",
        "Get-LayerWeights noise dense | Export-WeightPlot $args[0]",
        "Export-NetworkPlot $args[0]",
        "'noise' | Export-NetworkPlot $args[0]",
        "Export-LossCurvePlot $args[0] -Truth 2 -At -1 -X 1, 2, 3 -Y 2, 3, 5",
        "0.7, 0.4, 0.2 | ForEach-Object { [pscustomobject]@{ Loss = $_ } } | Export-LossPlot $args[0]",
        "[pscustomobject]@{ Epoch = '1'; Loss = '0.5'; Accuracy = ''; ValidationLoss = '6e-1' } | Export-LossPlot $args[0]",
        "[pscustomobject]@{ History = [pscustomobject]@{ Loss = 1 }, [pscustomobject]@{ Loss = 2 } } | Export-LossPlot $args[0]",
        "Export-ConfusionPlot $args[0] ((14, 2), (1, 13)) 'not food', food",
        "Export-ConfusionPlot $args[0] -Matrix ([int[,]]::new(2, 2))",
        "[pscustomobject]@{ Truth = 'a'; Label = 'b' } | Export-ConfusionPlot $args[0]",
        "[pscustomobject]@{ Confusion = ((1, 2), (3, 4)); Labels = 'x', 'y' } | Export-ConfusionPlot $args[0]",
        "[pscustomobject]@{ Actual = 'a'; Prediction = 'b' } | Measure-Classification | Export-ConfusionPlot $args[0]",
        "'apple', 'car', 'pear' | Export-WordPlot $args[0]",
        "'apple', 'car', 'pear' | Test-FoodWord | Export-WordPlot $args[0]",
        "Export-WordPlot $args[0] -Positive shark, whale -Negative lion, wolf -PositiveLabel sea -NegativeLabel land",
    ];

    [Theory]
    [MemberData(nameof(Commands))]
    public void PictureIsWrittenAndHandedOn(string command)
    {
        using var directory = new TemporaryDirectory();

        Outcome png = _module.Invoke(command + " -Width 400 -Height 300", directory.File("a.png")).ThrowOnError();
        Outcome svg = _module.Invoke(command + " -Theme Dark -Title 'My <title>'", directory.File("a.svg")).ThrowOnError();

        Assert.Equal(directory.File("a.png"), ((FileInfo)png.Output.Single().BaseObject).FullName);
        byte[] bytes = File.ReadAllBytes(directory.File("a.png"));
        Assert.Equal((400, 300), (BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(16)), BinaryPrimitives.ReadInt32BigEndian(bytes.AsSpan(20))));
        string text = File.ReadAllText(((FileInfo)svg.Output.Single().BaseObject).FullName);
        Assert.Contains("<title>My &lt;title&gt;</title>", text, StringComparison.Ordinal);
        Assert.Equal(2, Directory.GetFiles(directory.Path).Length);
    }

    [Theory]
    [InlineData("Export-WeightPlot a.gif", "PlotFormatUnknown", ErrorCategory.InvalidArgument)]
    [InlineData("Export-LossCurvePlot a", "PlotFormatUnknown", ErrorCategory.InvalidArgument)]
    [InlineData("Export-WeightPlot a.png nosuch", "ModelNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Export-WeightPlot a.png noise 2", "LayerNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("Export-LossCurvePlot a.png -X 1, 2", "PlotPointsInvalid", ErrorCategory.InvalidArgument)]
    [InlineData("Export-LossPlot a.png 5", "HistoryInvalid", ErrorCategory.InvalidData)]
    [InlineData("[pscustomobject]@{ Loss = 'high' } | Export-LossPlot a.png", "HistoryInvalid", ErrorCategory.InvalidData)]
    [InlineData("@() | Export-LossPlot a.png", "HistoryEmpty", ErrorCategory.InvalidData)]
    [InlineData("Export-ConfusionPlot a.png ((1, 2), (3))", "ConfusionInvalid", ErrorCategory.InvalidData)]
    [InlineData("Export-ConfusionPlot a.png ((1, 2), (3, 'x'))", "ConfusionInvalid", ErrorCategory.InvalidData)]
    [InlineData("[pscustomobject]@{ Truth = 'a' } | Export-ConfusionPlot a.png", "ConfusionInvalid", ErrorCategory.InvalidData)]
    [InlineData("@() | Export-ConfusionPlot a.png", "ConfusionInvalid", ErrorCategory.InvalidData)]
    [InlineData("'apple' | Export-WordPlot a.png", "PlotTooFewWords", ErrorCategory.InvalidData)]
    [InlineData("1..10001 | ForEach-Object { \"apple $_\" } | Export-WordPlot a.png", "PlotTooManyWords", ErrorCategory.LimitsExceeded)]
    [InlineData("'apple' | Export-WordPlot a.png -Vectors nosuch", "VectorsNotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("5 | Export-TrainingReport a.html", "ReportEmpty", ErrorCategory.InvalidData)]
    [InlineData("[pscustomobject]@{ Summary = 'x' } | Export-TrainingReport a.pdf", "ReportFormatUnknown", ErrorCategory.InvalidArgument)]
    public void ErrorsHaveTheirIds(string command, string id, ErrorCategory category)
    {
        Outcome outcome = _module.Invoke(command);

        Assert.Equal([id], outcome.ErrorIds);
        Assert.Equal(category, outcome.LastError.CategoryInfo.Category);
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public void ModelsThatCannotBeDrawnSayWhy()
    {
        string none = Fixtures.Find("onnx", "test_sign_model", "model.onnx");

        Assert.Equal(["NoDenseLayers"], _module.Invoke("Export-NetworkPlot a.png $args[0]", none).ErrorIds);
    }

    [Fact]
    public void SecondPictureDoesNotTakeTheFirstOnesPlace()
    {
        using var directory = new TemporaryDirectory();
        Outcome outcome = _module.Invoke("'noise', 'food' | Export-NetworkPlot $args[0] -Width 400", directory.File("a.svg"));

        Assert.Equal(["PlotPathTaken"], outcome.ErrorIds);
        Assert.Contains("noise: a 3-5-1 network", File.ReadAllText(directory.File("a.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public void NoClobberAndWhatIfLeaveFilesAlone()
    {
        using var directory = new TemporaryDirectory();
        string path = directory.Write("a.png", "mine");

        Assert.Equal(["FileExists"], _module.Invoke("Export-LossCurvePlot $args[0] -NoClobber", path).ErrorIds);
        Assert.Empty(_module.Invoke("Export-LossCurvePlot $args[0] -WhatIf", path).ThrowOnError().Output);
        Assert.Equal("mine", File.ReadAllText(path));
        Assert.Equal(["OutputNotWritable"], _module.Invoke("Export-LossCurvePlot $args[0]", Path.Combine(path, "b.png")).ErrorIds);
    }

    [Fact]
    public void WithoutWordsTheNotebooksAreDrawnAndMissingLabelsAreCounted()
    {
        using var directory = new TemporaryDirectory();
        Outcome outcome = _module.Invoke("Export-WordPlot $args[0] -Width 400 -Height 300", directory.File("a.svg")).ThrowOnError();

        Assert.Contains("100 words in two dimensions", File.ReadAllText(directory.File("a.svg")), StringComparison.Ordinal);
        Assert.Contains("have no label", outcome.Warnings.Single(), StringComparison.Ordinal);
    }

    [Fact]
    public void BadAndUnknownWordsLeaveTheOthers()
    {
        using var directory = new TemporaryDirectory();
        Outcome outcome = _module.Invoke(
            "'apple', '', 'car', 'qwxzv', 'pear', 'apple' | Export-WordPlot $args[0]", directory.File("a.svg"));

        Assert.Equal(["EmptyWord"], outcome.ErrorIds);
        Assert.StartsWith("1 word is unknown", outcome.Warnings.Single(), StringComparison.Ordinal);
        Assert.Contains("3 words in two dimensions", File.ReadAllText(directory.File("a.svg")), StringComparison.Ordinal);
    }

    [Fact]
    public void ReportShowsWhatAResultHas()
    {
        using var directory = new TemporaryDirectory();
        _module.Invoke(
            """
            [pscustomobject]@{
                Model = '/m/my.onnx'; Command = 'New-WordClassifier <x>'; Summary = 'dense', 'dense_1'; Report = 'precision'
                History = [pscustomobject]@{ Loss = 0.5 }; Confusion = ((3, 1), (0, 4)); Labels = 'no', 'yes'
                Mistakes = [pscustomobject]@{ Word = 'tur<key'; Truth = 'no'; Label = 'yes'; Probability = 0.7 }; Skipped = 'qwxzv'
            } | Export-TrainingReport $args[0]
            """,
            directory.File("r.html")).ThrowOnError();

        string page = File.ReadAllText(directory.File("r.html"), Encoding.UTF8);
        Assert.All(
            ["<h1>Training report: my</h1>", "New-WordClassifier &lt;x&gt;", "dense\ndense_1", "precision", "87.5 %", "tur&lt;key", "0.700", "qwxzv"],
            text => Assert.Contains(text, page, StringComparison.Ordinal));
        Assert.Equal(["PlotPathTaken"], _module.Invoke(
            "[pscustomobject]@{ Summary = 'a' }, [pscustomobject]@{ Summary = 'b' } | Export-TrainingReport $args[0]", directory.File("r.html")).ErrorIds);
    }
}
