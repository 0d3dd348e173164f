namespace OnnxDeep.Tests.Cmdlets;

public sealed class MeasureOnnxModelTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>
{
    private readonly ModuleRunspace _module = fixture.Module;

    [Fact]
    public void EveryCombinationIsMeasuredOnItsOwn()
    {
        Outcome outcome = _module.Invoke("Measure-OnnxModel noise, food -BatchSize 1, 8 -Threads 1, 2 -Duration 0.02").ThrowOnError();

        Assert.Equal(8, outcome.Output.Count);
        Assert.Equal(
            ["noise 1 1", "noise 1 8", "noise 2 1", "noise 2 8", "food 1 1", "food 1 8", "food 2 1", "food 2 8"],
            outcome.Values("Model").Zip(outcome.Values("Threads"), outcome.Values("BatchSize")).Select(item => $"{item.First} {item.Second} {item.Third}"));
        Assert.All(outcome.Values("Throughput"), value => Assert.True((double)value! > 0));
    }

    [Fact]
    public void FilesComeFromThePipelineAndGivenValuesAreUsed()
    {
        using var directory = new TemporaryDirectory();
        string path = directory.File("a.onnx");
        File.Copy(Repository.NoiseModel, path);

        Outcome outcome = _module.Invoke(
            "[IO.FileInfo] $args[0] | Measure-OnnxModel -Duration 0 -InputObject @{ features = (1, 2, 3), (4, 5, 6) } -WarmUp 1", path).ThrowOnError();

        Assert.Equal([1L], outcome.Values("Runs"));
        Assert.Equal("features [2, 3]", Assert.Single((IEnumerable<string>)outcome.Values("Inputs").Single()!));
        Assert.Equal([2L], outcome.Values("BatchSize"));
    }

    [Theory]
    [InlineData(".png")]
    [InlineData(".svg")]
    public void PictureIsWrittenOfAllMeasurements(string extension)
    {
        using var directory = new TemporaryDirectory();
        string path = directory.File("plot" + extension);

        _module.Invoke("Measure-OnnxModel noise -BatchSize 1, 4, 16 -Duration 0.02 -PlotPath $args[0]", path).ThrowOnError();

        Assert.True(new FileInfo(path).Length > 1000);
        Assert.Equal(["plot" + extension], Directory.EnumerateFiles(directory.Path).Select(Path.GetFileName));
    }

    [Fact]
    public void BracketsInNamesArePartOfThem()
    {
        using var directory = new TemporaryDirectory();
        File.Copy(Repository.NoiseModel, directory.File("b[1].onnx"));
        File.Copy(Repository.NoiseModel, directory.File("b1.onnx"));

        Outcome outcome = _module.Invoke(
            """
            Measure-OnnxModel -LiteralPath $args[0] -Duration 0
            [pscustomobject]@{ PSPath = $args[0] } | Measure-OnnxModel -Duration 0
            Measure-OnnxModel $args[0] -Duration 0
            """,
            directory.File("b[1].onnx")).ThrowOnError();

        Assert.Equal(["b[1]", "b[1]", "b1"], outcome.Values("Model"));
    }

    [Fact]
    public void FolderThatCannotBeWrittenIsToldBeforeTheMeasuring()
    {
        using var directory = new TemporaryDirectory();
        string file = directory.Write("file", "x");

        Outcome outcome = _module.Invoke("Measure-OnnxModel noise -Duration 36000 -PlotPath $args[0]", Path.Combine(file, "a.png"));

        Assert.Equal(["OutputNotWritable"], outcome.ErrorIds);
    }

    [Fact]
    public void NoPictureIsWrittenWithWhatIf()
    {
        using var directory = new TemporaryDirectory();

        Outcome outcome = _module.Invoke("Measure-OnnxModel noise -Duration 0 -PlotPath $args[0] -WhatIf", directory.File("a.png"));

        Assert.Single(outcome.Output);
        Assert.Empty(Directory.EnumerateFiles(directory.Path));
    }

    [Fact]
    public void CombinationThatFailsLeavesTheOthers()
    {
        Outcome outcome = _module.Invoke("Measure-OnnxModel noise -BatchSize 2 -Dimension @{ N = 3 }; Measure-OnnxModel nosuch, noise -Duration 0");

        Assert.Equal(["DimensionInvalid", "ModelNotFound"], outcome.ErrorIds);
        Assert.Single(outcome.Output);
    }

    [Theory]
    [InlineData("Measure-OnnxModel noise -Duration 0 -Provider Nosuch", "ProviderNotFound")]
    [InlineData("Measure-OnnxModel noise -Duration 0 -PlotPath a.bmp", "PlotFormatUnknown")]
    [InlineData("Measure-OnnxModel noise -Duration 0 -Dimension @{ M = 3 }", "DimensionInvalid")]
    [InlineData("Measure-OnnxModel noise -Duration 0 -Dimension @{ N = 'x' }", "DimensionInvalid")]
    [InlineData("Measure-OnnxModel noise -Duration 0 -Dimension @{ N = 9999999999 }", "InputTooLarge")]
    [InlineData("Measure-OnnxModel noise -Duration 0 -InputObject @{ x = 1 }", "InputNameUnknown")]
    [InlineData("Measure-OnnxModel noise -Duration 0 -InputObject @{ features = 1, 2 }", "InputShapeMismatch")]
    public void ErrorsHaveStableIds(string script, string id)
    {
        Outcome outcome = _module.Invoke(script);

        Assert.Equal([id], outcome.ErrorIds);
        Assert.Empty(outcome.Output);
    }
}
