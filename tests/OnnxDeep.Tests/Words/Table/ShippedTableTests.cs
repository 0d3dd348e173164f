using OnnxDeep.Learning.Data;
using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.Words.Table;

[Trait("Culture", "Any")]
public sealed class ShippedTableTests : IDisposable
{
    private readonly WordVectorTable _table = WordVectorTable.Open(Repository.DefaultVectors);

    public static TheoryData<string> NotebookWords => [.. FoodWords.All];

    public void Dispose() => _table.Dispose();

    [Fact]
    public void TableIsLargeInWordsAndSmallInBytes()
    {
        Assert.Equal("wordnet-300d", _table.Name);
        Assert.Equal(300, _table.Dimensions);
        Assert.Equal(VectorElementType.Int8, _table.ElementType);
        Assert.True(_table.KeyCount >= 60_000);
        Assert.True(new FileInfo(Repository.DefaultVectors).Length <= 16_000_000);
        Assert.Equal("WordNet 3.0 and a supplement of our own", _table.Source);
        Assert.Contains("Princeton University", _table.Metadata["license"], StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(NotebookWords))]
    public void NotebookWordIsKnown(string word) => Assert.True(_table.TryGetRow(word, out _));

    [Theory]
    [InlineData("icecream", "ice cream")]
    [InlineData("noodles", "noodle")]
    [InlineData("earphones", "earphone")]
    [InlineData("knives", "knife")]
    [InlineData("tomatoes", "tomato")]
    [InlineData("berries", "berry")]
    [InlineData("children", "child")]
    [InlineData("peas", "pea")]
    [InlineData("hot dogs", "hot dog")]
    [InlineData("ate", "eat")]
    [InlineData("hopped", "hop")]
    [InlineData("swam", "swim")]
    [InlineData("taller", "tall")]
    public void SpellingsAndFormsHaveTheLemmasRow(string form, string lemma) => Assert.Equal(Row(lemma), Row(form));

    [Fact]
    public void FormThatIsALemmaKeepsItsOwnRow() => Assert.NotEqual(Row("glass"), Row("glasses"));

    [Theory]
    [InlineData("ice cream", "icecream")]
    [InlineData("hot dog", "hotdog")]
    public void SpellingWithABlankIsTheRowsFirstKey(string apart, string joined)
    {
        int row = Row(joined);
        int first = 0;
        while (_table.GetKeyRow(first) != row)
        {
            first++;
        }

        Assert.Equal(apart, _table.GetKey(first));
    }

    [Theory]
    [InlineData("smartphone")]
    [InlineData("ramen")]
    [InlineData("pajamas")]
    [InlineData("teddy bear")]
    public void WordOfTheSupplementIsKnown(string word) => Assert.True(_table.TryGetRow(word, out _));

    [Fact]
    public void EveryRowHasLengthSeven()
    {
        for (int row = 0; row < _table.RowCount; row++)
        {
            Assert.InRange(_table.GetNorm(row), 7 * 0.99f, 7 * 1.01f);
        }
    }

    [Fact]
    public void EverydayWordsAreKnown()
    {
        string root = Path.Combine(Path.GetDirectoryName(Repository.DefaultVectors)!, "..");
        string list = Path.Combine(root, "tests", "data", "everyday-words.csv");
        string[] words = [.. File.ReadLines(list).Skip(1).Select(line => line.Split(',')[0])];

        Assert.True(words.All(word => _table.TryGetRow(word, out _)));
    }

    [Theory]
    [InlineData("lemon", "orange")]
    [InlineData("doctor", "physician")]
    [InlineData("guitar", "mandolin")]
    public void NeighborsAreSensible(string word, string neighbor)
    {
        int row = Row(word);
        float[] query = new float[_table.Dimensions];
        _table.CopyVector(row, query);

        Neighbor[] neighbors = new SimilaritySearch(_table).Find(
            query, 30, [row], TestContext.Current.CancellationToken);

        Assert.Contains(neighbor, neighbors.Select(found => found.Key));
    }

    private int Row(string key) => _table.TryGetRow(key, out int row) ? row : throw new KeyNotFoundException(key);
}
