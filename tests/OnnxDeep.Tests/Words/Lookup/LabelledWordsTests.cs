using OnnxDeep.Learning.Data;
using OnnxDeep.Learning.Training;
using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.Words.Lookup;

public sealed class LabelledWordsTests : IDisposable
{
    private static readonly string[] s_foods = ["apple", "bread", "cheese", "soup"];
    private static readonly string[] s_others = ["car", "desk", "river", "lamp"];

    private readonly WordVectorTable _table = WordVectorTable.Open(Repository.DefaultVectors);

    public void Dispose() => _table.Dispose();

    [Fact]
    public void EveryWordThatIsLeftOutIsNamedWithTheReason()
    {
        LabelledWords words = Words();
        words.Add("Apple", "food");
        words.Add("turkey", "food");
        words.Add("«turkey»", "other");
        words.Add("qwxzv", "other");
        words.Add("", "food");
        words.Add("bus", null);
        LabelledExamples examples = words.Build();

        Assert.Equal([.. s_foods, .. s_others], examples.Names);
        Assert.Equal(["food", "other"], examples.Labels);
        Assert.Equal(
            new HashSet<(string, string, SkipReason)>
            {
                ("Apple", "food", SkipReason.Duplicate),
                ("turkey", "food, other", SkipReason.SeveralLabels),
                ("qwxzv", "other", SkipReason.Unknown),
                ("", "food", SkipReason.Invalid),
                ("bus", "", SkipReason.NoLabel),
            },
            [.. examples.Skipped.Select(skipped => (skipped.Word, skipped.Label, skipped.Reason))]);
    }

    [Fact]
    public void WordThatIsOnlyFoundFoldedIsTheFoldedWord()
    {
        LabelledWords words = Words();
        words.Add("jalapeno", "food");
        words.Add("jalapeño", "other");
        words.Add("tofü", "food");
        LabelledExamples examples = words.Build();

        Assert.Equal([.. s_foods, .. s_others, "tofü"], examples.Names);
        Assert.Equal(
            ("jalapeno", SkipReason.SeveralLabels), (examples.Skipped.Single().Word, examples.Skipped.Single().Reason));
    }

    [Fact]
    public void OrderOfLabelsIsTheCallers()
    {
        LabelledExamples examples = Words().Build(["other", "food"]);

        Assert.Equal(1, examples.Data.GetClass(0));
        Assert.Equal(0, examples.Data.GetClass(7));
    }

    [Fact]
    public void TooLittleToLearnFromIsTold()
    {
        Assert.Equal("OneClassOnly", Error(words => words.Add("apple", "food")));
        Assert.Equal("NoKnownWord", Error(words => words.Add("qwxzv", "food")));
        Assert.Equal("NoKnownWord", Error(_ => { }));
        Assert.Equal("TooFewExamples", Error(words =>
        {
            Array.ForEach(s_foods, word => words.Add(word, "food"));
            words.Add("car", "other");
        }));
    }

    private string Error(Action<LabelledWords> add)
    {
        var words = new LabelledWords(new TermVectorizer(_table));
        add(words);
        return Assert.Throws<OnnxDeepException>(() => words.Build()).ErrorId;
    }

    private LabelledWords Words()
    {
        var words = new LabelledWords(new TermVectorizer(_table));
        Array.ForEach(s_foods, word => words.Add(word, "food"));
        Array.ForEach(s_others, word => words.Add(word, "other"));
        return words;
    }
}
