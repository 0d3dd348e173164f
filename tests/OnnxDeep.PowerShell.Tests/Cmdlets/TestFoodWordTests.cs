using System.Management.Automation;
using System.Text;

namespace OnnxDeep.Tests.Cmdlets;

public sealed class TestFoodWordTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>, IDisposable
{
    private readonly ModuleRunspace _module = fixture.Module;
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void NotebooksPredictionsComeOutInInputOrder()
    {
        Outcome outcome = _module.Invoke("'salad','laptop','lemon','river' | Test-FoodWord").ThrowOnError();

        Assert.Equal(["salad", "laptop", "lemon", "river"], outcome.Values("Word"));
        Assert.Equal(["food", "not food", "food", "not food"], outcome.Values("Label"));
        Assert.Equal([true, false, true, false], outcome.Values("IsFood"));
        Assert.All(outcome.Values("Probability"), p => Assert.InRange((float)p!, 0f, 1f));
        Assert.All(outcome.Values("Model"), model => Assert.Equal("food", model));
        Assert.All(outcome.Output, item => Assert.Equal("OnnxDeep.WordPrediction", item.TypeNames[0]));
    }

    [Theory]
    [InlineData("Test-FoodWord salad, laptop")]
    [InlineData("Test-FoodWord -Word salad, laptop")]
    [InlineData("[pscustomobject]@{ Word = 'salad' }, [pscustomobject]@{ Word = 'laptop' } | Test-FoodWord")]
    [InlineData("[pscustomobject]@{ Term = 'salad' }, [pscustomobject]@{ Term = 'laptop' } | Test-FoodWord")]
    [InlineData("[pscustomobject]@{ Name = 'salad' }, [pscustomobject]@{ Name = 'laptop' } | Test-FoodWord")]
    public void WordsBindByPositionNameAndProperty(string script) =>
        Assert.Equal(["salad", "laptop"], _module.Invoke(script).ThrowOnError().Values("Word"));

    [Theory]
    [InlineData("Test-FoodWord")]
    [InlineData("Get-WordVector")]
    [InlineData("Measure-WordSimilarity lemon")]
    public void PropertyThatIsNoTextIsTakenAsText(string command) => Assert.Equal(
        ["5"], _module.Invoke($"[pscustomobject]@{{ Word = 5 }} | {command}").ThrowOnError().Values("Word"));

    [Fact]
    public void ObjectWithoutAWordIsAnErrorAndTheOthersGetAnswers()
    {
        Outcome outcome = _module.Invoke("[pscustomobject]@{ Foo = 1 }, 'salad' | Test-FoodWord");

        Assert.Single(outcome.Errors);
        Assert.Equal(["salad"], outcome.Values("Word"));
    }

    [Fact]
    public void PathReadsAWordALineAndLeavesBlankLinesOut()
    {
        _directory.Write("a.txt", "salad\r\n\r\n  laptop \nice cream");
        _directory.Write("b.txt", "\uFEFFpizza\n");

        Outcome outcome = _module.Invoke("Test-FoodWord -Path $args[0]", _directory.File("*.txt")).ThrowOnError();

        Assert.Equal(["salad", "  laptop ", "ice cream", "pizza"], outcome.Values("Word"));
        Assert.Equal([true, false, true, true], outcome.Values("IsFood"));
    }

    [Fact]
    public void LiteralPathTakesBracketsAsTheyAre()
    {
        _directory.Write("words[1].txt", "salad\n");

        Assert.Single(_module.Invoke("Test-FoodWord -LiteralPath $args[0]", _directory.File("words[1].txt")).ThrowOnError().Output);
    }

    [Fact]
    public void RelativePathsAreOfTheRunspacesLocation()
    {
        _directory.Write("words.txt", "salad\n");
        File.Copy(Repository.FoodModel, _directory.File("mine.onnx"));

        Outcome outcome = _module.Invoke(
            "$null = $ExecutionContext.SessionState.Path.SetLocation($args[0]); Test-FoodWord -Path words.txt -Model ./mine.onnx; Test-FoodWord tea -Model mine.onnx",
            _directory.Path).ThrowOnError();

        Assert.Equal(["mine", "mine"], outcome.Values("Model"));
        _module.Invoke("$null = $ExecutionContext.SessionState.Path.SetLocation($args[0])", Repository.Root).ThrowOnError();
    }

    [Fact]
    public void FileOfAModelsNameDoesNotHideTheModel()
    {
        _directory.Write("food", "groceries");

        Outcome outcome = _module.Invoke(
            "$null = $ExecutionContext.SessionState.Path.SetLocation($args[0]); Test-FoodWord salad", _directory.Path);
        _module.Invoke("$null = $ExecutionContext.SessionState.Path.SetLocation($args[0])", Repository.Root).ThrowOnError();

        Assert.Equal([true], outcome.ThrowOnError().Values("IsFood"));
    }

    [Fact]
    public void UnicodeFilesAreReadByTheirByteOrderMark()
    {
        File.WriteAllText(_directory.File("utf16.txt"), "salad\nlaptop\n", Encoding.Unicode);

        Assert.Equal(
            ["salad", "laptop"],
            _module.Invoke("Test-FoodWord -Path $args[0]", _directory.File("utf16.txt")).ThrowOnError().Values("Word"));
    }

    [Fact]
    public void UnknownWordHasNoProbabilityAndIsCountedOnce()
    {
        Outcome outcome = _module.Invoke("'qwxzv','salad','zzqqj' | Test-FoodWord").ThrowOnError();

        Assert.Equal([null, true, null], outcome.Values("IsFood"));
        Assert.Equal([false, true, false], outcome.Values("IsKnown"));
        Assert.Equal("unknown", outcome.Values("Label").First());
        Assert.Null(outcome.Values("Probability").First());
        Assert.Contains("2 words are unknown", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void QuietWritesBooleansOnly() => Assert.Equal(
        [true, false, false],
        _module.Invoke("'salad','laptop','qwxzv' | Test-FoodWord -Quiet").ThrowOnError().Output.Select(o => o.BaseObject));

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void ThresholdMovesTheLine(double threshold, bool expected) => Assert.Equal(
        [expected, expected],
        _module.Invoke("Test-FoodWord salad, laptop -Threshold $args[0]", threshold).ThrowOnError().Values("IsFood"));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(65536)]
    public void BatchSizeChangesNoAnswer(int size)
    {
        const string words = "'salad','laptop','lemon','river','tea','bus','soup'";

        Assert.Equal(
            _module.Invoke($"{words} | Test-FoodWord").Values("Probability"),
            _module.Invoke($"{words} | Test-FoodWord -BatchSize {size}").ThrowOnError().Values("Probability"));
    }

    [Theory]
    [InlineData("", "EmptyWord")]
    [InlineData(null, "EmptyWord")]
    [InlineData("\ud83c", "WordNotUnicode")]
    [InlineData("a\udc00b", "WordNotUnicode")]
    [InlineData("a\uFFFEb", "WordNotUnicode")]
    [InlineData("sal\0ad", "WordContainsNul")]
    public void BadWordIsAnErrorOfItsOwnAndTheOthersGetAnswers(string? word, string errorId)
    {
        Outcome outcome = _module.Invoke("Test-FoodWord -Word @('salad', $args[0], 'laptop')", word);

        Assert.Equal([errorId], outcome.ErrorIds);
        Assert.Equal(["salad", "laptop"], outcome.Values("Word"));
    }

    [Theory]
    [InlineData(10_000, ' ', "BlankWord")]
    [InlineData(1_048_576, 'x', "WordTooLong")]
    [InlineData(10_000, '\t', "BlankWord")]
    public void LongWordsAreErrorsFromPipelineAndFile(int length, char character, string errorId)
    {
        string word = new(character, length);
        _directory.Write("words.txt", $"salad\n{word}\nlaptop\n");

        Outcome pipeline = _module.Invoke("$args[0] | Test-FoodWord", (object)new[] { "salad", word, "laptop" });
        Outcome file = _module.Invoke("Test-FoodWord -Path $args[0]", _directory.File("words.txt"));

        Assert.Equal([errorId], pipeline.ErrorIds);
        Assert.Equal([errorId], file.ErrorIds);
        Assert.Contains("Line 2 of", file.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.True(file.Errors[0].Exception.Message.Length < 500);
        Assert.Equal(["salad", "laptop"], pipeline.Values("Word"));
        Assert.Equal(["salad", "laptop"], file.Values("Word"));
    }

    [Fact]
    public void BadLineInAFileNamesItsPlaceAndTheRestGoesOn()
    {
        _directory.Write("words.txt", [.. "salad\n"u8, 0xFF, 0xFE, .. "x\nlap\0top\ntea\n"u8]);
        _directory.Write("late.txt", $"{new string('\n', 20_000)}tea\na\0b\n");

        Outcome outcome = _module.Invoke("Test-FoodWord -Path $args[0]", _directory.File("late.txt"));

        Assert.Equal(["WordContainsNul"], outcome.ErrorIds);
        Assert.Contains("Line 20002", outcome.Errors[0].Exception.Message, StringComparison.Ordinal);
        Assert.Equal(["tea"], outcome.Values("Word"));
    }

    [Fact]
    public void BadFilesAreErrorsOfTheirOwnAndTheOthersAreRead()
    {
        string binary = _directory.Write("image.png", [0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 1]);
        string good = _directory.Write("good.txt", "salad\n");
        string missing = _directory.File("missing.txt");

        Outcome outcome = _module.Invoke("Test-FoodWord -Path $args", binary, _directory.Path, missing, good);

        Assert.Equal(["BinaryFile", "PathIsDirectory", "PathNotFound"], outcome.ErrorIds);
        Assert.Equal([binary, _directory.Path, missing], outcome.Errors.Select(error => error.TargetObject));
        Assert.Equal(["salad"], outcome.Values("Word"));
    }

    [Theory]
    [InlineData("-Path nosuchdrive:\\a.txt, ")]
    [InlineData("-LiteralPath nosuchdrive:\\a.txt, ")]
    [InlineData("-Path *.nosuch, ")]
    public void PathsThatLeadNowhereAreErrorsAndTheOthersAreRead(string paths)
    {
        string good = _directory.Write("good.txt", "salad\n");

        Outcome outcome = _module.Invoke($"Test-FoodWord {paths} $args[0]", good);

        Assert.Equal(["PathNotFound"], outcome.ErrorIds);
        Assert.Equal(["salad"], outcome.Values("Word"));
    }

    [Fact]
    public void PathWithANulIsNotFoundAndTheOthersAreRead()
    {
        Outcome outcome = _module.Invoke("Test-FoodWord -LiteralPath $args", "a\0b", _directory.Write("good.txt", "salad\n"));

        Assert.Equal(["PathNotFound"], outcome.ErrorIds);
        Assert.Equal(["salad"], outcome.Values("Word"));
        Assert.Equal(["ModelNotFound"], _module.Invoke("Test-FoodWord salad -Model $args[0]", "a\0b").ErrorIds);
    }

    [Fact]
    public void FileThatFailsWhileItIsReadLeavesTheOthers()
    {
        Assert.SkipUnless(File.Exists("/proc/self/mem"), "Only Linux has a file that opens and cannot be read.");

        Outcome outcome = _module.Invoke(
            "Test-FoodWord -LiteralPath $args", "/proc/self/mem", _directory.Write("good.txt", "salad\n"));

        Assert.Equal(["FileNotReadable"], outcome.ErrorIds);
        Assert.Equal(["salad"], outcome.Values("Word"));
    }

    [Fact]
    public void OtherProvidersAreRefused() =>
        Assert.Equal(["NotFileSystem"], _module.Invoke("Test-FoodWord -LiteralPath Variable:\\PSHOME").ErrorIds);

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void ThresholdOutsideProbabilitiesIsRefused(double threshold)
    {
        Outcome outcome = _module.Invoke("Test-FoodWord salad -Threshold $args[0]", threshold);

        Assert.Equal(["ThresholdOutOfRange"], outcome.ErrorIds);
        Assert.Equal(ErrorCategory.InvalidArgument, outcome.LastError.CategoryInfo.Category);
        Assert.Empty(outcome.Output);
    }

    [Fact]
    public void ModelsThatCannotBeUsedSayWhy()
    {
        string text = _directory.Write("text.onnx", "I am no model\n");
        string truncated = _directory.Write("half.onnx", File.ReadAllBytes(Repository.FoodModel)[..3000]);

        AssertModelError(text, "ModelNotOnnx");
        AssertModelError(truncated, "ModelTruncated");
        AssertModelError("noise", "ModelInputMismatch");
        AssertModelError("no-such-model", "ModelNotFound");
    }

    [Fact]
    public void VectorsThatCannotBeUsedSayWhy()
    {
        string damaged = _directory.Write("half.safetensors", File.ReadAllBytes(Repository.DefaultVectors)[..100_000]);

        Assert.Equal(["VectorsNotFound"], _module.Invoke("Test-FoodWord salad -Vectors no-such-table").ErrorIds);
        Outcome outcome = _module.Invoke("Test-FoodWord salad -Vectors $args[0]", damaged);
        Assert.Equal(["VectorsDamaged"], outcome.ErrorIds);
        Assert.Contains("half.safetensors", outcome.LastError.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void AnswersStreamBeforeTheInputEnds()
    {
        // An endless pipeline: only a cmdlet that writes as it reads lets the script see an answer and leave.
        Outcome outcome = _module.Invoke(
            "& { while ($true) { 'salad' } } | Test-FoodWord -BatchSize 4 | ForEach-Object { $_; throw 'seen' }");

        Assert.Equal("salad", outcome.Values("Word").First());
        Assert.Contains("seen", outcome.Terminating!.Message, StringComparison.Ordinal);
    }

    private void AssertModelError(string model, string errorId)
    {
        Outcome outcome = _module.Invoke("Test-FoodWord salad -Model $args[0]", model);

        Assert.Equal([errorId], outcome.ErrorIds);
        Assert.Contains(model, outcome.LastError.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(outcome.Output);
    }
}
