using OnnxDeep.Trainer.WordNet;

namespace OnnxDeep.Tests.WordNet;

public sealed class SupplementTests : IDisposable
{
    private readonly MiniWordNet _mini = new();

    public void Dispose() => _mini.Dispose();

    [Fact]
    public void NewWordStandsUnderItsHypernymInItsTopic()
    {
        WordNetDatabase database = Add("# fruit\n\nkiwi, kiwifruit | n | fruit#n#1, food#n#1 | green sweet fruit");

        Assert.True(database.TryGetLemma("kiwifruit", out Lemma? kiwi));
        WordSense sense = Assert.Single(kiwi.Senses);
        Assert.False(kiwi.IsProper(sense));
        Assert.Equal(13, sense.Synset.LexicographerFile);
        Assert.Equal("green sweet fruit", sense.Synset.Definition);
        Assert.Equal(
            ["fruit", "food"], sense.Synset.Pointers.Select(pointer => database.Find(pointer.Target)!.Words[0]));
        Assert.Same(sense.Synset, database.Synsets[sense.Synset.Index]);
        Assert.True(sense.TagCount > 0);
    }

    [Fact]
    public void NewSenseOfAnOldWordStandsBesideTheOthers()
    {
        WordNetDatabase database = Add("+turkey | n | food#n#1 | meat of a turkey");

        Assert.True(database.TryGetLemma("turkey", out Lemma? turkey));
        Assert.Equal(3, turkey.Senses.Count);
    }

    [Fact]
    public void OtherSpellingHasTheSameSynsets()
    {
        WordNetDatabase database = Add("appel | = | apple");

        Assert.True(database.TryGetLemma("appel", out Lemma? appel));
        Assert.True(database.TryGetLemma("apple", out Lemma? apple));
        Assert.Equal(apple.Senses.Select(sense => sense.Synset), appel.Senses.Select(sense => sense.Synset));
        Assert.False(appel.IsProper(appel.Senses[0]));
    }

    [Fact]
    public void EverydayWordOnlyCountsForMore()
    {
        WordNetDatabase database = Add("apple tree, fruit | !");

        Assert.True(database.TryGetLemma("apple tree", out Lemma? tree));
        Assert.Single(tree.Senses);
        Assert.True(tree.TagCount > 0);
    }

    [Theory]
    [InlineData("apple | n | fruit#n#1 | a fruit", "lacks, found 'apple'")]
    [InlineData("+kiwi | n | fruit#n#1 | a fruit", "has, found 'kiwi'")]
    [InlineData("kiwi | !", "has, found 'kiwi'")]
    [InlineData("kiwi | n | fruit#n#2 | a fruit", "found 'fruit#n#2'")]
    [InlineData("kiwi | n | fruit#v#1 | a fruit", "found 'fruit#v#1'")]
    [InlineData("kiwi | = | qiwi", "a word of WordNet")]
    [InlineData("kiwi | q | fruit#n#1 | a fruit", "n, v or a")]
    [InlineData("kiwi", "a part of speech")]
    public void DamagedLineIsNamedWithWhatWasExpected(string line, string expected)
    {
        var error = Assert.Throws<FileFormatException>(() => Add("# first\n" + line));

        Assert.Equal(2, error.Line);
        Assert.Contains(expected, error.Expected, StringComparison.Ordinal);
    }

    private WordNetDatabase Add(string text) =>
        Supplement.AddTo(WordNetDatabase.Load(_mini.Path), new StringReader(text));
}
