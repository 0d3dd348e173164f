using System.Text;
using FsCheck;
using FsCheck.Fluent;

using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Tests.Words.Lookup;

public sealed class TermTests
{
    [Fact]
    public void TermThatPassesTheCheckCanAlwaysBeLookedUp()
    {
        using var table = WordVectorTable.Open(Repository.DefaultVectors);
        var vectorizer = new TermVectorizer(table);
        float[] vector = new float[table.Dimensions];
        Gen<string> terms = Gen.Choose(0, 0xFFFF).Select(c => (char)c).ArrayOf().Select(chars => new string(chars));

        Prop.ForAll(terms.ToArbitrary(), term =>
        {
            if (Term.Check(term) is null)
            {
                vectorizer.TryGetVector(term, vector);
            }
        }).QuickCheckThrowOnFailure();
    }

    [Theory]
    [InlineData(null, "EmptyWord")]
    [InlineData("", "EmptyWord")]
    [InlineData(" \t\u00A0", "BlankWord")]
    [InlineData("a\0b", "WordContainsNul")]
    [InlineData("\uD800", "WordNotUnicode")]
    [InlineData("a\uDC00", "WordNotUnicode")]
    [InlineData("\uFFFE", "WordNotUnicode")]
    [InlineData("caf\uFFFD", "WordNotUnicode")]
    public void TermThatIsNoTextHasAnErrorOfItsOwn(string? term, string errorId) =>
        Assert.Equal(errorId, Term.Check(term)!.ErrorId);

    [Theory]
    [InlineData(Term.MaximumLength, null)]
    [InlineData(Term.MaximumLength + 1, "WordTooLong")]
    public void LengthIsLimited(int length, string? errorId) =>
        Assert.Equal(errorId, Term.Check(new string('x', length))?.ErrorId);

    [Theory]
    [InlineData("🍕")]
    [InlineData("smörgåsbord")]
    [InlineData("日本")]
    public void TextOfAnyScriptPasses(string term) => Assert.Null(Term.Check(term));

    [Fact]
    public void CleanTermHasSingleBlanks() => Assert.Equal("ice cream", Term.Clean("  ice \t cream "));

    // The same with and without culture data.
    [Theory]
    [InlineData("cafe\u0301", "caf\u00E9")]
    [InlineData("A\u030A\u0323", "\u1EA0\u030A")]
    [InlineData("\u1100\u1161\u11A8", "\uAC01")]
    [InlineData("\u212B\u0344", "\u00C5\u0308\u0301")]
    [InlineData("\u0958", "\u0915\u093C")]
    [InlineData("\u30AB\u3099", "\u30AC")]
    [InlineData("ｔｅａ", "ｔｅａ")]
    public void CleanTermHasComposedLetters(string term, string expected) => Assert.Equal(expected, Term.Clean(term));

    // Unicode's own library, where .NET has it.
    [Fact]
    public void EveryCharacterIsComposedAsByIcu()
    {
        Assert.SkipUnless("e\u0301".Normalize().Length == 1, "Without culture data, .NET does not normalise text.");
        string[] texts =
        [
            .. Enumerable.Range(1, 0x2FFFD)
                .Where(code => Rune.IsValid(code) && (code & 0xFFFE) != 0xFFFE)
                .Select(code => $"a{new Rune(code)}\u0323\u0301"),
        ];

        Assert.Equal(texts.Select(text => text.Normalize()), texts.Select(UnicodeForms.Compose));
    }

    [Theory]
    [InlineData("crème brûlée", "creme brulee")]
    [InlineData("JALAPEÑO", "JALAPENO")]
    [InlineData("ｓａｌａｄ", "salad")]
    [InlineData("𝓅𝒾𝓏𝓏𝒶", "pizza")]
    [InlineData("ﬁsh ﬂan", "fish flan")]
    [InlineData("Weißwurst", "Weisswurst")]
    [InlineData("œuf", "oeuf")]
    [InlineData("smørrebrød", "smorrebrod")]
    [InlineData("phở", "pho")]
    [InlineData("τυρί", "τυρι")]
    [InlineData("ёж и чай", "еж и чай")]
    [InlineData("ｶﾞ", "ガ")]
    [InlineData("각", "각")]
    [InlineData("shepherd’s", "shepherd's")]
    [InlineData("ice‑cream", "ice-cream")]
    [InlineData("salt／pepper，oil", "salt/pepper,oil")]
    [InlineData("choco\u00ADlate\u200B", "chocolate")]
    [InlineData("salad", "salad")]
    [InlineData("🍕", "🍕")]
    public void FoldedTermHasPlainLetters(string term, string expected) => Assert.Equal(expected, Term.Fold(term));

    [Theory]
    [InlineData("salt,pepper", "salt pepper")]
    [InlineData("salt/pepper", "salt pepper")]
    [InlineData("salt，pepper／oil", "salt pepper oil")]
    [InlineData("ice–cream_tea", "ice cream tea")]
    [InlineData("salad", "salad")]
    public void WordsOfATermAreSeparated(string term, string expected) => Assert.Equal(expected, Term.Separate(term));

    [Theory]
    [InlineData("«salad»,", "salad")]
    [InlineData("(ice cream)!", "ice cream")]
    [InlineData("o'clock", "o'clock")]
    [InlineData("...", "")]
    public void PunctuationAroundATermIsDropped(string term, string expected) =>
        Assert.Equal(expected, Term.TrimPunctuation(term));
}
