using System.Globalization;
using System.Text;
using OnnxDeep.Words.Formats;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.Words.Formats;

public sealed class TextVectorReaderTests
{
    private const string Small = "the 0.1 0.2 0.3\ncafé -1 2e-1 +3\n日本 4 5 6\n";

    [Theory]
    [InlineData("", "GloVe text")]
    [InlineData("3 3\n", "word2vec text")]
    [InlineData("3 3 \r\n", "word2vec text")]
    [InlineData("\uFEFF", "GloVe text")]
    public void WordsComeInOrderWithOrWithoutAHeader(string header, string format)
    {
        using SourceImport import = SourceImport.Of("any.name", header + Small);

        Assert.Equal(format, import.Result.Format);
        Assert.Equal(["the", "café", "日本"], import.Keys());
        Assert.Equal([.1f, .2f, .3f], import.Vector("the"));
        Assert.Equal([-1f, .2f, 3f], import.Vector("café"));
        Assert.Equal((3, 3, 3), (import.Result.Keys, import.Result.Rows, import.Result.Dimensions));
    }

    [Theory]
    [InlineData("the 1 2 \nof 3 4 \n")]
    [InlineData("the\t1\t2\nof\t3\t4")]
    [InlineData("the 1 2\r\nof 3 4\r\n\r\n")]
    [InlineData("the  1  2\n\n of 3 4\n")]
    [InlineData("the 1 2\rof 3 4\r")]
    [InlineData("2 2\rthe 1 2\rof 3 4")]
    [InlineData("2 2\nthe 1 2\v\nof 3 4\f\n")]
    public void SeparatorsAndLineEndsMayBeWhatProgramsWrite(string text)
    {
        using SourceImport import = SourceImport.Of("v.txt", text);

        Assert.Equal(["the", "of"], import.Keys());
        Assert.Equal([3f, 4f], import.Vector("of"));
        Assert.Equal(0, import.Result.Ragged);
    }

    [Fact]
    public void WordsMayHoldBlanksAndNumbers()
    {
        using SourceImport import = SourceImport.Of(
            "v.txt",
            "the 1 2\n. . . 3 4\nat name@domain.com 5 6\n1 7 8\ntop 10 .9 1.0\n2 000 1.1 1.2\nNew\u00A0York 13 14\n");

        Assert.Equal(["the", ". . .", "at name@domain.com", "1", "top 10", "2 000", "New\u00A0York"], import.Keys());
        Assert.Equal([3f, 4f], import.Vector(". . ."));
        Assert.Equal([.9f, 1f], import.Vector("top 10"));
    }

    // As gensim 4.2 reads them: in a text with LF, these characters end no line.
    [Fact]
    public void WordsMayHoldTheOtherLineEndsOfUnicode()
    {
        using SourceImport import = SourceImport.Of(
            "v.vec", "4 2\nb\u0085 3 4\n\u2028 5 6\nc\vd 7 8\ne\f 9 10\n");

        Assert.Equal(["b\u0085", "\u2028", "c\vd", "e\f"], import.Keys());
        Assert.Equal([9f, 10f], import.Vector("e\f"));
    }

    [Fact]
    public void RaggedLinesAreCountedToldAndLeftOut()
    {
        using SourceImport import = SourceImport.Of(
            "v.txt", "the 1 2 3\nof 1 2\nand 1 2 3 4.5\nto x y z\n0.5 1 2\nin 4 5 6\n");

        Assert.Equal(["the", "in"], import.Keys());
        Assert.Equal(4, import.Result.Ragged);
        Assert.Equal([2L, 3, 4, 5], import.Result.Skipped.Select(skipped => skipped.Line));
        Assert.Equal([10L, 17, 31, 40], import.Result.Skipped.Select(skipped => skipped.Offset));
        Assert.Contains("'of' has 2 numbers, not 3", import.Result.Skipped[0].ToString(), StringComparison.Ordinal);
        Assert.Equal(4, import.Table.Skipped);
    }

    [Fact]
    public void FirstOfEqualKeysWinsAndTheOthersAreCounted()
    {
        using SourceImport import = SourceImport.Of("v.txt", "a 1 2\nb 3 4\na 5 6\na 7 8\n");

        Assert.Equal(["a", "b"], import.Keys());
        Assert.Equal([1f, 2f], import.Vector("a"));
        Assert.Equal((2L, 2, 2L), (import.Result.Duplicates, import.Table.RowCount, import.Table.Duplicates));
    }

    [Theory]
    [InlineData("nan")]
    [InlineData("-inf")]
    [InlineData("1e39")]
    public void VectorWithoutFiniteNumbersIsLeftOutAndToldAsAnError(string number)
    {
        using SourceImport import = SourceImport.Of("v.txt", $"a 1 2\nb {number} 4\nc 5 6\n");

        Assert.Equal(["a", "c"], import.Keys());
        Assert.Equal(1, import.Result.NotFinite);
        FileFormatException error = Assert.IsType<FileFormatException>(import.Result.NotFiniteError);
        Assert.Equal(("VectorsNotFinite", 6L), (error.ErrorId, error.Offset));
    }

    [Fact]
    public void VectorsWithoutAnyFiniteNumberAreRefused() =>
        Assert.Equal("VectorsNotFinite", SourceImport.Refused("v.txt", "a nan 2\nb 1 inf\n").ErrorId);

    [Fact]
    public void NumberBeyondFloat16IsToldWithTheWayOut()
    {
        using SourceImport import = SourceImport.Of(
            "v.txt", "a 1 2\nb 70000 4\n", new ImportOptions { ElementType = VectorElementType.Float16 });

        Assert.Equal(["a"], import.Keys());
        Assert.Contains("65,504", import.Result.NotFiniteError!.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("4 3\n", "VectorsDamaged")]
    [InlineData("-1 3\n", "VectorsDamaged")]
    [InlineData("3 0\n", "VectorsDamaged")]
    [InlineData("3 -7\n", "VectorsDamaged")]
    [InlineData("3 99999999\n", "VectorsDamaged")]
    [InlineData("999999999999999 3\n", "VectorsDamaged")]
    [InlineData("3 99999999999999999\n", "VectorsDamaged")]
    [InlineData("2147483646 65536\n", "VectorsDamaged")]
    public void HeaderThatPromisesWhatIsNotThereIsRefused(string header, string id)
    {
        FileFormatException error = SourceImport.Refused("v.txt", header + Small);

        Assert.Equal(id, error.ErrorId);
        Assert.EndsWith("v.txt", error.Path, StringComparison.Ordinal);
    }

    [Fact]
    public void WordsBeyondTheHeadersCountAreTakenAndCounted()
    {
        using SourceImport import = SourceImport.Of("v.txt", "2 3\n" + Small);

        Assert.Equal((3, 1L), (import.Result.Keys, import.Result.Unannounced));
    }

    [Fact]
    public void LimitTakesTheFirstWords()
    {
        using SourceImport import = SourceImport.Of("v.txt", "3 3\n" + Small, new ImportOptions { Limit = 2 });

        Assert.Equal(["the", "café"], import.Keys());
    }

    [Fact]
    public void KeyInAnotherCodePageNeedsItsEncoding()
    {
        Encoding windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        byte[] bytes = windows.GetBytes("café 1 2\nœuf 3 4\n");

        FileFormatException error = SourceImport.Refused("v.txt", bytes);
        using SourceImport import = SourceImport.Of("v.txt", bytes, new ImportOptions { Encoding = windows });

        Assert.Equal(("VectorsEncodingWrong", 0L), (error.ErrorId, error.Offset));
        Assert.Contains("Specify the encoding", error.Message, StringComparison.Ordinal);
        Assert.Equal(["café", "œuf"], import.Keys());
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    [InlineData("utf-32")]
    public void TextOfWideCharactersIsReadByItsByteOrderMark(string name)
    {
        var encoding = Encoding.GetEncoding(name);
        using SourceImport import = SourceImport.Of(
            "v.txt", [.. encoding.GetPreamble(), .. encoding.GetBytes("2 2\ncafé 1 2\nœuf 3 4\n")]);

        Assert.Equal(["café", "œuf"], import.Keys());
        using SourceImport bare = SourceImport.Of(
            "v.txt", encoding.GetBytes("café 1 2\nœuf 3 4\n"), new ImportOptions { Encoding = encoding });
        Assert.Equal(["café", "œuf"], bare.Keys());
    }

    [Theory]
    [InlineData("", "GloVe text")]
    [InlineData("3 3\r", "word2vec text")]
    [InlineData("\uFEFF", "GloVe text")]
    public void LinesMayEndInCarriageReturnsAlone(string header, string format)
    {
        using SourceImport import = SourceImport.Of("v.txt", header + Small.Replace('\n', '\r'));

        Assert.Equal(format, import.Result.Format);
        Assert.Equal(["the", "café", "日本"], import.Keys());
        Assert.Equal([4f, 5f, 6f], import.Vector("日本"));
    }

    [Fact]
    public void LineOfSeveralLinesIsNotAWord()
    {
        using SourceImport import = SourceImport.Of("v.txt", "the 1 2\r\nof 3 4\rin 5 6\nto 7 8\n");

        Assert.Equal(["the", "to"], import.Keys());
        Assert.Contains("carriage return", Assert.Single(import.Result.Skipped).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2 2\na 1,5 2,5\nb 3,5 4,5\n", "VectorsDamaged")]
    [InlineData("a 1,5 2,5\nb 3,5 4,5\n", "VectorsFormatUnknown")]
    [InlineData("2 2\na;1.5;2.5\nb;3.5;4.5\n", "VectorsDamaged")]
    public void NumbersWithDecimalCommasAreNeverTakenForBinaryOnes(string text, string id)
    {
        FileFormatException error = SourceImport.Refused("v.txt", text);

        Assert.Equal(id, error.ErrorId);
        Assert.Contains("decimal points", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LinesAfterTheLimitAreNotCounted()
    {
        using SourceImport import = SourceImport.Of(
            "v.txt", "the 1 2 3\nof 1 2\nin 4 5 6\nto 1\n", new ImportOptions { Limit = 2 });

        Assert.Equal(["of"], import.Result.Skipped.Select(skipped => skipped.Key));
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n\n")]
    [InlineData("just words\nand no numbers\n")]
    [InlineData("<html><body>404</body></html>")]
    [InlineData("a\nb\nc")]
    public void FileWithoutAWordAndItsNumbersIsRefused(string text) =>
        Assert.Matches("^Vectors(FormatUnknown|Damaged)$", SourceImport.Refused("v.txt", text).ErrorId);

    [Fact]
    public void LineWithoutAnEndIsRefusedBeforeItFillsTheMemory()
    {
        byte[] bytes = new byte[12 << 20];
        bytes.AsSpan().Fill((byte)'x');
        "2 2\n"u8.CopyTo(bytes);

        Assert.Equal("VectorsDamaged", SourceImport.Refused("v.txt", bytes).ErrorId);
    }

    [Fact]
    public void EveryTruncationIsRefusedOrWhole()
    {
        byte[] bytes = Encoding.UTF8.GetBytes("3 3\n" + Small);

        // A header without its line end is a line of one word and one number.
        for (int length = "3 3\n".Length; length < bytes.Length; length++)
        {
            try
            {
                using SourceImport import = SourceImport.Of("v.txt", bytes[..length]);
                Assert.Equal(3, import.Result.Keys);
            }
            catch (FileFormatException)
            {
                // The other valid result.
            }
        }
    }

    [Fact]
    public void FileOfManyBlocksKeepsOrderLinesAndOffsets()
    {
        var random = new Random(5);
        var text = new StringBuilder();
        var expected = new List<(string Key, float[] Vector)>();
        for (int i = 0; text.Length < 9 << 20; i++)
        {
            float[] vector = [.. Enumerable.Range(0, 50).Select(_ => (float)(random.NextDouble() - 0.5))];
            expected.Add(($"w{i}", vector));
            text.Append(
                CultureInfo.InvariantCulture,
                $"w{i} {string.Join(' ', vector.Select(v => v.ToString(CultureInfo.InvariantCulture)))}\n");
        }

        int offset = text.Length;
        text.Append("ragged 1\n");
        using SourceImport import = SourceImport.Of("v.txt", text.ToString());

        Assert.Equal(expected.Select(item => item.Key), import.Keys());
        Assert.All(
            [0, 1000, expected.Count - 1], i => Assert.Equal(expected[i].Vector, import.Vector(expected[i].Key)));
        Assert.Equal(
            (expected.Count + 1, (long)offset), (import.Result.Skipped[0].Line, import.Result.Skipped[0].Offset));
    }

    [Fact]
    public void CancelledImportLeavesNothing()
    {
        using var folder = new TemporaryDirectory();
        using var stop = new CancellationTokenSource();
        string path = folder.Write("v.txt", string.Concat(Enumerable.Range(0, 20_000).Select(i => $"w{i} 1 2 3\n")));
        string table = folder.File("tables/table.safetensors");

        using var source = WordVectorSource.Open(path, new ImportOptions(), folder.File("tables"), stop.Token);
        Assert.ThrowsAny<OperationCanceledException>(() => source.Import(table, _ => stop.Cancel(), stop.Token));

        Assert.Empty(Directory.GetFileSystemEntries(folder.File("tables")));
    }

    [Theory]
    [MemberData(nameof(ForeignTexts))]
    public void TextsOfOtherProgramsAreRead(string file, int keys, int dimensions, string key)
    {
        string path = ForeignVectors.Find(file);
        using SourceImport import = SourceImport.OfFile(path);
        string[] line = File.ReadLines(path)
            .First(text => text.StartsWith(key + " ", StringComparison.Ordinal))
            .Trim()
            .Split(' ');

        Assert.Equal((keys, dimensions), (import.Result.Keys, import.Result.Dimensions));
        Assert.Equal(line[1..].Select(number => float.Parse(number, CultureInfo.InvariantCulture)), import.Vector(key));
    }

    public static TheoryData<string, int, int, string> ForeignTexts()
    {
        var texts = new TheoryData<string, int, int, string>
        {
            { "glove.txt", 14, 7, "ö" },
            { "glove.txt", 14, 7, "-0.5" },
            { "word2vec.txt", 14, 7, "🍵" },
            { "skipgram.vec", 98, 6, "борщ" },
        };
        if (ForeignVectors.HasMore)
        {
            texts.Add("toy-model.vec", 22, 5, "the");
            texts.Add("crime-and-punishment.vec", 291, 5, "the");
            texts.Add("test_glove.txt", 76, 50, "ö");
        }

        return texts;
    }
}
