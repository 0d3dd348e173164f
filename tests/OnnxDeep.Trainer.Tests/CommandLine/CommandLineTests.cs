using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.CommandLine;

public sealed class CommandLineTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task DefaultRunTellsTheWholeStory()
    {
        (int exitCode, string output, _) = await TrainerProcess.Run(null, "--output", _directory.Path);

        Assert.Equal(0, exitCode);
        foreach (string part in new[]
        {
            "Total params: 26 (104.00 B)", "Total params: 1,511 (5.90 KB)", "Epoch 10/10  loss", "accuracy",
            "precision    recall  f1-score   support", "weighted avg", "Layer: dense_1", "Biases:",
            "ONNX Runtime gives the same outputs: largest difference", "salad        food",
            "food-words.onnx", "over 99,539 words",
        })
        {
            Assert.Contains(part, output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task NotebookRecipeReachesNinetyPercentOverTwentySeeds()
    {
        (int exitCode, string output, _) = await TrainerProcess.Run(null, "--recipe", "notebook", "--seeds", "20");

        Assert.Equal(0, exitCode);
        string mean = output.Split("mean test accuracy ")[1][..6];
        Assert.InRange(double.Parse(mean, System.Globalization.CultureInfo.InvariantCulture), 0.90, 1);
        Assert.Contains("standard deviation", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WordListIsMeasuredBesidesTheTestRows()
    {
        string words = _directory.Write("words.csv", "word,label\npear,food\nhammer,not food\nqwxzv,food\n");

        (int exitCode, string output, _) = await TrainerProcess.Run(
            null, "--recipe", "notebook", "--seeds", "2", "--words", words);

        // No network classifies the unknown word correctly.
        Assert.Equal(0, exitCode);
        Assert.Contains("mean accuracy on words.csv 0.6667", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("word,label\npear;food\n", "Line 2")]
    [InlineData("word,label\npear,food\nhammer,tool\n", "Line 3")]
    public async Task DamagedWordListIsAClearError(string text, string part) => await AssertError(
        "WordsDamaged", part, "--seeds", "1", "--words", _directory.Write("words.csv", text));

    [Fact]
    public async Task MissingWordListIsAClearError() =>
        await AssertError("WordsNotReadable", "nosuch.csv", "--seeds", "1", "--words", "nosuch.csv");

    [Fact]
    public async Task NotebookRecipeWritesItsOwnFile()
    {
        (int exitCode, _, _) = await TrainerProcess.Run(null, "--recipe", "notebook", "--output", _directory.Path);

        Assert.Equal(0, exitCode);
        Assert.Equal(["food-notebook.onnx"], Directory.GetFiles(_directory.Path).Select(Path.GetFileName));
    }

    [Fact]
    public async Task UnwritableOutputIsAClearError()
    {
        string file = _directory.Write("file", "in the way");

        await AssertError("OutputNotWritable", file, "--output", Path.Combine(file, "models"));
        Assert.Equal("in the way", File.ReadAllText(file));
    }

    [Fact]
    public async Task MissingVectorsAreAClearError() =>
        await AssertError(
            "VectorsNotFound", "nosuch.safetensors", "--output", _directory.Path, "--vectors", "nosuch.safetensors");

    [Fact]
    public async Task DamagedVectorsAreAClearErrorThatNamesTheOffset()
    {
        string damaged = _directory.Write(
            "half.safetensors", File.ReadAllBytes(Repository.DefaultVectors)[..5_000_000]);

        await AssertError("VectorsDamaged", "half.safetensors", "--output", _directory.Path, "--vectors", damaged);
        await AssertError("VectorsDamaged", "at byte", "--output", _directory.Path, "--vectors", damaged);
    }

    [Fact]
    public async Task VectorsWithoutTheNotebooksWordsAreAClearError()
    {
        string path = _directory.File("tiny.safetensors");
        WordVectorTableWriter.Write(
            path,
            ["apple"],
            [0],
            new float[1, 300],
            VectorElementType.Float32,
            new Dictionary<string, string>());

        await AssertError("TrainingWordUnknown", "'banana'", "--output", _directory.Path, "--vectors", path);
    }

    [Fact]
    public async Task MissingWordNetIsAClearError() => await AssertError(
        "WordNetFileMissing",
        "wordnet-base",
        "vectors", "build", "--wordnet", _directory.Path, "--output", _directory.File("x"));

    [Theory]
    [InlineData("--recipe", "keras")]
    [InlineData("--seeds", "0")]
    [InlineData("--seeds", "abc")]
    [InlineData("--output", "")]
    [InlineData("--nonsense", "1")]
    public async Task UnknownArgumentsAreRefused(params string[] arguments)
    {
        (int exitCode, _, string error) = await TrainerProcess.Run(null, arguments);

        Assert.Equal(1, exitCode);
        Assert.NotEmpty(error);
        Assert.DoesNotContain("   at ", error, StringComparison.Ordinal);
    }

    private static async Task AssertError(string errorId, string part, params string[] arguments)
    {
        (int exitCode, _, string error) = await TrainerProcess.Run(null, arguments);

        Assert.Equal(1, exitCode);
        Assert.StartsWith(errorId + ": ", error, StringComparison.Ordinal);
        Assert.Contains(part, error, StringComparison.Ordinal);
    }
}
