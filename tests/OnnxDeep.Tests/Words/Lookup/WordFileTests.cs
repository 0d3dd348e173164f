using OnnxDeep.IO;
using OnnxDeep.Words.Lookup;

namespace OnnxDeep.Tests.Words.Lookup;

public sealed class WordFileTests : IDisposable
{
    private static readonly TimeSpan s_longest = TimeSpan.FromSeconds(30);

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void LinesKeepTheirNumbersAcrossBlankOnesAndBuffers()
    {
        string path = _directory.Write("words.txt", "a\n\r\n" + new string('\n', 40_000) + "b\r\nc");

        Assert.Equal(
            [(1, "a"), (40_003, "b"), (40_004, "c")],
            WordFile.Read(path).Select(line => ((int)line.Number, line.Text)));
    }

    [Fact]
    public void EveryCharacterThatUnicodeCallsALineEndIsOne()
    {
        string path = _directory.Write("words.txt", "a\rb\r\rc\vd\fe\u0085f\u2028g\u2029h\n\ri\r");

        Assert.Equal(
            [(1, "a"), (2, "b"), (4, "c"), (5, "d"), (6, "e"), (7, "f"), (8, "g"), (9, "h"), (11, "i")],
            WordFile.Read(path).Select(line => ((int)line.Number, line.Text)));
    }

    [Fact]
    public void ReturnAndLineFeedAreOneLineEndAcrossBuffersToo()
    {
        const int Lines = 20_000;
        string path = _directory.Write("words.txt", string.Concat(Enumerable.Repeat("tea\r\n", Lines)));

        WordLine[] lines = [.. WordFile.Read(path)];

        Assert.Equal(Enumerable.Range(1, Lines), lines.Select(line => (int)line.Number));
        Assert.All(lines, line => Assert.Equal("tea", line.Text));
    }

    [Fact]
    public void EndlessLineIsCutAndTheNextOneIsWhole()
    {
        string path = _directory.Write("words.txt", new string('x', 3_000_000) + "\nsalad\n");

        WordLine[] lines = [.. WordFile.Read(path)];

        Assert.Equal("WordTooLong", Term.Check(lines[0].Text)!.ErrorId);
        Assert.True(lines[0].Text.Length < 2 * Term.MaximumLength);
        Assert.Equal((2, "salad"), (lines[1].Number, lines[1].Text));
    }

    [Fact]
    public void CancellationIsHeardInAFileThatYieldsNothing()
    {
        string path = _directory.Write("blank.txt", new string('\n', 100_000));

        Assert.Throws<OperationCanceledException>(() => WordFile.Read(path, new CancellationToken(true)).Count());
    }

    [Fact]
    public async Task PipeIsReadToItsEndByWhateverPath()
    {
        SpecialFile.SkipOnWindows();
        string pipe = SpecialFile.CreatePipe(_directory.File("pipe"));
        string link = File.CreateSymbolicLink(_directory.File("link"), pipe).FullName;

        Task<string[]> reading = Task.Run(() => WordFile.Read(link).Select(line => line.Text).ToArray());
        await WriteTo(pipe, "salad\n", "laptop");

        Assert.Equal(["salad", "laptop"], await reading.WaitAsync(s_longest));
    }

    [Fact]
    public async Task CancelledWaitForAPipeTakesNothingFromTheNextReader()
    {
        SpecialFile.SkipOnWindows();
        string pipe = SpecialFile.CreatePipe(_directory.File("pipe"));
        using var stop = new CancellationTokenSource();
        Task<int> waiting = Task.Run(() => WordFile.Read(pipe, stop.Token).Count());
        await stop.CancelAsync();
        await Assert.ThrowsAsync<OperationCanceledException>(() => waiting.WaitAsync(s_longest));

        Task<string[]> reading = Task.Run(() => WordFile.Read(pipe).Select(line => line.Text).ToArray());
        await WriteTo(pipe, "salad");

        Assert.Equal(["salad"], await reading.WaitAsync(s_longest));
    }

    [Fact]
    public async Task EndlessPipeEndsWithACancellation()
    {
        SpecialFile.SkipOnWindows();
        string pipe = SpecialFile.CreatePipe(_directory.File("pipe"));
        using var stop = new CancellationTokenSource();
        Task<int> reading = Task.Run(() => WordFile.Read(pipe, stop.Token).Count());
        await using (FileStream writer = await Task.Run(() => File.OpenWrite(pipe)).WaitAsync(s_longest))
        {
            await writer.WriteAsync("salad\n"u8.ToArray());
            await writer.FlushAsync();
            await stop.CancelAsync();

            await Assert.ThrowsAsync<OperationCanceledException>(() => reading.WaitAsync(s_longest));
        }
    }

    [Theory]
    [InlineData("nosuch.txt", "PathNotFound")]
    [InlineData("a\0b", "PathNotFound")]
    [InlineData(".", "PathIsDirectory")]
    public void FilesThatCannotBeReadSayWhy(string name, string errorId) => Assert.Equal(
        errorId, Assert.Throws<OnnxDeepException>(() => WordFile.Read(_directory.Path + "/" + name).Count()).ErrorId);

    [Fact]
    public void OutputThatCannotBeWrittenIsATypedError()
    {
        string file = _directory.Write("file", "in the way");

        OnnxDeepException error = Assert.Throws<OnnxDeepException>(
            () => AtomicFile.Write(Path.Combine(file, "below"), _ => { }));
        Assert.Equal("OutputNotWritable", error.ErrorId);
    }

    // To open a pipe for writing waits until somebody reads it.
    private static async Task WriteTo(string pipe, params string[] parts)
    {
        await using FileStream writer = await Task.Run(() => File.OpenWrite(pipe)).WaitAsync(s_longest);
        foreach (string part in parts)
        {
            await writer.WriteAsync(System.Text.Encoding.UTF8.GetBytes(part));
            await writer.FlushAsync();
        }
    }
}
