using OnnxDeep.Trainer.WordNet;

namespace OnnxDeep.Tests.WordNet;

public sealed class MorphologyTests : IDisposable
{
    private readonly MiniWordNet _mini = new();

    public void Dispose() => _mini.Dispose();

    [Theory]
    [InlineData("apple", "apple")]
    [InlineData("apples", "apple")]
    [InlineData("ate", "eat")]
    [InlineData("eating", "eat")]
    [InlineData("apple trees", "apple tree")]
    [InlineData("sweeter", "sweet")]
    [InlineData("sweetlies", null)]
    [InlineData("entitying", null)]
    [InlineData("s", null)]
    public void FormLeadsToItsLemma(string form, string? lemma) =>
        Assert.Equal(lemma, new Morphology(WordNetDatabase.Load(_mini.Path)).BaseForm(form)?.Text);
}
