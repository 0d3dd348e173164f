using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using OnnxDeep.Numerics;
using OnnxDeep.Words.Formats;
using OnnxDeep.Words.Formats.Spacy;

namespace OnnxDeep.Tests.Words.Formats;

public sealed class SpacyReaderTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void FolderThatSpacyWroteKeepsItsWordsAndRows()
    {
        string folder = TestData.Find("vectors", "spacy-sense2vec");
        byte[] file = File.ReadAllBytes(Path.Combine(folder, "vectors"));
        float[] rows = MemoryMarshal.Cast<byte, float>(file.AsSpan(0x80)).ToArray();

        using var imported = new ImportedTable(folder);

        Assert.Equal(("spaCy vectors", "spacy-sense2vec"), (imported.Result.Format, imported.Result.Name));
        Assert.Equal(
            (5, 5, 128, 0),
            (imported.Result.Keys, imported.Result.Rows, imported.Result.Dimensions, imported.Result.Nameless));
        string[] strings = JsonSerializer.Deserialize<string[]>(
            File.ReadAllBytes(Path.Combine(folder, "strings.json")))!;
        Assert.Equal(strings.Order(StringComparer.Ordinal), imported.Keys.Order(StringComparer.Ordinal));
        for (int i = 0; i < 5; i++)
        {
            Assert.Equal(rows[(i * 128)..((i + 1) * 128)], imported.Vector(imported.Keys[i]));
        }
    }

    // The digest is that of the lines "key row" from Python's msgpack.
    [Theory]
    [MemberData(nameof(ForeignKeys))]
    public void Key2RowOfOtherProgramsIsReadWhole(string file, int count, int rows, string digest)
    {
        byte[] bytes = File.ReadAllBytes(ForeignVectors.Find(file));

        SpacyKeys keys = SpacyKeys.ReadKey2Row(bytes, "key2row", rows);

        Assert.Equal(count, keys.Hashes.Length);
        var lines = new StringBuilder();
        for (int i = 0; i < count; i++)
        {
            lines.Append(CultureInfo.InvariantCulture, $"{keys.Hashes[i]} {keys.Rows[i]}\n");
        }

        byte[] read = SHA256.HashData(Encoding.UTF8.GetBytes(lines.ToString()));
        Assert.Equal(digest, Convert.ToHexStringLower(read));
        Assert.Throws<FileFormatException>(() => SpacyKeys.ReadKey2Row(bytes, "key2row", rows - 1));
    }

    public static TheoryData<string, int, int, string> ForeignKeys()
    {
        var keys = new TheoryData<string, int, int, string>
        {
            { "srsly.key2row", 600, 100_000, "a09303996d1a4e88d0c9945ea73a4955b5126d4d8f84d1f54184cf175658c2fa" },
        };
        if (ForeignVectors.HasMore)
        {
            const string Digest = "46e16b86c213c417887b38364c3c43bb10960ba94d8bfb25a98aac1e33a72e21";
            keys.Add("spacy-v2.key2row", 179_128, 179_631, Digest);
        }

        return keys;
    }

    [Theory]
    [InlineData("")]
    [InlineData("vocab/")]
    [InlineData("any name/vocab/")]
    [InlineData("en_core_web_md/en_core_web_md-3.7.1/vocab/")]
    public void KeysShareRowsSymbolsAreNamedAndHashesAreFound(string place)
    {
        using var imported = new ImportedTable(SpacyModel.Write(_directory, SpacyModel.Files(place)));

        AssertModel(imported);
    }

    [Fact]
    public void VectorsMayLieInAFolderOfTheirOwnInTheVocab()
    {
        Dictionary<string, byte[]> files = SpacyModel.Files("vocab/vectors/");
        files["vocab/strings.json"] = files["vocab/vectors/strings.json"];
        files.Remove("vocab/vectors/strings.json");

        using var imported = new ImportedTable(SpacyModel.Write(_directory, files));

        AssertModel(imported);
    }

    [Theory]
    [InlineData("en_core_web_md-3.7.1-py3-none-any.whl")]
    [InlineData("en_core_web_md-3.7.1.tar")]
    [InlineData("en_core_web_md-3.7.1.tar.gz")]
    public void ReleasedFileIsReadInPlace(string name)
    {
        const string root = "en_core_web_md-3.7.1/en_core_web_md/en_core_web_md-3.7.1/";
        Dictionary<string, byte[]> files = SpacyModel.Files($"{root}vocab/");
        files[$"{root}meta.json"] =
            """{"lang":"en","name":"core_web_md","spacy_version":">=3.7.2,<3.8.0"}"""u8.ToArray();
        files["en_core_web_md-3.7.1/setup.py"] = "print()"u8.ToArray();
        byte[] bytes = name.EndsWith("whl", StringComparison.Ordinal) ? SpacyModel.Zip(files) : SpacyModel.Tar(files);

        using var imported = new ImportedTable(
            _directory.Write(name, name.EndsWith("gz", StringComparison.Ordinal) ? SpacyModel.Gzip(bytes) : bytes));

        AssertModel(imported);
        Assert.Equal("en_core_web_md", imported.Result.Name);
    }

    [Theory]
    [InlineData(">=2.0.0a18", 445, "root")]
    [InlineData(">=2.0.0a18", 449, "LANG")]
    [InlineData(">=2.1.0", 449, "root")]
    [InlineData(">=2.3.0,<2.4.0", 456, "")]
    [InlineData(">=3.0.0,<3.1.0", 432, "number")]
    [InlineData(">=3.7.2,<3.8.0", 456, "_")]
    [InlineData(">=3.7.2,<3.8.0", 92, "NOUN")]
    public void SymbolHasTheNameOfItsVersion(string version, int id, string name)
    {
        Dictionary<string, byte[]> files = SpacyModel.Files("vocab/");
        files["vocab/key2row"] = SpacyModel.Key2Row(((ulong)id, 0));
        files["meta.json"] = Encoding.UTF8.GetBytes($$"""{"lang":"en","name":"x","spacy_version":"{{version}}"}""");

        using var imported = new ImportedTable(SpacyModel.Write(_directory, files));

        Assert.Equal([name], imported.Keys);
    }

    [Fact]
    public void LimitTakesTheFirstRowsAndTheKeysOnThem()
    {
        using var imported = new ImportedTable(
            SpacyModel.Write(_directory, SpacyModel.Files()), new ImportOptions { Limit = 1 });

        Assert.Equal(1, imported.Result.Rows);
        Assert.Equal(["coffee", "café"], imported.Keys);
    }

    [Fact]
    public void RowWithoutNumbersIsLeftOutWithItsKeys()
    {
        Dictionary<string, byte[]> files = SpacyModel.Files();
        files["vectors"] = SpacyModel.Npy("'<f4'", [3, 2], SpacyModel.Floats(float.NaN, 2, 3, 4, 5, 6));

        using var imported = new ImportedTable(SpacyModel.Write(_directory, files));

        Assert.Equal((1, 2), (imported.Result.NotFinite, imported.Result.Rows));
        Assert.Equal(["tea", "", "root"], imported.Keys);
        Assert.Equal([3, 4], imported.Vector("tea"));
        Assert.Equal([5, 6], imported.Vector("hidden"));
        Assert.Equal(_directory.File("vectors"), imported.Result.NotFiniteError!.Path);
    }

    [Fact]
    public void FirstOfTwoEqualKeysWinsAndIsCounted()
    {
        Dictionary<string, byte[]> files = SpacyModel.Files();
        files["key2row"] = SpacyModel.Key2Row(
            (SpacyModel.Hash("tea"), 1), (SpacyModel.Hash("tea"), 2), (999, 0), (999, 1));

        using var imported = new ImportedTable(SpacyModel.Write(_directory, files));

        Assert.Equal((2, 2, 1), (imported.Result.Duplicates, imported.Result.Keys, imported.Result.Nameless));
        Assert.Equal([3, 4], imported.Vector("tea"));
    }

    [Fact]
    public void OlderFileOfKeysGivesEachRowItsHash()
    {
        Dictionary<string, byte[]> files = SpacyModel.Files();
        files.Remove("key2row");
        string[] words = ["tea", "coffee", "café"];
        byte[] hashes = [.. words.SelectMany(word => BitConverter.GetBytes(SpacyModel.Hash(word)))];
        files["keys"] = SpacyModel.Npy("'<u8'", [3], hashes);

        using var imported = new ImportedTable(SpacyModel.Write(_directory, files));

        Assert.Equal(words, imported.Keys);
        Assert.Equal([5, 6], imported.Vector("café"));
    }

    [Theory]
    [InlineData("vectors")]
    [InlineData("key2row")]
    [InlineData("strings.json")]
    [InlineData("vectors.cfg")]
    public void FileCutShortAtAnyLengthIsReportedDamaged(string name)
    {
        byte[] bytes = SpacyModel.Files()[name];
        SpacyModel.Write(_directory, SpacyModel.Files());
        for (int length = 0; length < bytes.Length; length++)
        {
            _directory.Write(name, bytes[..length]);

            FileFormatException error = ImportedTable.Error(_directory.Path);

            Assert.Equal("VectorsDamaged", error.ErrorId);
            Assert.Equal(_directory.File(name), error.Path);
            Assert.InRange(error.Offset!.Value, 0, bytes.Length);
        }
    }

    [Theory]
    [InlineData(new byte[] { 0xDF, 0xFF, 0xFF, 0xFF, 0xFF })]
    [InlineData(new byte[] { 0xDF, 0x7F, 0xFF, 0xFF, 0xFF, 1, 1 })]
    [InlineData(new byte[] { 0x81, 1, 3 })]
    [InlineData(new byte[] { 0x81, 1, 0xFE })]
    [InlineData(new byte[] { 0x81, 0xFF, 1 })]
    [InlineData(new byte[] { 0x81, 0xA1, 0x61, 1 })]
    [InlineData(new byte[] { 0x81, 1, 1, 1 })]
    [InlineData(new byte[] { 0x92, 1, 1 })]
    public void Key2RowThatMakesNoSenseIsReportedDamaged(byte[] key2row)
    {
        Dictionary<string, byte[]> files = SpacyModel.Files();
        files["key2row"] = key2row;

        Assert.Equal("VectorsDamaged", ImportedTable.Error(SpacyModel.Write(_directory, files)).ErrorId);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("[[\"a\"]]")]
    [InlineData("\"coffee\"")]
    public void StringsThatAreNoListOfStringsAreReportedDamaged(string json)
    {
        Dictionary<string, byte[]> files = SpacyModel.Files();
        files["strings.json"] = Encoding.UTF8.GetBytes(json);

        Assert.Equal("VectorsDamaged", ImportedTable.Error(SpacyModel.Write(_directory, files)).ErrorId);
    }

    [Fact]
    public void HalfOfASurrogatePairIsNotAWordAndTheOthersAre()
    {
        Dictionary<string, byte[]> files = SpacyModel.Files();
        files["strings.json"] = Encoding.UTF8.GetBytes("[\"\\ud800\",\"coffee\",\"tea\",\"caf\\u00e9\"]");

        using var imported = new ImportedTable(SpacyModel.Write(_directory, files));

        AssertModel(imported);
    }

    [Fact]
    public void StringsOfManyPiecesAndEscapesAreHashedAsTheyRead()
    {
        string[] many = [.. Enumerable.Range(0, 20_000).Select(i => $"word \"é\\ \U0001F375 {i}")];
        Dictionary<string, byte[]> files = SpacyModel.Files();
        files["strings.json"] = JsonSerializer.SerializeToUtf8Bytes(many);
        files["key2row"] = SpacyModel.Key2Row([.. many.Select((word, i) => (SpacyModel.Hash(word), i % 3))]);

        using var imported = new ImportedTable(SpacyModel.Write(_directory, files));

        Assert.Equal(many, imported.Keys);
        Assert.Equal(0, imported.Result.Nameless);
    }

    [Theory]
    [InlineData(new byte[] { 0xE9, 0x74 }, "VectorsEncodingWrong", "Specify the encoding")]
    [InlineData(new byte[] { 0x61, 0x00 }, "VectorsDamaged", "NUL")]
    public void KeyThatIsNoTextIsRefused(byte[] key, string id, string told)
    {
        Dictionary<string, byte[]> files = SpacyModel.Files();
        files["key2row"] = SpacyModel.Key2Row((WordHash.Murmur64A(key), 0));
        files["strings.json"] = key[1] == 0 ? "[\"a\\u0000\"]"u8.ToArray() : [.. "[\""u8, .. key, .. "\"]"u8];

        FileFormatException error = ImportedTable.Error(SpacyModel.Write(_directory, files));

        Assert.Equal(id, error.ErrorId);
        Assert.Contains(told, error.Message, StringComparison.Ordinal);
        Assert.Equal(_directory.File("strings.json"), error.Path);
        files["key2row"] = SpacyModel.Key2Row((WordHash.Murmur64A(key), 0), (449, 1));
        using var imported = new ImportedTable(SpacyModel.Write(_directory, files));
        Assert.Equal(["root"], imported.Keys);
        Assert.Equal((1L, 1L), (imported.Result.Invalid, imported.Table.Skipped));
    }

    [Fact]
    public void PickleIsNeverRead()
    {
        Dictionary<string, byte[]> files = SpacyModel.Files();
        files["vectors"] = SpacyModel.Npy("'|O'", [3, 2], [0x80, 0x04, 0x95]);
        Assert.Equal("VectorsNeedPickle", ImportedTable.Error(SpacyModel.Write(_directory, files)).ErrorId);

        files["vectors"] = [0x80, 0x04, 0x95, 0, 0];
        Assert.Equal("VectorsNeedPickle", ImportedTable.Error(SpacyModel.Write(_directory, files)).ErrorId);

        using var other = new TemporaryDirectory();
        other.Write("vectors.pkl", [0x80, 0x04]);
        Assert.Equal("VectorsNeedPickle", ImportedTable.Error(other.Path).ErrorId);
    }

    [Fact]
    public void ModelWithoutVectorsAndFolderWithoutModelSaySo()
    {
        Dictionary<string, byte[]> files = SpacyModel.Files();
        files["vectors"] = SpacyModel.Npy("'<f4'", [0, 0], []);
        files["key2row"] = [0x80];
        FileFormatException none = ImportedTable.Error(SpacyModel.Write(_directory, files));
        Assert.Equal("VectorsFormatUnknown", none.ErrorId);
        Assert.Contains("_sm", none.Message, StringComparison.Ordinal);

        using var other = new TemporaryDirectory();
        Assert.Equal("VectorsFormatUnknown", ImportedTable.Error(other.Path).ErrorId);
    }

    [Fact]
    public void TwoModelsSideBySideAreAmbiguous()
    {
        SpacyModel.Write(_directory, SpacyModel.Files("a/vocab/"));
        SpacyModel.Write(_directory, SpacyModel.Files("b/vocab/"));

        FileFormatException error = ImportedTable.Error(_directory.Path);

        Assert.Equal("VectorsAmbiguous", error.ErrorId);
        Assert.Contains("'a/vocab/vectors', 'b/vocab/vectors'", error.Message, StringComparison.Ordinal);
    }

    private static void AssertModel(ImportedTable imported)
    {
        Assert.Equal("spaCy vectors", imported.Result.Format);
        Assert.Equal(["coffee", "tea", "café", "", "root"], imported.Keys);
        Assert.Equal((3, 2, 1), (imported.Result.Rows, imported.Result.Dimensions, imported.Result.Nameless));
        Assert.Equal([1, 2], imported.Vector("coffee"));
        Assert.Equal([1, 2], imported.Vector("café"));
        Assert.Equal([3, 4], imported.Vector("root"));
        Assert.Equal([5, 6], imported.Vector("hidden"));
        Assert.False(imported.Table.TryGetRow("unset", out _));
    }
}
