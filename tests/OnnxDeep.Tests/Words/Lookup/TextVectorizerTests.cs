using OnnxDeep.Words.Lookup;

namespace OnnxDeep.Tests.Words.Lookup;

public sealed class TextVectorizerTests
{
    [Theory]
    [InlineData("Green  Salad!", "green salad")]
    [InlineData("It's «hot», isn't it?", "it's hot isn't it")]
    [InlineData("'quoted' l’été", "quoted l'été")]
    [InlineData("e-mail and/or ice_cream 3.5", "e mail and or ice_cream 3 5")]
    [InlineData("a\tb\r\nc\u00a0d\u3000e\0f", "a b c d e f")]
    [InlineData("cafe\u0301 ÄÖ", "café äö")]
    [InlineData("हिन्दी 𝒳😀y", "हिन्दी 𝒳 y")]
    [InlineData("x'' 'y rock 'n' roll", "x y rock n roll")]
    [InlineData(" .,; ", "")]
    [InlineData("", "")]
    public void WordsAreInLowerCaseWithSingleBlanks(string text, string words)
    {
        Assert.Equal(words, TextVectorizer.Normalize(text));
        Assert.Equal(words, TextVectorizer.Normalize(words));
    }

    [Fact]
    public void HalfOfASurrogatePairSeparatesWords() =>
        Assert.Equal("a b", TextVectorizer.Normalize($"a{(char)0xD800}b{(char)0xDC00}"));
}
