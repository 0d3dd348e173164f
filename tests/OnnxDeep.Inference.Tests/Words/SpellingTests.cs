using System.Text;
using System.Text.Json;

using OnnxDeep.Inference.Words;
using OnnxDeep.Words.Lookup;

namespace OnnxDeep.Tests.Words;

/// <summary>What comes before a model that takes words, in .NET and on the page of examples/browser.</summary>
public sealed class SpellingTests
{
    private const int Texts = 20_000;
    private const int LongestText = 6;

    // Blocks with characters that came after Unicode 15.0, which Node.js may know.
    private static readonly (int First, int Last)[] s_newer =
    [
        (0x1C89, 0x1C8A), (0xA7CB, 0xA7F1), (0x105C0, 0x105FF), (0x10D40, 0x10D8F), (0x11380, 0x113FF),
        (0x16100, 0x1613F), (0x16D40, 0x16D7F), (0x16EA0, 0x16EDF), (0x1CC00, 0x1CCFF),
    ];

    // Letters, marks and syllables, with what combines with them.
    private static readonly (int First, int Last)[] s_combining =
    [
        (0x41, 0x5A), (0xC0, 0x24F), (0x300, 0x36F), (0x370, 0x52F), (0x591, 0x5F4), (0x900, 0x9FF), (0x1100, 0x11FF),
        (0x1E00, 0x1FFF), (0x2000, 0x206F), (0x3040, 0x30FF), (0xAC00, 0xAC80), (0xFB00, 0xFB4F), (0xFF00, 0xFFEF),
    ];

    [Fact]
    public async Task PageSpellsEveryCharacterAsTheModuleDoes() => await AssertSame(
        [.. Enumerable.Range(1, 0x1FFFF).Concat(Enumerable.Range(0x2F800, 0x220)).Where(IsCharacter).Select(ToText)]);

    [Fact]
    public async Task PageSpellsCharactersThatCombineAsTheModuleDoes()
    {
        var random = new Random(42);
        int[] characters =
        [
            .. s_combining.SelectMany(range => Enumerable.Range(range.First, range.Last - range.First + 1))
                .Where(IsCharacter),
        ];
        await AssertSame(
        [
            .. Enumerable.Range(0, Texts).Select(_ => string.Concat(
                random.GetItems(characters, random.Next(1, LongestText + 1)).Select(ToText))),
        ]);
    }

    [Fact]
    public async Task PageAndBothModelsAnswerTheSame()
    {
        string[] terms = JsonSerializer.Deserialize<string[]>(File.ReadAllText(TestData.Find("terms.json")))!;
        Programs.RequirePackage("onnxruntime-node", "tests", "node");
        using JsonDocument page = await NodeScript.Run("terms.mjs", terms, Repository.FoodWordsModel);
        using var food = WordClassifier.Open(Repository.FoodModel, Repository.DefaultVectors);
        using var foodWords = WordClassifier.Open(Repository.FoodWordsModel);

        Answer[] expected = [.. food.Classify(terms).Select(Answer.Of)];

        Assert.Equal(300, terms.Distinct().Count());
        Assert.Equal(expected, foodWords.Classify(terms).Select(Answer.Of), Answer.AreEqual);
        Assert.Equal(expected, page.RootElement.EnumerateArray().Select(Answer.Of), Answer.AreEqual);
        Assert.Contains(new Answer("crème brûlée", "food", true, "creme brulee"), expected);
        Assert.Contains(new Answer("salt,pepper", "food", true, null), expected);
        Assert.Contains(new Answer("寿司", "unknown", false, null), expected);
    }

    private sealed record Answer(string Word, string Label, bool IsKnown, string? Folded)
    {
        private const double Tolerance = 1e-5;

        private double _probability;

        public static Answer Of(ClassifiedWord word) => new(word.Word, word.Label, word.IsKnown, word.FoldedWord)
        {
            _probability = word.Scores?["food"] ?? double.NaN,
        };

        public static Answer Of(JsonElement answer) => new(
            answer.GetProperty("word").GetString()!,
            answer.GetProperty("label").GetString()!,
            answer.GetProperty("isKnown").GetBoolean(),
            answer.GetProperty("folded").GetString())
        {
            // JSON represents NaN as null.
            _probability = answer.GetProperty("probability") is { ValueKind: JsonValueKind.Number } number
                ? number.GetDouble()
                : double.NaN,
        };

        public static bool AreEqual(Answer first, Answer second) =>
            first == second
            && (double.IsNaN(first._probability)
                ? double.IsNaN(second._probability)
                : Math.Abs(first._probability - second._probability) <= Tolerance);

        public bool Equals(Answer? other) => other is not null
            && (Word, Label, IsKnown, Folded) == (other.Word, other.Label, other.IsKnown, other.Folded);

        public override int GetHashCode() => HashCode.Combine(Word, Label);
    }

    private static async Task AssertSame(string[] texts)
    {
        using JsonDocument page = await NodeScript.Run("spell.mjs", texts);

        Assert.Equal(
            texts.Select(text => string.Join('|', Spell(text))),
            page.RootElement.EnumerateArray()
                .Select(spellings => string.Join('|', spellings.Deserialize<string[]>()!)));
    }

    private static string[] Spell(string text) =>
        [Term.Clean(text), Term.TrimPunctuation(text), Term.Fold(text), text.ToLowerInvariant()];

    private static bool IsCharacter(int code) =>
        Rune.IsValid(code) && !s_newer.Any(range => code >= range.First && code <= range.Last);

    private static string ToText(int code) => new Rune(code).ToString();
}
