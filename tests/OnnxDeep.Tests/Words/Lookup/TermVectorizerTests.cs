using CommunityToolkit.HighPerformance;

using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.Words.Lookup;

public sealed class TermVectorizerTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();
    private readonly WordVectorTable _table;
    private readonly WordVectorTable _subwordTable;
    private readonly TermVectorizer _vectorizer;

    public TermVectorizerTests()
    {
        // The row of a key has its number in the first dimension, and 10 times that in the second.
        string[] keys =
            ["ice", "cream", "ice_cream", "tea pot", "o'clock", "Paris", "b.c.", "a-b", "caf\u00E9", "US", "us", "x"];
        float[,] rows = new float[keys.Length, 2];
        for (int i = 0; i < keys.Length; i++)
        {
            (rows[i, 0], rows[i, 1]) = (i + 1, 10 * (i + 1));
        }

        string path = _folder.File("table.safetensors");
        WordVectorTableWriter.Write(
            path, keys, [.. Enumerable.Range(0, keys.Length)], rows.AsSpan2D(), VectorElementType.Float32,
            new Dictionary<string, string>());
        _table = WordVectorTable.Open(path);
        _subwordTable = WriteSubwords();
        _vectorizer = new TermVectorizer(_table);
    }

    public void Dispose()
    {
        _table.Dispose();
        _subwordTable.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("ice", 1)]
    [InlineData("ICE", 1)]
    [InlineData("  ice\t", 1)]
    [InlineData("«Ice»!", 1)]
    [InlineData("ice cream", 3)]
    [InlineData("Ice-Cream", 3)]
    [InlineData("ice/cream", 3)]
    [InlineData("(ice  cream)", 3)]
    [InlineData("tea_pot", 4)]
    [InlineData("tea  pot", 4)]
    [InlineData("o'clock", 5)]
    [InlineData("Paris", 6)]
    [InlineData("B.C.", 7)]
    [InlineData("A-B", 8)]
    [InlineData("cafe\u0301", 9)]
    [InlineData("US", 10)]
    [InlineData("Us", 11)]
    public void TermIsFoundHoweverItIsWritten(string term, int expected)
    {
        float[] vector = new float[2];

        Assert.True(_vectorizer.TryGetRow(term, out int row));
        Assert.Equal(expected - 1, row);
        Assert.Equal(TermOrigin.Key, _vectorizer.GetVector(term, vector));
        Assert.Equal([expected, 10f * expected], vector);
        Assert.True(_vectorizer.TryGetVector(term, vector));
    }

    [Theory]
    [InlineData("ïce", 1, "ice")]
    [InlineData("«Ïce»!", 1, "Ice")]
    [InlineData("Pâris", 6, "Paris")]
    [InlineData("ｉｃｅ　ｃｒｅａｍ", 3, "ice cream")]
    [InlineData("ïce-crëam", 3, "ice-cream")]
    [InlineData("O’Clock", 5, "O'Clock")]
    [InlineData("Tëa Pot", 4, "Tea Pot")]
    public void AccentsAndCompatibilityFormsAreFoldedLast(string term, int expected, string folded)
    {
        float[] vector = new float[2];

        Assert.True(_vectorizer.TryGetRow(term, out int row, out string? found));
        Assert.Equal((expected - 1, folded), (row, found));
        Assert.Equal(TermOrigin.Key, _vectorizer.GetVector(term, vector, out found));
        Assert.Equal(folded, found);
        Assert.Equal([expected, 10f * expected], vector);
    }

    [Theory]
    [InlineData("caf\u00E9", 9)]
    [InlineData("CAF\u00C9", 9)]
    [InlineData("ice", 1)]
    public void WordThatIsAKeyIsNotFolded(string term, int expected)
    {
        Assert.True(_vectorizer.TryGetRow(term, out int row, out string? folded));

        Assert.Equal((expected - 1, null), (row, folded));
    }

    // A key is not guessed: case and blanks must match the table.
    [Theory]
    [InlineData("paris")]
    [InlineData("icecream")]
    [InlineData("zzz")]
    [InlineData("...")]
    [InlineData("ic")]
    public void UnknownTermHasNoRowAndZeros(string term)
    {
        float[] vector = [7, 7];

        Assert.False(_vectorizer.TryGetRow(term, out _));
        Assert.Equal(TermOrigin.Unknown, _vectorizer.GetVector(term, vector));
        Assert.Equal([0f, 0f], vector);
        Assert.False(_vectorizer.TryGetVector(term, vector));
    }

    [Theory]
    [InlineData("cream ice", 1.5f)]
    [InlineData("cream zzz", 1)]
    [InlineData("cream-zzz-Paris-zzz", 2)]
    [InlineData("zzz qqq CREAM zzz", 0.5f)]
    [InlineData("«cream», (Paris)", 4)]
    [InlineData("cream,zzz", 1)]
    [InlineData("cream、Paris", 4)]
    [InlineData("ice, cream", 1.5f)]
    public void TermOfWordsIsTheirMeanWhereUnknownOnesCountAsZeros(string term, float expected)
    {
        float[] vector = [7, 7];

        Assert.False(_vectorizer.TryGetRow(term, out _));
        Assert.Equal(TermOrigin.Key, _vectorizer.GetVector(term, vector));
        Assert.Equal([expected, 10 * expected], vector);
    }

    [Fact]
    public void WordsOfATermAreFoldedEachForItself()
    {
        float[] vector = new float[2];

        Assert.Equal(TermOrigin.Key, _vectorizer.GetVector("Crëam, caf\u00E9 zzz", vector, out string? folded));

        Assert.Equal("Cream caf\u00E9 zzz", folded);
        Assert.Equal([11 / 3f, 110 / 3f], vector);
    }

    [Fact]
    public void TermOfUnknownWordsIsUnknown()
    {
        float[] vector = [7, 7];

        Assert.Equal(TermOrigin.Unknown, _vectorizer.GetVector("zzz qqq", vector));
        Assert.Equal([0f, 0f], vector);
    }

    [Theory]
    [InlineData("ice")]
    [InlineData("cream Paris")]
    [InlineData("zzz")]
    public void RoomBehindTheVectorStaysAsItIs(string term)
    {
        float[] vector = [7, 7, 7];

        _vectorizer.GetVector(term, vector);

        Assert.Equal(7, vector[2]);
        Assert.NotEqual(7, vector[1]);
    }

    [Theory]
    [InlineData("tea", 1, TermOrigin.Key)]
    [InlineData("Tea", 1, TermOrigin.Key)]
    [InlineData("abc", 4, TermOrigin.Subword)]
    [InlineData("(abc)", 4, TermOrigin.Subword)]
    [InlineData("a-b-c", 4, TermOrigin.Subword)]
    [InlineData("...", 4, TermOrigin.Subword)]
    [InlineData("!", 4, TermOrigin.Subword)]
    [InlineData("abc def", 4, TermOrigin.Subword)]
    [InlineData("tea abc", 2.5f, TermOrigin.Key)]
    [InlineData("abc tea", 2.5f, TermOrigin.Key)]
    public void WordsWithoutAKeyAreMadeOfNgramsWhereTheTableHasThem(string term, float expected, TermOrigin origin)
    {
        float[] vector = [7];

        Assert.Equal(origin, new TermVectorizer(_subwordTable).GetVector(term, vector));
        Assert.Equal([expected], vector);
    }

    [Fact]
    public void NullsAreRefusedByName()
    {
        Assert.Throws<ArgumentNullException>("term", () => Term.Clean(null!));
        Assert.Throws<ArgumentNullException>("term", () => Term.TrimPunctuation(null!));
        Assert.Throws<ArgumentNullException>("term", () => Term.Separate(null!));
        Assert.Throws<ArgumentNullException>("term", () => Term.Join(null!));
        Assert.Throws<ArgumentNullException>("word", () => _table.TryGetSubwordVector(null!, new float[2]));
    }

    // One bucket, so all words have the same vector.
    private WordVectorTable WriteSubwords()
    {
        string path = _folder.File("subwords.safetensors");
        using (FileStream stream = File.Create(path))
        {
            using var writer = new WordVectorTableWriter(
                stream, 1, VectorElementType.Float32, new Dictionary<string, string>());
            writer.TryAddRow([1], out int row);
            writer.TryAddKey("tea"u8, row);
            writer.BeginNgrams(
                new SubwordOptions { Hash = SubwordHash.FastText, MinimumLength = 3, MaximumLength = 3, Buckets = 1 });
            writer.TryAddNgram([4]);
            writer.Complete();
        }

        return WordVectorTable.Open(path);
    }
}
