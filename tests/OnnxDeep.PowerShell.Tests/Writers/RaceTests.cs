namespace OnnxDeep.Tests.Writers;

/// <summary>Several processes write at the same time.</summary>
[Trait("Culture", "Any")]
public sealed class RaceTests : IDisposable
{
    private static readonly string[] s_refusals = ["FileExists", "VectorsExist"];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task OneOfSeveralProcessesWritesTheFileThatMustNotBeReplacedAndNoOtherWriteFails()
    {
        int processes = LongRun.Factor == 1 ? 2 : 3;
        int imports = Math.Min(10 * LongRun.Factor, 400);
        int rounds = LongRun.Factor;
        _directory.Write("tiny.txt", "salad 1 2\nlaptop 3 4\n");
        WriterShell.WriteSources(_directory.Path, 100);

        string[][] lines = await Task.WhenAll(Enumerable.Range(1, processes).Select(async process =>
        {
            using WriterShell shell = await WriterShell.StartAsync(
                _directory.Path, "Race.ps1", $"{process}", $"{processes}", $"{imports}", $"{rounds}");
            List<string> all = await shell.ReadToAsync(string.Empty);
            await shell.FinishAsync();
            return all.ToArray();
        }));

        ILookup<string, string> outcomes = lines.SelectMany(all => all).Select(line => line.Split('|'))
            .ToLookup(parts => $"{parts[0]}|{parts[1]}", parts => parts[2]);
        Assert.Equal(imports + (rounds * 40), outcomes.Count);
        Assert.All(outcomes, outcome =>
        {
            Assert.Equal(processes, outcome.Count());
            bool isShared = !outcome.Key.StartsWith("own|", StringComparison.Ordinal)
                && !outcome.Key.Contains(", replaced|", StringComparison.Ordinal);
            Assert.Equal(isShared ? 1 : processes, outcome.Count(text => text == "won"));
            Assert.Empty(outcome.Where(text => text != "won").Except(s_refusals));
        });
        Assert.Equal(
            processes * imports, Directory.GetFiles(_directory.File("home/vectors"), "own-*.safetensors").Length);
    }
}
