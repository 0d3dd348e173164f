using System.Globalization;
using System.Text;

namespace OnnxDeep.Tests.Cmdlets;

public sealed class ExportWordVectorTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>, IDisposable
{
    private readonly ModuleRunspace _module = fixture.Module;
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("Word2VecText")]
    [InlineData("GloVe")]
    [InlineData("SafeTensors")]
    [InlineData("Npy")]
    public void WhatIsWrittenComesBackBitByBit(string format)
    {
        var random = new Random(3);
        var text = new StringBuilder();
        for (int i = 0; i < 200; i++)
        {
            // Any bits that are a float of ordinary size.
            IEnumerable<string> numbers = Enumerable.Range(0, 7).Select(_ =>
                BitConverter.Int32BitsToSingle(random.Next(0x2F000000, 0x4F000000) ^ (random.Next(2) << 31)).ToString("R", CultureInfo.InvariantCulture));
            text.Append(CultureInfo.InvariantCulture, $"wörd{i} {string.Join(' ', numbers)}\n");
        }

        _module.Invoke("Import-WordVector $args[0] $args[1] -Force", _folder.Write("v.txt", text.ToString()), $"from{format}").ThrowOnError();
        string path = _folder.File($"out.{format}");
        Outcome written = _module.Invoke("Export-WordVector $args[0] $args[1] -Format $args[2]", path, $"from{format}", format).ThrowOnError();
        _module.Invoke("Import-WordVector $args[0] $args[1] -Force", path, $"to{format}").ThrowOnError();

        Assert.Equal(format == "Npy" ? 2 : 1, written.Output.Count);
        string[] words = [.. Enumerable.Range(0, 200).Select(i => $"wörd{i}")];
        Assert.Equal(
            _module.Invoke($"$input | Get-WordVector -Vectors from{format}", words, []).ThrowOnError().Values("Vector"),
            _module.Invoke($"$input | Get-WordVector -Vectors to{format}", words, []).ThrowOnError().Values("Vector"));
    }

    [Fact]
    public void BlanksBecomeUnderscoresUnlessKept()
    {
        string path = _folder.File("o.txt");
        _module.Invoke("Import-WordVector $args[0] blanks -Force", _folder.Write("v.txt", "a 1.5 2.5\nice cream 3.5 4.5\nnew york 5.5 6.5\nnew_york 7.5 8.5\n")).ThrowOnError();

        Outcome joined = _module.Invoke("Export-WordVector $args[0] blanks", path).ThrowOnError();
        Assert.Equal(["3 2", "a 1.5 2.5", "ice_cream 3.5 4.5", "new_york 7.5 8.5"], File.ReadAllLines(path));
        Assert.Equal(2, joined.Warnings.Count);

        _module.Invoke("Export-WordVector $args[0] blanks -KeepBlank -Format GloVe", path).ThrowOnError();
        Assert.Equal(["a 1.5 2.5", "ice cream 3.5 4.5", "new york 5.5 6.5", "new_york 7.5 8.5"], File.ReadAllLines(path));
    }

    [Fact]
    public void WordsOfTheShippedTableCanBeReadByOthers()
    {
        string path = _folder.File("o.txt");
        _module.Invoke("Export-WordVector $args[0] -Limit 500", path).ThrowOnError();
        string[] lines = File.ReadAllLines(path);

        Assert.Equal("500 300", lines[0]);
        Assert.Equal(501, lines.Length);
        Assert.All(lines[1..], line => Assert.Equal(301, line.Split(' ').Length));
    }

    [Fact]
    public void FileThatIsThereStaysWithNoClobber()
    {
        string path = _folder.Write("o.txt", "mine");

        Assert.Equal(["FileExists"], _module.Invoke("Export-WordVector $args[0] -NoClobber", path).ErrorIds);
        Assert.Equal("mine", File.ReadAllText(path));
    }

    [Fact]
    public void WhatIfWritesNothing()
    {
        _module.Invoke("Export-WordVector $args[0] -WhatIf", _folder.File("o.txt")).ThrowOnError();

        Assert.False(File.Exists(_folder.File("o.txt")));
    }

    [Fact]
    public void PlaceThatCannotBeWrittenIsNamed() => Assert.Equal(
        ["OutputNotWritable"],
        _module.Invoke("Export-WordVector $args[0]", Path.Combine(_folder.Write("file", "x"), "below.txt")).ErrorIds);
}
