using OnnxDeep.Trainer.WordNet;

namespace OnnxDeep.Tests.WordNet;

public sealed class InflectorTests : IDisposable
{
    private readonly MiniWordNet _mini = new();

    public void Dispose() => _mini.Dispose();

    [Theory]
    [InlineData("apple", "apples")]
    [InlineData("berry", "berries")]
    [InlineData("toy", "toys")]
    [InlineData("box", "boxes")]
    [InlineData("peach", "peaches")]
    [InlineData("radish", "radishes")]
    [InlineData("glass", "glasses")]
    [InlineData("hot dog", "hot dogs")]
    [InlineData("fireman", "firemen")]
    [InlineData("human", "humans")]
    [InlineData("milk tooth", "milk teeth")]
    public void NounHasItsPlural(string lemma, string plural) =>
        Assert.Equal([plural], Regular(lemma, PartOfSpeech.Noun));

    [Theory]
    [InlineData("bake", "bakes", "baked", "baking")]
    [InlineData("carry", "carries", "carried", "carrying")]
    [InlineData("play", "plays", "played", "playing")]
    [InlineData("stop", "stops", "stopped", "stopping")]
    [InlineData("cook", "cooks", "cooked", "cooking")]
    [InlineData("fix", "fixes", "fixed", "fixing")]
    [InlineData("quit", "quits", "quitted", "quitting")]
    [InlineData("tie", "ties", "tied", "tying")]
    [InlineData("agree", "agrees", "agreed", "agreeing")]
    [InlineData("open", "opens", "opened", "opening")]
    public void VerbHasItsForms(string lemma, string s, string ed, string ing) =>
        Assert.Equal([s, ed, ing], Regular(lemma, PartOfSpeech.Verb));

    [Theory]
    [InlineData("big", "bigger", "biggest")]
    [InlineData("nice", "nicer", "nicest")]
    [InlineData("dry", "drier", "driest")]
    [InlineData("tall", "taller", "tallest")]
    public void AdjectiveIsCompared(string lemma, string er, string est) =>
        Assert.Equal([er, est], Regular(lemma, PartOfSpeech.Adjective));

    [Fact]
    public void IrregularFormsStandForRegularOnes()
    {
        var inflector = new Inflector(WordNetDatabase.Load(_mini.Path));

        Assert.Equal(["ate", "eaten"], inflector.Irregular("eat", PartOfSpeech.Verb));
        Assert.Equal(["eats", "eating"], inflector.Regular("eat", PartOfSpeech.Verb));
        Assert.Equal(["teeth"], inflector.Irregular("tooth", PartOfSpeech.Noun));
        Assert.Empty(inflector.Regular("tooth", PartOfSpeech.Noun));
    }

    [Fact]
    public void AdverbsAndVerbsOfSeveralWordsHaveNoForms()
    {
        Assert.Empty(Regular("sweetly", PartOfSpeech.Adverb));
        Assert.Empty(Regular("take in", PartOfSpeech.Verb));
    }

    private IReadOnlyList<string> Regular(string lemma, PartOfSpeech partOfSpeech) =>
        new Inflector(WordNetDatabase.Load(_mini.Path)).Regular(lemma, partOfSpeech);
}
