using OnnxDeep.Tests.WordNet;
using OnnxDeep.Trainer.Vectors;
using OnnxDeep.Trainer.WordNet;

namespace OnnxDeep.Tests.Vectors;

public sealed class InflectedFormsTests : IDisposable
{
    private readonly MiniWordNet _mini = new();

    public void Dispose() => _mini.Dispose();

    [Theory]
    [InlineData(0, 0, "apple", "apples")]
    [InlineData(3, 8, "apples", "apple")]
    [InlineData(1, 80, "apple", "apples")]
    [InlineData(1, 8, "apples", "apple")]
    public void FormThatIsALemmaHasBothSensesTheCommonerFirst(
        int tagsOfForm, int tagsOfBase, string first, string second)
    {
        Lemma form = Lemma("apples", tagsOfForm);

        Lemma both = Forms(Lemma("apple", tagsOfBase), form).WithBaseSenses(form);

        Assert.Equal([first, second], both.OrderSenses().Select(sense => sense.Synset.Words[0]));
    }

    [Fact]
    public void LemmaThatIsNoFormStaysAsItIs()
    {
        Lemma apple = Lemma("apple", 1);

        Assert.Same(apple, Forms(apple).WithBaseSenses(apple));
    }

    [Fact]
    public void NameStaysAName()
    {
        Lemma name = Lemma("apples", 0, "Apples");

        Assert.Same(name, Forms(Lemma("apple", 0), name).WithBaseSenses(name));
    }

    private static Lemma Lemma(string text, int tags, string? spelled = null)
    {
        var id = new SynsetId(PartOfSpeech.Noun, text.Length);
        var synset = new Synset(
            id, text.Length, LexicographerFiles.Food, [spelled ?? text], [], string.Empty, string.Empty);
        return new Lemma(text, [new WordSense(synset, 1, tags)]);
    }

    private InflectedForms Forms(params Lemma[] lemmas) =>
        new(new Inflector(WordNetDatabase.Load(_mini.Path)), lemmas);
}
