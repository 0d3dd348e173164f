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

    [Fact]
    public void CleanTermHasComposedLetters()
    {
        Assert.SkipUnless(CultureData.ComposesLetters, CultureData.Missing);

        Assert.Equal("caf\u00E9", Term.Clean("cafe\u0301"));
    }

    [Theory]
    [InlineData("«salad»,", "salad")]
    [InlineData("(ice cream)!", "ice cream")]
    [InlineData("o'clock", "o'clock")]
    [InlineData("...", "")]
    public void PunctuationAroundATermIsDropped(string term, string expected) =>
        Assert.Equal(expected, Term.TrimPunctuation(term));
}
