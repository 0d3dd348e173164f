using System.Text;
using OnnxDeep.Words.Formats;
using OnnxDeep.Words.Formats.Arrays;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.Words.Formats;

public sealed class NpyVectorReaderTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("<f4", 1)]
    [InlineData(">f4", 2)]
    [InlineData("<f2", 3)]
    [InlineData(">f2", 1)]
    [InlineData("<f8", 1)]
    [InlineData(">f8", 2)]
    public void NumbersOfEveryFloatTypeAreRead(string type, byte version)
    {
        float[] values = [1, -2, 0.5f, 1024];
        byte[] data = [.. values.SelectMany(value => Encode(value, type))];
        _directory.Write("v.txt", "tea\r\ncoffee");

        using var imported = new ImportedTable(
            _directory.Write("v.npy", SpacyModel.Npy($"'{type}'", [2, 2], data, "False", version)));

        Assert.Equal("NumPy array", imported.Result.Format);
        Assert.Equal(["tea", "coffee"], imported.Keys);
        Assert.Equal([1, -2], imported.Vector("tea"));
        Assert.Equal([0.5f, 1024], imported.Vector("coffee"));
    }

    [Theory]
    [InlineData("v.txt")]
    [InlineData("v.words")]
    [InlineData("v.vocab")]
    [InlineData("v.vocab.txt")]
    [InlineData("vocab.txt")]
    [InlineData("words.txt")]
    public void ListIsFoundBesideTheFile(string list)
    {
        _directory.Write(list, "tea\ncoffee\n\n");
        string path = _directory.Write("v.npy.gz", SpacyModel.Gzip(Sound()));

        using var imported = new ImportedTable(path);

        Assert.Equal(("v", 2), (imported.Result.Name, imported.Result.Keys));
    }

    [Theory]
    [InlineData("tea\rcoffee\r", "tea", "coffee")]
    [InlineData("tea\rcoffee", "tea", "coffee")]
    [InlineData("te\ra\nco\u2028f\vfee\n", "te\ra", "co\u2028f\vfee")]
    public void ListEndsItsLinesWithReturnsOnlyWithoutLineFeeds(string list, params string[] words)
    {
        _directory.Write("v.txt", list);

        using var imported = new ImportedTable(_directory.Write("v.npy", Sound()));

        Assert.Equal(words, imported.Keys);
    }

    [Fact]
    public void ListThatIsNamedIsReadInItsEncoding()
    {
        string list = _directory.Write("liste", Encoding.Latin1.GetBytes("café\nthé\n"));
        string path = _directory.Write("v.npy", Sound());

        using var imported = new ImportedTable(
            path, new ImportOptions { WordListPath = list, Encoding = Encoding.Latin1 });
        FileFormatException error = ImportedTable.Error(path, new ImportOptions { WordListPath = list });

        Assert.Equal(["café", "thé"], imported.Keys);
        Assert.Equal(("VectorsEncodingWrong", list, 0), (error.ErrorId, error.Path, error.Offset));
    }

    [Fact]
    public void MissingListSaysWhatWasLookedFor()
    {
        FileFormatException error = ImportedTable.Error(_directory.Write("v.npy", Sound()));

        Assert.Equal("WordListMismatch", error.ErrorId);
        Assert.Contains(
            "v.txt, v.words, v.vocab, v.vocab.txt, vocab.txt, words.txt", error.Message, StringComparison.Ordinal);
        Assert.Contains("one word per line", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tea\n", 1)]
    [InlineData("", 0)]
    [InlineData("tea\ncoffee\nmilk\n", 3)]
    [InlineData("tea\ncoffee\n\nmilk\n", 3)]
    public void ListOfAnotherLengthNamesBothNumbers(string list, int words)
    {
        _directory.Write("v.txt", list);
        _directory.Write("v.npy", Sound());
        foreach (int? limit in new int?[] { null, 1 })
        {
            FileFormatException error = ImportedTable.Error(
                _directory.File("v.npy"), new ImportOptions { Limit = limit });

            Assert.Equal(("WordListMismatch", _directory.File("v.txt")), (error.ErrorId, error.Path));
            Assert.Contains($"2 words, one for each vector, found {words}", error.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("'<i4'", "False", "VectorsFormatUnknown")]
    [InlineData("'<c8'", "False", "VectorsFormatUnknown")]
    [InlineData("[('a', '<f4')]", "False", "VectorsFormatUnknown")]
    [InlineData("'|O'", "False", "VectorsNeedPickle")]
    [InlineData("'<f4'", "Maybe", "VectorsDamaged")]
    public void OtherArraysAreRefused(string type, string order, string id)
    {
        _directory.Write("v.txt", "tea\ncoffee\n");

        Assert.Equal(
            id,
            ImportedTable.Error(_directory.Write("v.npy", SpacyModel.Npy(type, [2, 2], new byte[16], order))).ErrorId);
    }

    [Theory]
    [InlineData("4", "VectorsFormatUnknown")]
    [InlineData("1, 2, 2", "VectorsFormatUnknown")]
    [InlineData("0, 2", "VectorsFormatUnknown")]
    [InlineData("-1, 2", "VectorsDamaged")]
    [InlineData("9223372036854775807, 2", "VectorsDamaged")]
    [InlineData("99999999999999999999, 2", "VectorsDamaged")]
    [InlineData("2147483646, 65536", "VectorsDamaged")]
    [InlineData("1, 65537", "VectorsDamaged")]
    public void ShapeThatIsNoMatrixOfTheFileIsRefused(string shape, string id)
    {
        _directory.Write("v.txt", "tea\ncoffee\n");
        string text = Encoding.Latin1.GetString(Sound()).Replace("2, 2, ", shape + ", ", StringComparison.Ordinal);
        byte[] bytes = Encoding.Latin1.GetBytes(text);
        bytes[8] = (byte)(text.IndexOf('\n', StringComparison.Ordinal) + 1 - 10);

        Assert.Equal(id, ImportedTable.Error(_directory.Write("v.npy", bytes)).ErrorId);
        Assert.Equal(id, ImportedTable.Error(_directory.Write("v.npy.gz", SpacyModel.Gzip(bytes))).ErrorId);
    }

    [Theory]
    [InlineData("<f4", false)]
    [InlineData(">f8", true)]
    [InlineData("<f2", false)]
    public void ColumnsInFortranOrderAreRead(string type, bool isPacked)
    {
        float[] columns = [1, 3, 5, -2, 4, 0.5f];
        byte[] array = SpacyModel.Npy(
            $"'{type}'", [3, 2], [.. columns.SelectMany(value => Encode(value, type))], "True");
        _directory.Write("v.txt", "tea\ncoffee\nmilk\n");

        using var imported = new ImportedTable(
            _directory.Write("v.npy", isPacked ? SpacyModel.Gzip(array) : array));

        Assert.Equal([1, -2], imported.Vector("tea"));
        Assert.Equal([3, 4], imported.Vector("coffee"));
        Assert.Equal([5, 0.5f], imported.Vector("milk"));
        Assert.Equal(0, imported.Result.Unread);
    }

    [Fact]
    public void LargeArrayInFortranOrderIsReadInBlocks()
    {
        const int Rows = 150_000;
        const int Columns = 10;
        float[] values =
            [.. Enumerable.Range(0, Rows * Columns).Select(i => (float)((i % Rows * Columns) + (i / Rows)))];
        byte[] array = [.. SpacyModel.Npy("'<f4'", [Rows, Columns], SpacyModel.Floats(values), "True"), 1, 2, 3];

        FloatRows rows = NpyFile.Open(new MemoryStream(array), "v.npy");
        float[] row = new float[Columns];
        for (int i = 0; i < Rows; i++)
        {
            rows.Read(row);
            Assert.True(row[0] == i * Columns && row[^1] == (i * Columns) + Columns - 1, $"Row {i}.");
        }

        Assert.Equal(3, rows.SkipRest(TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("False")]
    [InlineData("True")]
    public void FirstOfSeveralArraysIsReadAndTheRestCounted(string order)
    {
        byte[] array = SpacyModel.Npy("'<f4'", [2, 2], SpacyModel.Floats(1, 2, 2, 1), order);
        byte[] other = SpacyModel.Npy("'<f4'", [2, 2], SpacyModel.Floats(5, 6, 7, 8));
        _directory.Write("v.txt", "tea\ncoffee\n");

        using var imported = new ImportedTable(_directory.Write("v.npy", [.. array, .. other]));
        using var packed = new ImportedTable(_directory.Write("v.npy.gz", SpacyModel.Gzip([.. array, .. other])));

        Assert.Equal([1, 2], imported.Vector("tea"));
        Assert.Equal((other.Length, other.Length), (imported.Result.Unread, packed.Result.Unread));
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void ListInUtf16IsRead(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        string path = _directory.Write("v.npy", Sound());
        _directory.Write("v.txt", [.. encoding.GetPreamble(), .. encoding.GetBytes("thé\r\ncafé\r\n")]);
        using var marked = new ImportedTable(path, new ImportOptions { Encoding = Encoding.Latin1 });
        Assert.Equal(["thé", "café"], marked.Keys);

        _directory.Write("v.txt", encoding.GetBytes("thé\r\ncafé\r\n"));
        using var named = new ImportedTable(path, new ImportOptions { Encoding = encoding });
        Assert.Equal(["thé", "café"], named.Keys);
    }

    [Fact]
    public void ListWithCarriageReturnsAloneIsRead()
    {
        _directory.Write("v.txt", "tea\rcoffee\r");

        using var imported = new ImportedTable(_directory.Write("v.npy", Sound()));

        Assert.Equal(["tea", "coffee"], imported.Keys);
    }

    [Fact]
    public void FileCutShortAtAnyLengthIsAnError()
    {
        _directory.Write("v.txt", "tea\ncoffee\n");
        byte[] sound = Sound();
        byte[] packed = SpacyModel.Gzip(sound);
        for (int length = 0; length < sound.Length; length++)
        {
            string id = ImportedTable.Error(_directory.Write("v.npy", sound[..length])).ErrorId;
            Assert.True(id == "VectorsDamaged" || length < 6, $"{id} at {length}.");
        }

        for (int length = 3; length < packed.Length; length++)
        {
            string id = ImportedTable.Error(_directory.Write("v.npy.gz", packed[..length])).ErrorId;
            Assert.True(id == "VectorsDamaged", $"{id} at {length}.");
        }
    }

    [Fact]
    public void HeaderLongerThanAnyIsRefused()
    {
        byte[] bytes = [0x93, .. "NUMPY"u8, 2, 0, 0xFF, 0xFF, 0xFF, 0x7F, .. "{'descr': "u8];

        Assert.Equal("VectorsDamaged", ImportedTable.Error(_directory.Write("v.npy", bytes)).ErrorId);
    }

    [Fact]
    public void VectorWithoutNumbersIsLeftOutAndTold()
    {
        _directory.Write("v.txt", "tea\ncoffee\n");
        string path = _directory.Write("v.npy", SpacyModel.Npy("'<f4'", [2, 2], SpacyModel.Floats(1, float.NaN, 3, 4)));

        using var imported = new ImportedTable(path);

        Assert.Equal(["coffee"], imported.Keys);
        Assert.Equal(
            (path, "tea", 1),
            (imported.Result.NotFiniteError!.Path, imported.Result.Skipped[0].Key, imported.Result.Skipped[0].Line));
    }

    [Fact]
    public void DamagedArraysGiveTheTypedError()
    {
        byte[] list = "tea\ncoffee\n"u8.ToArray();
        SourceFuzzer.Run(
            5,
            new FuzzSeed(new Dictionary<string, byte[]> { ["v.npy"] = Sound(), ["v.txt"] = list }, "v.npy"),
            new FuzzSeed(
                new Dictionary<string, byte[]>
                {
                    ["v.npy"] = SpacyModel.Npy("'>f8'", [2, 1], new byte[16], version: 2), ["words.txt"] = list,
                },
                "v.npy") { Options = new ImportOptions { ElementType = VectorElementType.Int8 } },
            new FuzzSeed(
                new Dictionary<string, byte[]> { ["v.gz"] = SpacyModel.Gzip(Sound()), ["v.txt"] = list }, "v.gz"));
    }

    private static byte[] Sound() => SpacyModel.Npy("'<f4'", [2, 2], SpacyModel.Floats(1, 2, 3, 4));

    private static byte[] Encode(float value, string type)
    {
        byte[] bytes = type[2] switch
        {
            '2' => BitConverter.GetBytes((Half)value),
            '4' => BitConverter.GetBytes(value),
            _ => BitConverter.GetBytes((double)value),
        };
        return type[0] == '>' ? [.. bytes.Reverse()] : bytes;
    }
}
