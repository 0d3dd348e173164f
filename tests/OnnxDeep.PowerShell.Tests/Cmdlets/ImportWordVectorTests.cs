using System.Text;

namespace OnnxDeep.Tests.Cmdlets;

public sealed class ImportWordVectorTests(ModuleFixture fixture) : IClassFixture<ModuleFixture>, IDisposable
{
    private const string Text = "salad 1 2 3\nlaptop -1 0.5 4\nice_cream 2 2 2\n";

    private readonly ModuleRunspace _module = fixture.Module;
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void TableIsMadeListedUsedAndRemoved()
    {
        Outcome imported = _module.Invoke("Import-WordVector $args[0] round", _folder.Write("v.txt", Text)).ThrowOnError();
        Outcome listed = _module.Invoke("Get-WordVectorTable round").ThrowOnError();

        Assert.Equal("OnnxDeep.WordVectorTableInfo", imported.Output[0].TypeNames[0]);
        Assert.Equal(imported.Output[0].BaseObject, listed.Output[0].BaseObject);
        object? Value(string name) => listed.Values(name).Single();
        Assert.Equal(("round", 3, 3, 3), (Value("Name"), Value("Keys"), Value("Rows"), Value("Dimensions")));
        Assert.Equal(("v.txt (GloVe text)", 0L, 0L), (Value("Source"), Value("Duplicates"), Value("Skipped")));
        Assert.Equal("Float32", Value("Type")!.ToString());
        Assert.Matches("^[0-9a-f]{64}$", (string)listed.Values("Sha256").Single()!);
        Assert.Equal([-1f, .5f, 4f], (float[])_module.Invoke("Get-WordVector LAPTOP -Vectors round").Values("Vector").Single()!);
        Assert.Equal([true], _module.Invoke("Get-WordVector 'ice cream' -Vectors round").Values("IsKnown"));

        _module.Invoke("Get-WordVectorTable round | Remove-WordVectorTable").ThrowOnError();

        Assert.Equal(["VectorsNotFound"], _module.Invoke("Get-WordVectorTable round").ErrorIds);
    }

    [Theory]
    [InlineData("Import-WordVector $args[0]")]
    [InlineData("Import-WordVector -Path $args[0]")]
    [InlineData("Import-WordVector -LiteralPath $args[0]")]
    [InlineData("$args[0] | Import-WordVector")]
    [InlineData("Get-Item $args[0] | Import-WordVector")]
    [InlineData("[pscustomobject]@{ PSPath = $args[0] } | Import-WordVector")]
    public void SourceIsTakenHoweverItIsGiven(string script)
    {
        // The engine alone has no Get-Item.
        script = script.Replace("Get-Item $args[0]", "[pscustomobject]@{ PSPath = \"FileSystem::$($args[0])\" }", StringComparison.Ordinal);
        string path = _folder.Write($"given{script.GetHashCode(StringComparison.Ordinal):x}.txt", Text);

        Assert.Equal([Path.GetFileNameWithoutExtension(path)], _module.Invoke(script, path).ThrowOnError().Values("Name"));
    }

    [Fact]
    public void OneBadFileLeavesTheOthers()
    {
        string good = _folder.Write("good.txt", Text);
        Outcome outcome = _module.Invoke(
            "Import-WordVector $args -ErrorAction SilentlyContinue -ErrorVariable script:problems; $problems.FullyQualifiedErrorId",
            _folder.Write("bad.bin", [0x80, 4, 1]),
            _folder.File("missing.txt"),
            good);

        Assert.Equal("good", outcome.Values("Name").First());
        Assert.Equal(
            ["VectorsNeedPickle", "FileNotFound"],
            outcome.Output.Skip(1).Select(id => ((string)id.BaseObject).Split(',')[0]));
    }

    [Theory]
    [InlineData("", "VectorsFormatUnknown")]
    [InlineData("5 3\nsalad 1 2 3\n", "VectorsDamaged")]
    [InlineData("salad\0 1 2\n\nb 1 2\n", "VectorsDamaged")]
    [InlineData("salad nan 2\n", "VectorsNotFinite")]
    public void BadSourceHasAnIdAndLeavesNothing(string text, string id)
    {
        Outcome outcome = _module.Invoke("Import-WordVector $args[0] leftover", _folder.Write("v.txt", text));

        Assert.Equal([id], outcome.ErrorIds);
        Assert.DoesNotContain(UserHome.Files("vectors"), file => file.StartsWith("leftover", StringComparison.Ordinal));
    }

    [Fact]
    public void TakenNamesAreKeptUnlessForced()
    {
        string path = _folder.Write("v.txt", Text);
        _module.Invoke("Import-WordVector $args[0] taken", path).ThrowOnError();
        string other = _folder.Write("other.txt", "salad 9 9 9\n");

        Assert.Equal(["VectorsExist"], _module.Invoke("Import-WordVector $args[0] taken", other).ErrorIds);
        Assert.Equal(["VectorsExist"], _module.Invoke("Import-WordVector $args[0] TAKEN", other).ErrorIds);
        Assert.Equal([3], _module.Invoke("Get-WordVectorTable taken").Values("Keys"));
        Assert.Equal([1], _module.Invoke("Import-WordVector $args[0] taken -Force", other).ThrowOnError().Values("Keys"));
        Assert.Equal(["VectorsShipped"], _module.Invoke("Import-WordVector $args[0] wordnet-300d -Force", other).ErrorIds);
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("a/b")]
    [InlineData(" x")]
    [InlineData("x.")]
    [InlineData("a*")]
    [InlineData("..")]
    public void NameThatIsNoFileNameIsRefused(string name) => Assert.Equal(
        ["VectorsNameInvalid"],
        _module.Invoke("Import-WordVector $args[0] -Name $args[1]", _folder.Write("v.txt", Text), name).ErrorIds);

    [Fact]
    public void WhatIfSaysWhatItWouldDoAndDoesNothing()
    {
        Outcome outcome = _module.Invoke("Import-WordVector $args[0] whatif -WhatIf", _folder.Write("v.txt", Text)).ThrowOnError();

        Assert.Empty(outcome.Output);
        Assert.Equal(["VectorsNotFound"], _module.Invoke("Get-WordVectorTable whatif").ErrorIds);
    }

    [Theory]
    [InlineData("None", "Float32")]
    [InlineData("Float16", "Float16")]
    [InlineData("Int8", "Int8")]
    public void QuantizeChoosesHowNumbersAreStored(string quantize, string type)
    {
        Outcome outcome = _module.Invoke(
            "Import-WordVector $args[0] $args[1] -Quantize $args[1] -Limit 2", _folder.Write("v.txt", Text), quantize).ThrowOnError();

        Assert.Equal([2], outcome.Values("Keys"));
        Assert.Equal(type, outcome.Values("Type").Single()!.ToString());
    }

    [Theory]
    [InlineData("windows-1252")]
    [InlineData("1252")]
    [InlineData("Windows-1252")]
    public void EncodingReadsWordsOfAnotherCodePage(string encoding)
    {
        byte[] bytes = CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes("2 2\ncafé 1 2\nœuf 3 4\n");
        string path = _folder.Write("v.txt", bytes);

        Outcome refused = _module.Invoke("Import-WordVector $args[0] enc -Force", path);
        _module.Invoke("Import-WordVector $args[0] enc -Encoding $args[1] -Force", path, encoding).ThrowOnError();

        Assert.Equal(["VectorsEncodingWrong"], refused.ErrorIds);
        Assert.Contains("-Encoding", refused.LastError.ToString(), StringComparison.Ordinal);
        Assert.Equal([true], _module.Invoke("Get-WordVector œuf -Vectors enc").Values("IsKnown"));
    }

    [Fact]
    public void UnknownEncodingIsRefused() => Assert.Equal(
        ["ParameterArgumentTransformationError"],
        _module.Invoke("Import-WordVector $args[0] -Encoding klingon", _folder.Write("v.txt", Text)).ErrorIds);

    [Fact]
    public void WhatIsLeftOutIsCountedAndListed()
    {
        string path = _folder.Write("v.txt", "2 2\na 1 2\na 3 4\nb 1\nc inf 2\nd 1 2\n");
        Outcome outcome = _module.Invoke("Import-WordVector $args[0] counted -Verbose 4>&1", path);

        Assert.Equal(["VectorsNotFinite"], outcome.ErrorIds);
        Assert.Contains(1L, outcome.Values("Duplicates"));
        Assert.Contains(2L, outcome.Values("Skipped"));
        Assert.Equal(4, outcome.Warnings.Count);
        Assert.Contains(outcome.Output, item => item.ToString()!.Contains("Line 4, byte 16: 'b' has 1 number, not 2", StringComparison.Ordinal));
    }

    [Fact]
    public void PatternNeverRemovesWhatCameWithTheModule()
    {
        _module.Invoke("Import-WordVector $args[0] wordlike", _folder.Write("v.txt", Text)).ThrowOnError();

        _module.Invoke("Remove-WordVectorTable word* -WhatIf").ThrowOnError();
        Assert.Contains("wordlike.safetensors", UserHome.Files("vectors"));
        _module.Invoke("Remove-WordVectorTable word*").ThrowOnError();

        Assert.DoesNotContain("wordlike.safetensors", UserHome.Files("vectors"));
        Assert.Equal(["VectorsShipped"], _module.Invoke("Remove-WordVectorTable wordnet-300d").ErrorIds);
        Assert.Contains("wordnet-300d", _module.Invoke("Get-WordVectorTable").ThrowOnError().Values("Name"));
    }

    [Fact]
    public void DamagedTableIsAnErrorAndTheOthersAreListed()
    {
        File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(UserHome.Path, "vectors")).FullName, "broken.safetensors"), "no table");
        Outcome outcome = _module.Invoke("Get-WordVectorTable broken, wordnet*");
        File.Delete(Path.Combine(UserHome.Path, "vectors", "broken.safetensors"));

        Assert.Equal(["VectorsDamaged"], outcome.ErrorIds);
        Assert.Equal(["wordnet-300d"], outcome.Values("Name"));
    }

    [Fact]
    public void ModelRefusesOtherVectorsUnlessForcedAndFindsItsOwn()
    {
        _module.Invoke("Export-WordVector $args[0] -Format SafeTensors -Limit 2000", _folder.File("other.safetensors")).ThrowOnError();
        _module.Invoke("Import-WordVector $args[0] other", _folder.File("other.safetensors")).ThrowOnError();

        Outcome refused = _module.Invoke("Test-FoodWord salad -Vectors other");
        Outcome forced = _module.Invoke("Test-FoodWord water -Vectors other -Force").ThrowOnError();

        Assert.Equal(["VectorsMismatch"], refused.ErrorIds);
        Assert.Contains("'wordnet-300d'", refused.LastError.ToString(), StringComparison.Ordinal);
        Assert.Contains("'other'", refused.LastError.ToString(), StringComparison.Ordinal);
        Assert.Equal([true], forced.Values("IsKnown"));
    }
}
