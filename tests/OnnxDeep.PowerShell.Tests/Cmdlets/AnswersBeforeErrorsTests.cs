namespace OnnxDeep.Tests.Cmdlets;

/// <summary>Words are classified in batches, and an error must not discard the words that wait in a batch.</summary>
public sealed class AnswersBeforeErrorsTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>, IDisposable
{
    // Enough words that the last of them wait in the batch when the error occurs, and that their file is seen as text.
    private const int Words = 20_000;

    private readonly ModuleRunspace _module = fixture.Module;
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("Test-FoodWord -BatchSize 65536")]
    [InlineData("Test-Word -Model food -BatchSize 65536")]
    public void ErrorThatEndsThePipelineComesAfterTheAnswersBeforeIt(string command)
    {
        Outcome outcome = _module.Invoke(
            $"$args[0] | {command} -ErrorAction Stop",
            (object)new List<string>([.. Enumerable.Repeat("salad", Words), "", "tea"]));

        Assert.Equal(["EmptyWord"], outcome.ErrorIds);
        Assert.Equal(Words, outcome.Output.Count);
    }

    [Fact]
    public void BadLineComesAfterTheAnswersBeforeIt()
    {
        string path = _directory.Write(
            "words.txt", string.Concat(Enumerable.Repeat("salad\n", Words)) + "lap\0top\ntea\n");

        Outcome outcome = _module.Invoke("Test-FoodWord -Path $args[0] -BatchSize 65536 -ErrorAction Stop", path);

        Assert.Equal(["WordContainsNul"], outcome.ErrorIds);
        Assert.Equal(Words, outcome.Output.Count);
    }

    [Fact]
    public void BadFileComesAfterTheAnswersOfTheFilesBeforeIt()
    {
        string words = _directory.Write("words.txt", string.Concat(Enumerable.Repeat("salad\n", Words)));
        string binary = _directory.Write("image.png", [0x89, 0x50, 0x4E, 0x47, 0, 0, 0, 1]);

        Outcome outcome = _module.Invoke(
            "Test-FoodWord -LiteralPath $args -BatchSize 65536 -ErrorAction Stop", words, binary, words);

        Assert.Equal(["BinaryFile"], outcome.ErrorIds);
        Assert.Equal(Words, outcome.Output.Count);
    }

    [Fact]
    public void AnswersAndErrorsKeepTheOrderOfTheInput()
    {
        Outcome outcome = _module.Invoke(
            """
            'salad', 'tea', '', 'soup', 'bus', $null, 'lemon' | Test-FoodWord -BatchSize 65536 2>&1 | ForEach-Object {
                $_ -is [System.Management.Automation.ErrorRecord] ? 'error' : $_.Word
            }
            """).ThrowOnError();

        Assert.Equal(
            ["salad", "tea", "error", "soup", "bus", "error", "lemon"], outcome.Output.Select(item => item.BaseObject));
    }

    [Theory]
    [InlineData("@{ Other = 1 }", "PropertyMissing")]
    [InlineData("[datetime] 0", "NotAWord")]
    [InlineData("@{ Word = [datetime] 0 }", "NotAWord")]
    public void ObjectWithoutAWordComesAfterTheAnswersBeforeIt(string item, string id)
    {
        Outcome outcome = _module.Invoke(
            $"'salad', 'tea', ({item}), 'soup' | Test-FoodWord -BatchSize 65536 -ErrorAction Stop");

        Assert.Equal([id], outcome.ErrorIds);
        Assert.Equal(2, outcome.Output.Count);
    }

    [Fact]
    public void FailureOfTheScriptBlockComesAfterTheAnswersBeforeIt()
    {
        Outcome outcome = _module.Invoke(
            """
            'salad', 'tea', 'x', 'soup' | Test-FoodWord -BatchSize 65536 -ErrorAction Stop -WordProperty {
                if ($_ -eq 'x') { throw 'no' } else { $_ }
            }
            """);

        Assert.Equal(["WordPropertyFailed"], outcome.ErrorIds);
        Assert.Equal(2, outcome.Output.Count);
    }

    [Fact]
    public void PathThatIsNotAFileComesAfterTheAnswersOfTheFilesBeforeIt()
    {
        string words = _directory.Write("few.txt", "salad\ntea\n");

        Outcome outcome = _module.Invoke(
            "Test-FoodWord -Path $args[0], 'Env:\\PATH' -BatchSize 65536 -ErrorAction Stop", words);

        Assert.Equal(["NotFileSystem"], outcome.ErrorIds);
        Assert.Equal(2, outcome.Output.Count);
    }

    [Theory]
    [InlineData("Get-WordVector", "EmptyWord")]
    [InlineData("Measure-WordSimilarity salad", "EmptyWord")]
    [InlineData("Find-SimilarWord -Top 1", "EmptyWord")]
    public void ErrorOfEachWordCmdletComesAfterTheAnswersBeforeIt(string command, string id)
    {
        Outcome outcome = _module.Invoke($"'salad', 'tea', '', 'soup' | {command} -ErrorAction Stop");

        Assert.Equal([id], outcome.ErrorIds);
        Assert.Equal(2, outcome.Output.Count);
    }

    [Fact]
    public void BadRowOfAModelComesAfterTheAnswersOfTheRowsBeforeIt()
    {
        Outcome outcome = _module.Invoke(
            "(1, 2, 3), (4, 5, 6), (7, 'x', 9), (1, 1, 1) | Invoke-OnnxModel noise -ErrorAction Stop");

        Assert.Single(outcome.ErrorIds);
        Assert.Equal(2, outcome.Output.Count);
    }
}
