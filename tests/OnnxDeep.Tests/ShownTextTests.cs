using System.Text.RegularExpressions;
using System.Xml;

namespace OnnxDeep.Tests;

public sealed class ShownTextTests
{
    [Theory]
    [InlineData("salad", "salad")]
    [InlineData("", "")]
    [InlineData("\u001b[31mred\a", "\uFFFD[31mred\uFFFD")]
    [InlineData("a\u009b1mb\u0085c\u007Fd", "a\uFFFD1mb\uFFFDc\uFFFDd")]
    [InlineData("\u202Egnp.exe\u2066x\u2069", "\uFFFDgnp.exe\uFFFDx\uFFFD")]
    [InlineData("a\r\nb\tc\0", "a\uFFFD\uFFFDb\uFFFDc\uFFFD")]
    [InlineData("brûlée 寿司 \U0001F35C \u200F\u05D0\u200Dx", "brûlée 寿司 \U0001F35C \u200F\u05D0\u200Dx")]
    [InlineData("a\u2028b\uFFFE", "a\uFFFDb\uFFFD")]
    public void ValuesAreOneLineWithoutControl(string text, string expected)
    {
        Assert.Equal(expected, ShownText.Value(text));
        Assert.Equal(expected, ShownText.Message(text));
        Assert.Equal(expected != text, ShownText.IsHostile(text));
    }

    // Attributes cannot have such texts.
    [Fact]
    public void HalfCharactersAreReplaced() => Assert.Equal("a\uFFFDb\uFFFDc", ShownText.Value("a\uD83Cb\uDF5Cc"));

    [Fact]
    public void LinesKeepTheirEndsAndTabs() =>
        Assert.Equal("a\tb\nc\r\nd\uFFFDe\uFFFD", ShownText.Lines("a\tb\nc\r\nd\re\u001b"));

    [Fact]
    public void EveryCharacterThatIsShownIsValidXml()
    {
        string all = string.Concat(Enumerable.Range(0, 0x10000).Select(c => (char)c));

        Assert.Equal(XmlConvert.VerifyXmlChars(ShownText.Lines(all)), ShownText.Lines(all));
        Assert.DoesNotContain('\n', string.Concat(all.Chunk(256).Select(part => ShownText.Value(new string(part)))));
    }

    [Fact]
    public void LongValuesKeepBothEndsAndNoHalfCharacter()
    {
        Assert.Equal(new string('a', 560), ShownText.Value(new string('a', 560)));
        string cut = ShownText.Value("begin" + string.Concat(Enumerable.Repeat("\U0001F35C", 1 << 19)) + "end");

        Assert.Equal(512, cut.Length);
        Assert.StartsWith("begin", cut, StringComparison.Ordinal);
        Assert.EndsWith("end", cut, StringComparison.Ordinal);
        Assert.DoesNotMatch(new Regex(ShownText.Hostile), cut);
    }

    [Fact]
    public void MessagesKeepTheirSentencesWhateverTheirValuesAre()
    {
        string name = new('n', 1 << 20);
        string blanks = string.Join(' ', Enumerable.Repeat("word", 1 << 18));
        var error = new OnnxDeepException(
            ErrorIds.LabelUnknown, $"There is no class '{name}'. The classes are: {name}, it's '{blanks}'. Use one.");

        Assert.InRange(error.Message.Length, 500, 4096);
        Assert.StartsWith("There is no class 'nnn", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("word'. Use one.", error.Message, StringComparison.Ordinal);
        Assert.Equal(
            $"'{name[..351]}…{name[..160]}' is long. Really.",
            ShownText.Message($"'{name}' is long. Really."));
    }

    [Fact]
    public void TextOfARuntimeBecomesOneLine() =>
        Assert.Equal("first. second third", ShownText.Joined("first.\r\n\n  second\n third\n"));

    [Theory]
    [InlineData("'aaa")]
    [InlineData("aaa ")]
    [InlineData("a'b ")]
    public void LongMessagesAreCutInTimeThatDoesNotDependOnTheirWords(string part)
    {
        string text = string.Concat(Enumerable.Repeat(part, 1 << 20));

        Assert.Equal(4096, ShownText.Message(text).Length);
    }
}
