using System.Management.Automation;

namespace OnnxDeep.Tests.Cmdlets;

public sealed class ExportWordModelTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>, IDisposable
{
    private readonly ModuleRunspace _module = fixture.Module;
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void FoodGivesTheFileThatShips()
    {
        string path = _directory.File("food-words.onnx");

        Outcome outcome = _module.Invoke("Export-WordModel -Model food -Path $args[0]", path).ThrowOnError();

        PSObject file = Assert.Single(outcome.Output);
        Assert.Equal("OnnxDeep.Onnx.WordModelExport", file.TypeNames[0]);
        Assert.Equal(path, file.Properties["Path"].Value);
        Assert.Equal(99_539, file.Properties["Keys"].Value);
        Assert.Equal(new FileInfo(path).Length, file.Properties["Size"].Value);
        byte[] shipped = File.ReadAllBytes(Path.Combine(Repository.Models, "food-words.onnx"));
        Assert.True(shipped.AsSpan().SequenceEqual(File.ReadAllBytes(path)));
    }

    [Fact]
    public void FewerKeysAreTheMostCommonOnesAndTestFoodWordTakesThem()
    {
        string path = _directory.File("small.onnx");
        _module.Invoke("Export-WordModel $args[0] -Keys 5000", path).ThrowOnError();

        Outcome outcome = _module.Invoke("'Water', 'zymurgy' | Test-FoodWord -Model $args[0]", path);

        Assert.Equal(["small", "small"], outcome.Values("Model"));
        Assert.Equal([true, false], outcome.Values("IsKnown"));
        Assert.Equal("1 word is unknown: the model 'small' has no key for it.", Assert.Single(outcome.Warnings));
    }

    [Fact]
    public void ModelWithItsWordsWithinGivesTheAnswersOfTheModel()
    {
        Outcome whole = _module.Invoke("'Salad', 'laptop', '«Ice-Cream»' | Test-FoodWord");

        Outcome folded = _module.Invoke("'Salad', 'laptop', '«Ice-Cream»' | Test-FoodWord -Model food-words").ThrowOnError();

        Assert.Equal(whole.Values("Label"), folded.Values("Label"));
        Assert.All(
            whole.Values("Probability").Zip(folded.Values("Probability")),
            pair => Assert.Equal((float)pair.First!, (float)pair.Second!, 1e-5f));
        Assert.Empty(folded.Warnings);
    }

    [Fact]
    public void VectorsThatTheModelHasNoUseForAreAWarning() => Assert.Contains(
        "has its words within",
        Assert.Single(_module.Invoke("Test-FoodWord salad -Model food-words -Vectors wordnet-300d").Warnings),
        StringComparison.Ordinal);

    [Fact]
    public void NoClobberKeepsAFileThatIsThere()
    {
        string path = _directory.Write("mine.onnx", "mine");

        Outcome outcome = _module.Invoke("Export-WordModel $args[0] -NoClobber", path);

        Assert.Equal(["FileExists"], outcome.ErrorIds);
        Assert.Equal(ErrorCategory.ResourceExists, outcome.LastError.CategoryInfo.Category);
        Assert.Equal("mine", File.ReadAllText(path));
    }

    [Fact]
    public void WhatIfWritesNothing()
    {
        Outcome outcome = _module.Invoke("Export-WordModel $args[0] -WhatIf", _directory.File("never.onnx")).ThrowOnError();

        Assert.Empty(outcome.Output);
        Assert.Empty(Directory.GetFiles(_directory.Path));
    }

    [Theory]
    [InlineData("ModelNotFound", "-Model no-such-model", ErrorCategory.ObjectNotFound)]
    [InlineData("ModelInputMismatch", "-Model noise", ErrorCategory.InvalidType)]
    [InlineData("ModelNotDense", "-Model food-words", ErrorCategory.InvalidType)]
    [InlineData("VectorsNotFound", "-Vectors no-such-table", ErrorCategory.ObjectNotFound)]
    [InlineData("ParameterArgumentValidationError", "-Keys 0", ErrorCategory.InvalidData)]
    public void WhatCannotBeExportedSaysWhy(string errorId, string parameters, ErrorCategory category)
    {
        Outcome outcome = _module.Invoke($"Export-WordModel $args[0] {parameters}", _directory.File("never.onnx"));

        Assert.Equal([errorId], outcome.ErrorIds);
        Assert.Equal(category, outcome.LastError.CategoryInfo.Category);
        Assert.Empty(Directory.GetFiles(_directory.Path));
    }

    [Fact]
    public void ModelThatWasTrainedOnOtherVectorsIsRefusedUnlessForced()
    {
        byte[] bytes = File.ReadAllBytes(Repository.FoodModel);
        string text = System.Text.RegularExpressions.Regex.Replace(
            System.Text.Encoding.Latin1.GetString(bytes), "[0-9a-f]{64}", new string('0', 64));
        string model = _directory.Write("elsewhere.onnx", System.Text.Encoding.Latin1.GetBytes(text));
        string path = _directory.File("words.onnx");

        Assert.Equal(["VectorsMismatch"], _module.Invoke("Export-WordModel $args[0] -Model $args[1]", path, model).ErrorIds);
        Assert.False(File.Exists(path));
        _module.Invoke("Export-WordModel $args[0] -Model $args[1] -Keys 10 -Force", path, model).ThrowOnError();
        Assert.True(File.Exists(path));
    }

    [Fact]
    public void UnwritablePlaceIsAClearError()
    {
        string file = _directory.Write("file", "in the way");

        Outcome outcome = _module.Invoke("Export-WordModel $args[0] -Keys 10", Path.Combine(file, "words.onnx"));

        Assert.Equal(["OutputNotWritable"], outcome.ErrorIds);
        Assert.Equal(ErrorCategory.WriteError, outcome.LastError.CategoryInfo.Category);
    }
}
