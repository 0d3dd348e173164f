using OnnxDeep.Trainer.WordNet;

namespace OnnxDeep.Tests.WordNet;

public sealed class WordNetDatabaseTests : IDisposable
{
    private readonly MiniWordNet _mini = new();

    public void Dispose() => _mini.Dispose();

    [Fact]
    public void SynsetHasItsWordsPointersAndGloss()
    {
        WordNetDatabase database = WordNetDatabase.Load(_mini.Path);

        Synset food = database.Find(new SynsetId(PartOfSpeech.Noun, 2))!;

        Assert.Equal(10, database.Synsets.Count);
        Assert.Equal(["food", "nutrient"], food.Words);
        Assert.Equal(13, food.LexicographerFile);
        Assert.Equal([new SynsetPointer(PointerKind.Hypernym, new SynsetId(PartOfSpeech.Noun, 1))], food.Pointers);
        Assert.Equal("what can be eaten", food.Definition);
        Assert.Equal("\"food and drink\"", food.Examples);
        Assert.Same(food, database.Synsets[food.Index]);
    }

    [Fact]
    public void CollocationsHaveBlanksAndMarkersGo()
    {
        WordNetDatabase database = WordNetDatabase.Load(_mini.Path);

        Assert.True(database.TryGetLemma("apple tree", out Lemma? lemma));
        Assert.Equal(["apple tree", "Malus pumila"], lemma.Senses[0].Synset.Words);
        Assert.Equal(["sweet"], database.Find(new SynsetId(PartOfSpeech.Adjective, 1))!.Words);
        Assert.False(database.TryGetLemma("apple_tree", out _));
    }

    [Fact]
    public void SensesCarryTagCountsAndNamesAreKnownByTheirCapital()
    {
        WordNetDatabase database = WordNetDatabase.Load(_mini.Path);

        Assert.True(database.TryGetLemma("turkey", out Lemma? turkey));
        Assert.Equal([9, 0], turkey.Senses.Select(sense => sense.TagCount));
        Assert.Equal(9, turkey.TagCount);
        Assert.True(turkey.IsProper(turkey.Senses[0].Synset));
        Assert.False(turkey.IsProper(turkey.Senses[1].Synset));
    }

    [Fact]
    public void ExceptionWithTwoBasesGivesTwoPairs()
    {
        WordNetDatabase database = WordNetDatabase.Load(_mini.Path);

        Assert.Equal([("best", "good"), ("best", "well")], database.Exceptions(PartOfSpeech.Adjective));
    }

    [Fact]
    public void InstalledWordNetIsReadWholeAndOwnWordsFitIntoIt()
    {
        const string Installed = "/usr/share/wordnet";
        Assert.SkipUnless(Directory.Exists(Installed), $"{Installed} is missing (Debian's wordnet-base).");

        WordNetDatabase database = WordNetDatabase.Load(Installed);

        // The counts of wnstats(7WN) for WordNet 3.0.
        Assert.Equal(117_659, database.Synsets.Count);
        Assert.Equal(82_115, database.Synsets.Count(synset => synset.Id.PartOfSpeech == PartOfSpeech.Noun));
        Assert.True(database.TryGetLemma("ice cream", out Lemma? iceCream));
        Assert.Equal(13, iceCream.Senses[0].Synset.LexicographerFile);
        Assert.All(
            database.Synsets.SelectMany(synset => synset.Pointers),
            pointer => Assert.NotNull(database.Find(pointer.Target)));

        database = Supplement.AddTo(database);
        Assert.InRange(database.Synsets.Count - 117_659, 250, 400);
        Assert.True(database.TryGetLemma("smartphone", out _));
    }

    [Theory]
    [InlineData("data.noun")]
    [InlineData("index.adv")]
    [InlineData("verb.exc")]
    [InlineData("cntlist.rev")]
    public void MissingFileIsNamedWithTheWayOut(string name)
    {
        File.Delete(_mini.File(name));

        var error = Assert.Throws<FileFormatException>(() => WordNetDatabase.Load(_mini.Path));

        Assert.Equal("WordNetFileMissing", error.ErrorId);
        Assert.Contains($"'{name}'", error.Message, StringComparison.Ordinal);
        Assert.Equal(_mini.Path, error.Path);
        Assert.Contains("wordnet-base", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void MissingDirectoryIsAMissingFile()
    {
        var error = Assert.Throws<FileFormatException>(() => WordNetDatabase.Load(_mini.File("nowhere")));

        Assert.Contains("'data.noun'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("data.noun", "0000000x 03 n 01 entity 0 000 | that which exists", "a synset offset, found '0000000x'")]
    [InlineData("data.noun", "00000001 03 q 01 entity 0 000 | x", "found 'q'")]
    [InlineData("data.noun", "00000001 03 v 01 entity 0 000 | x", "a synset of part of speech Noun")]
    [InlineData("data.noun", "00000001 03 n 02 entity 0 000 | x", "a lexical id, found '|'")]
    [InlineData("data.noun", "00000001 03 n 01 entity 0 001 ? 00000001 n 0000 | x", "found '?'")]
    [InlineData("data.noun", "00000001 03 n 01 entity 0 000", "a gloss after '|'")]
    [InlineData("data.noun", "00000001 03 n", "a word count")]
    [InlineData("index.verb", "eat v 1 1 + 1 1 00000099", "found 99")]
    [InlineData("index.verb", "eat v 2 1 + 1 1 00000001", "a synset offset")]
    [InlineData("cntlist.rev", "apple%7:13:00:: 1 2", "a sense key such as")]
    [InlineData("cntlist.rev", "apple%1:13:00:: 1 -2", "a tag count, found '-2'")]
    [InlineData("noun.exc", "geese", "a base form")]
    public void DamagedLineIsNamedWithWhatWasExpected(string name, string line, string expected)
    {
        _mini.Write(name, line);

        var error = Assert.Throws<FileFormatException>(() => WordNetDatabase.Load(_mini.Path));

        Assert.Equal("WordNetDamaged", error.ErrorId);
        Assert.Equal(_mini.File(name), error.Path);
        Assert.Equal(2, error.Line);
        Assert.Contains(expected, error.Expected, StringComparison.Ordinal);
    }
}
