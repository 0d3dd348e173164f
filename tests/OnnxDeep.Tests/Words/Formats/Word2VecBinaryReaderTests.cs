using System.Runtime.InteropServices;
using System.Text;
using OnnxDeep.Words.Formats;

namespace OnnxDeep.Tests.Words.Formats;

public sealed class Word2VecBinaryReaderTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    public void BothWritersFilesAreRead(string end)
    {
        using ImportedTable imported = Import(File(4, end, "tea", "größe", "кот", "</s>"));

        Assert.Equal("word2vec binary", imported.Result.Format);
        Assert.Equal(["tea", "größe", "кот", "</s>"], imported.Keys);
        Assert.Equal(Vector(2, 4), imported.Vector("кот"));
    }

    [Fact]
    public void GensimsBinaryIsWhatItsTextSays()
    {
        using var text = new ImportedTable(TestData.Find("vectors", "word2vec.txt"));

        using var imported = new ImportedTable(TestData.Find("vectors", "word2vec.bin"));

        Assert.Equal(("word2vec binary", "word2vec text"), (imported.Result.Format, text.Result.Format));
        Assert.Equal(14, imported.Keys.Length);
        Assert.Equal(text.Keys, imported.Keys);
        Assert.All(imported.Keys, key => Assert.Equal(text.Vector(key), imported.Vector(key)));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    public void WordsWithBlanksAreToldByWhatFollows(string end)
    {
        string[] words = ["New York", "tea", "a b c", "São Paulo", "x y", "Sri Jayawardenepura Kotte"];

        using ImportedTable imported = Import(File(40, end, words));

        Assert.Equal(words, imported.Keys);
        Assert.All(words, word => Assert.Equal(Vector(Array.IndexOf(words, word), 40), imported.Vector(word)));
    }

    [Fact]
    public void NumbersThatLookLikeTextAreNumbers()
    {
        // The first vector begins with the bytes "ab c", which look like the end of a word to a reader that does not
        // look further.
        byte[] numbers = [.. "ab c"u8, .. MemoryMarshal.AsBytes<float>(Vector(1, 7))];
        byte[] file = [.. "2 8\ntea "u8, .. numbers, .. "coffee "u8, .. numbers];

        using ImportedTable imported = Import(file);

        Assert.Equal(["tea", "coffee"], imported.Keys);
        Assert.Equal(numbers, MemoryMarshal.AsBytes<float>(imported.Vector("tea")).ToArray());
    }

    [Fact]
    public void FirstOfEqualKeysWinsAndEmptyOnesAreLeftOut()
    {
        using ImportedTable imported = Import(File(4, "\n", "tea", "coffee", "tea", ""));

        Assert.Equal((2, 1L, 1L), (imported.Result.Keys, imported.Result.Duplicates, imported.Result.Ragged));
        Assert.Equal(Vector(0, 4), imported.Vector("tea"));
    }

    [Fact]
    public void VectorsWithoutFiniteNumbersAreLeftOutAndTold()
    {
        byte[] file =
        [
            .. "3 2\na "u8, .. Bytes(1, float.NaN), .. "b "u8, .. Bytes(1, 2), .. "c "u8,
            .. Bytes(float.PositiveInfinity, 1),
        ];

        using ImportedTable imported = Import(file);

        Assert.Equal(["b"], imported.Keys);
        Assert.Equal(2, imported.Result.NotFinite);
        Assert.Equal(["a", "c"], imported.Result.Skipped.Select(skipped => skipped.Key));
        Assert.Equal(ErrorIds.VectorsNotFinite, imported.Result.NotFiniteError!.ErrorId);
    }

    [Fact]
    public void WordsInACodePageNeedItsName()
    {
        byte[] file = [.. "1 2\nk"u8, 0xF6, .. "nig "u8, .. Bytes(1, 2)];

        FileFormatException error = Error(file);
        using ImportedTable imported = Import(file, new ImportOptions { Encoding = Encoding.Latin1 });

        Assert.Equal((ErrorIds.VectorsEncodingWrong, 4L), (error.ErrorId, error.Offset));
        Assert.Equal(["könig"], imported.Keys);
    }

    [Fact]
    public void NulInTheOnlyWordIsATypedError() =>
        Assert.Equal(5, Error([.. "1 2\na\0b "u8, .. Bytes(1, 2)]).Offset);

    [Fact]
    public void WordThatIsCutInsideACharacterDoesNotMoveTheOneBefore()
    {
        byte[] file =
        [
            .. "3 8\nNew York "u8, .. MemoryMarshal.AsBytes<float>(Vector(0, 8)),
            .. "caf"u8, 0xC3, (byte)' ', .. MemoryMarshal.AsBytes<float>(Vector(1, 8)),
            .. "tea "u8, .. MemoryMarshal.AsBytes<float>(Vector(2, 8)),
        ];

        using ImportedTable imported = Import(file);

        Assert.Equal(["New York", "tea"], imported.Keys);
        Assert.Equal(Vector(2, 8), imported.Vector("tea"));
        Assert.Equal("caf\uFFFD", Assert.Single(imported.Result.InvalidWords).Key);
    }

    [Fact]
    public void WordThatIsTooLongIsLeftOut()
    {
        byte[] file = File(4, "\n", "tea", new string('x', 50_000), "milk");

        using ImportedTable imported = Import(file);

        Assert.Equal(["tea", "milk"], imported.Keys);
        Assert.Equal(Vector(2, 4), imported.Vector("milk"));
        Assert.Contains("longer than 4,096 bytes", imported.Result.Skipped[0].Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("", 0)]
    [InlineData("\n\n", 0)]
    [InlineData("\nmilk", 4)]
    public void BytesBeyondTheHeadersCountAreCounted(string tail, int unread)
    {
        byte[] file = [.. File(4, "", "tea", "coffee"), .. Encoding.ASCII.GetBytes(tail)];
        using ImportedTable imported = Import(file);
        using var packed = new ImportedTable(_directory.Write("v.bin.gz", SpacyModel.Gzip(file)));

        Assert.Equal((unread, unread), (imported.Result.Unread, packed.Result.Unread));
        Assert.Equal(["tea", "coffee"], imported.Keys);
    }

    [Fact]
    public void PackedFileIsRead()
    {
        string path = _directory.Write("v.bin.gz", SpacyModel.Gzip(File(4, "", "tea", "coffee")));

        using var imported = new ImportedTable(path);

        Assert.Equal(["tea", "coffee"], imported.Keys);
    }

    [Fact]
    public void LimitTakesTheFirstWords()
    {
        using ImportedTable imported = Import(File(4, "\n", "tea", "coffee", "milk"), new ImportOptions { Limit = 2 });

        Assert.Equal(["tea", "coffee"], imported.Keys);
    }

    [Theory]
    [InlineData("3 4")]
    [InlineData("-1 4")]
    [InlineData("2 -4")]
    [InlineData("2 0")]
    [InlineData("9223372036854775807 4")]
    [InlineData("2 2147483647")]
    public void HeaderThatCannotBeIsATypedError(string header)
    {
        byte[] file = File(4, "", "tea", "coffee");
        byte[] body = file[(file.AsSpan().IndexOf((byte)'\n') + 1)..];

        Assert.Equal(
            ErrorIds.VectorsDamaged, Error([.. Encoding.ASCII.GetBytes(header + "\n"), .. body]).ErrorId);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void FileCutShortAtAnyLengthIsATypedError(bool isPacked)
    {
        byte[] whole = File(4, "", "tea", "größe", "milk");
        byte[] start = whole[..12];
        for (int length = 12; length < whole.Length; length++)
        {
            byte[] cut = [.. start, .. whole[12..length]];
            FileFormatException error = ImportedTable.Error(
                isPacked ? _directory.Write("v.gz", SpacyModel.Gzip(cut)) : _directory.Write("v.bin", cut));

            Assert.Equal(ErrorIds.VectorsDamaged, error.ErrorId);
            Assert.True(error.Offset == length || (error.Offset == 0 && !isPacked));
        }
    }

    [Fact]
    public void WordWithoutAnEndIsATypedError()
    {
        byte[] file = [.. "1 2000\n"u8, .. Enumerable.Repeat((byte)1, 9000)];

        Assert.Contains("4,096 bytes", Error(file).Expected, StringComparison.Ordinal);
    }

    [Fact]
    public void DamagedFilesGiveTypedErrorsOnly() => SourceFuzzer.Run(
        12,
        FuzzSeed.File("v.bin", File(3, "\n", "tea", "größe", "New York", "x")),
        FuzzSeed.File("w.bin", File(5, "", "a b", "c")));

    private static float[] Vector(int word, int dimensions) =>
        [.. Enumerable.Range(1, dimensions).Select(i => MathF.Sin((word * 100) + i) / 3)];

    private static byte[] Bytes(params float[] numbers) => MemoryMarshal.AsBytes<float>(numbers).ToArray();

    private static byte[] File(int dimensions, string end, params string[] words)
    {
        var bytes = new List<byte>();
        bytes.AddRange(Encoding.ASCII.GetBytes($"{words.Length} {dimensions}\n"));
        for (int i = 0; i < words.Length; i++)
        {
            bytes.AddRange(Encoding.UTF8.GetBytes(words[i] + " "));
            bytes.AddRange(Bytes(Vector(i, dimensions)));
            bytes.AddRange(Encoding.ASCII.GetBytes(end));
        }

        return [.. bytes];
    }

    private ImportedTable Import(byte[] file, ImportOptions? options = null) =>
        new(_directory.Write("v.bin", file), options);

    private FileFormatException Error(byte[] file) => ImportedTable.Error(_directory.Write("v.bin", file));
}
