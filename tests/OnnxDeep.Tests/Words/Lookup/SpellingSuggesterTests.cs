using OnnxDeep.Words.Lookup;

namespace OnnxDeep.Tests.Words.Lookup;

public sealed class SpellingSuggesterTests
{
    private static readonly string[] s_keys =
        ["cat", "rice", "ride", "mice", "price", "broccoli", "ice cream", "Paris", "icecreem", "bröt"];

    [Theory]
    [InlineData("brocolli", "broccoli")]
    [InlineData("BROCOLI", "broccoli")]
    [InlineData("rise", "rice", "ride")]
    [InlineData("pariss", "Paris")]
    [InlineData("icecream", "icecreem")]
    [InlineData("brot", "bröt")]
    [InlineData("car")]
    [InlineData("zzzzzzzz")]
    [InlineData("rice", "ride", "mice", "price")]
    public void NearestKeysComeFirst(string word, params string[] expected) =>
        Assert.Equal(expected, new SpellingSuggester(s_keys).Suggest(word));
}
