using OnnxDeep.Tests.WordNet;
using OnnxDeep.Trainer.Vectors;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.Vectors;

public sealed class WordNetVectorBuilderTests : IDisposable
{
    private static readonly WordNetVectorOptions s_options = new()
    {
        Dimensions = 8,
        Oversampling = 8,
        MinimumOccurrences = 1,
        Supplemented = false,
    };

    private readonly MiniWordNet _mini = new();

    public void Dispose() => _mini.Dispose();

    [Fact]
    public void TwoBuildsAreByteIdentical()
    {
        Build(s_options, _mini.Path, _mini.File("a.safetensors"));
        Build(s_options, _mini.Path, _mini.File("b.safetensors"));

        Assert.Equal(File.ReadAllBytes(_mini.File("a.safetensors")), File.ReadAllBytes(_mini.File("b.safetensors")));
    }

    [Fact]
    public void LemmasSpellingsAndFormsShareRowsOfOneLength()
    {
        WordNetVectorSummary summary = Build(s_options, _mini.Path, _mini.File("a.safetensors"));
        using WordVectorTable table = WordVectorTable.Open(_mini.File("a.safetensors"));

        Assert.Equal(summary.KeyCount, table.KeyCount);
        Assert.Equal("wordnet-8d", table.Name);
        Assert.Equal("WordNet 3.0", table.Source);
        Assert.Equal(VectorElementType.Int8, table.ElementType);
        string[] sameRow = ["apple tree", "appletree", "apple trees"];
        Assert.Single(sameRow.Select(Row).Distinct());
        Assert.Equal(Row("apple tree"), Row("malus pumila"));
        Assert.Equal(Row("eat"), Row("ate"));
        Assert.NotEqual(Row("apple"), Row("apple tree"));
        for (int row = 0; row < table.RowCount; row++)
        {
            Assert.InRange(table.GetNorm(row), 6.9f, 7.1f);
        }

        int Row(string key) => table.TryGetRow(key, out int row) ? row : throw new KeyNotFoundException(key);
    }

    [Fact]
    public void ProgressRisesToOne()
    {
        var progress = new ProgressList();

        Build(s_options, _mini.Path, _mini.File("a.safetensors"), progress);

        Assert.Equal(progress.Fractions.Order(), progress.Fractions);
        Assert.Equal(1, progress.Fractions[^1]);
    }

    [Fact]
    public void CancelledBuildWritesNothing()
    {
        Assert.ThrowsAny<OperationCanceledException>(() => WordNetVectorBuilder.Build(
            s_options, _mini.Path, _mini.File("a.safetensors"), null, new CancellationToken(canceled: true)));

        Assert.False(File.Exists(_mini.File("a.safetensors")));
    }

    private static WordNetVectorSummary Build(
        WordNetVectorOptions options, string wordNet, string output, IProgress<BuildProgress>? progress = null) =>
        WordNetVectorBuilder.Build(options, wordNet, output, progress, TestContext.Current.CancellationToken);

    private sealed class ProgressList : IProgress<BuildProgress>
    {
        public List<double> Fractions { get; } = [];

        public void Report(BuildProgress value) => Fractions.Add(value.Fraction);
    }
}
