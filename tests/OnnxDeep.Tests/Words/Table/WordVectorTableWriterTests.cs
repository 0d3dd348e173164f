using System.Text;

using FsCheck;
using FsCheck.Fluent;

using OnnxDeep.Numerics;
using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.Words.Table;

public sealed class WordVectorTableWriterTests : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void KeysAreFoundHoweverManyCame() => Check.QuickThrowOnFailure(Prop.ForAll(
        ArbMap.Default.ArbFor<string[]>(),
        words =>
        {
            byte[][] keys = [.. words.Where(word => word is not null).Select(Encoding.UTF8.GetBytes)];
            using var index = new KeyIndex();
            int added = keys.Count(key => index.TryAdd(key, 7));
            return added == keys.Select(Convert.ToHexString).Distinct().Count()
                && index.Count == added
                && index.Slots.Length > added
                && Array.TrueForAll(keys, key => index.Contains(key))
                && !index.Contains("no such key"u8);
        }));

    [Fact]
    public void KeyOfWhichOnlyTheHashIsKnownIsFoundAndHasNoName()
    {
        using WordVectorTable table = Write(writer =>
        {
            writer.TryAddRow([1, 2], out int row);
            writer.TryAddRow([3, 4], out int other);
            Assert.True(writer.TryAddNamelessKey(3197928453018144401, row));
            Assert.False(writer.TryAddNamelessKey(3197928453018144401, other));
            Assert.True(writer.TryAddKey("tea"u8, other));
        });

        Assert.True(table.TryGetRow("coffee", out int found));
        Assert.Equal(0, found);
        Assert.Equal([string.Empty, "tea"], Enumerable.Range(0, 2).Select(table.GetKey));
        Assert.Equal(
            ["tea"], new SimilaritySearch(table).Find(new float[] { 1, 2 }, 5).Select(neighbor => neighbor.Key));
    }

    [Fact]
    public void RowWithoutFiniteLengthIsNotAdded()
    {
        using WordVectorTable table = Write(writer =>
        {
            foreach (float bad in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity, float.MaxValue })
            {
                Assert.False(writer.TryAddRow([bad, bad], out int none));
                Assert.Equal(-1, none);
            }

            Assert.True(writer.TryAddRow([1, 2], out int row));
            writer.TryAddKey("a"u8, row);
        });

        Assert.Equal(1, table.RowCount);
    }

    [Theory]
    [InlineData(VectorElementType.Float32)]
    [InlineData(VectorElementType.Float16)]
    [InlineData(VectorElementType.Int8)]
    public void NgramsGiveUnknownWordsTheMeanOfTheirRows(VectorElementType type)
    {
        // Three dimensions: rows of bytes can end anywhere, but the data after them must still be aligned.
        var options = new SubwordOptions
        {
            Hash = SubwordHash.FastText, MinimumLength = 3, MaximumLength = 3, Buckets = 2,
        };
        using WordVectorTable table = Write(
            writer =>
            {
                writer.TryAddRow([1, 2, 3], out int row);
                writer.TryAddKey("a"u8, row);
                writer.BeginNgrams(options);
                writer.TryAddNgram([2, 4, 8]);
                writer.TryAddNgram([-2, -4, -8]);
            },
            3,
            type);
        string[] ngrams = ["<ab", "abc", "bc>"];
        int odd = ngrams.Count(ngram => WordHash.Fnv1A(Encoding.UTF8.GetBytes(ngram)) % 2 == 1);
        float[] vector = new float[3];

        Assert.Equal(TermOrigin.Subword, new TermVectorizer(table).GetVector("abc", vector));
        Assert.Equal(8f * (3 - (2 * odd)) / 3, vector[2], 1e-2);
        Assert.Equal(TermOrigin.Key, new TermVectorizer(table).GetVector("A", vector));
        Assert.Equal((2, options), (table.NgramCount, table.Subwords));
    }

    [Fact]
    public void PrunedBucketsHaveNoRow()
    {
        var options = new SubwordOptions
        {
            Hash = SubwordHash.FastText, MinimumLength = 3, MaximumLength = 6, Buckets = 4,
        };
        using WordVectorTable table = Write(writer =>
        {
            writer.TryAddRow([1, 2], out int row);
            writer.TryAddKey("a"u8, row);
            writer.BeginNgrams(options, [0, 0, 0, 0]);
        });
        float[] vector = [5, 5];

        Assert.Equal(TermOrigin.Unknown, new TermVectorizer(table).GetVector("abc", vector));
        Assert.Equal([0f, 0f], vector);
    }

    [Fact]
    public void TermOfSeveralWordsIsTheMeanOfKeysAndNgrams()
    {
        var options = new SubwordOptions
        {
            Hash = SubwordHash.FastText, MinimumLength = 3, MaximumLength = 3, Buckets = 1,
        };
        using WordVectorTable table = Write(writer =>
        {
            writer.TryAddRow([1, 2], out int row);
            writer.TryAddKey("ice"u8, row);
            writer.BeginNgrams(options);
            writer.TryAddNgram([3, 6]);
        });
        float[] vector = new float[2];

        Assert.Equal(TermOrigin.Key, new TermVectorizer(table).GetVector("ice cream", vector));
        Assert.Equal([2f, 4f], vector);
        Assert.Equal(TermOrigin.Subword, new TermVectorizer(table).GetVector("hot cream", vector));
        Assert.Equal([3f, 6f], vector);
    }

    [Fact]
    public void BlanksOfATermMayBeUnderscoresInTheTable()
    {
        using WordVectorTable table = Write(writer =>
        {
            writer.TryAddRow([1, 2], out int row);
            writer.TryAddKey("ice_cream"u8, row);
            writer.TryAddKey("New_York"u8, row);
        });
        var vectorizer = new TermVectorizer(table);

        Assert.All(
            ["ice cream", "Ice Cream", "ice-cream", "New York"],
            term => Assert.True(vectorizer.TryGetRow(term, out _)));
        Assert.False(vectorizer.TryGetRow("icecream", out _));
    }

    [Fact]
    public void KeyWithoutItsRowIsRefused() =>
        Assert.Throws<ArgumentException>(() => Write(writer => writer.TryAddKey("a"u8, 0)));

    [Fact]
    public void RowAfterTheNgramsIsRefused() => Assert.Throws<InvalidOperationException>(() => Write(writer =>
    {
        writer.BeginNgrams(
            new SubwordOptions { Hash = SubwordHash.Floret, MinimumLength = 1, MaximumLength = 2, Buckets = 1 });
        writer.TryAddRow([1, 2], out _);
    }));

    private WordVectorTable Write(
        Action<WordVectorTableWriter> write, int dimensions = 2, VectorElementType type = VectorElementType.Float32)
    {
        string path = _folder.File("table.safetensors");
        using (FileStream stream = File.Create(path))
        {
            using var writer = new WordVectorTableWriter(stream, dimensions, type, new Dictionary<string, string>());
            write(writer);
            writer.Complete();
        }

        return WordVectorTable.Open(path);
    }
}
