using System.Reflection;

namespace OnnxDeep.Trainer.WordNet;

/// <summary>
/// Everyday words that WordNet 3.0 lacks, for example because they are newer, with definitions written for this
/// project. The header of Supplement.txt describes the format.
/// </summary>
internal static class Supplement
{
    private const string ResourceName = "OnnxDeep.Trainer.WordNet.Supplement.txt";
    private const string NewSense = "+";
    private const string OtherSpelling = "=";
    private const string Everyday = "!";

    /// <summary>
    /// The tag count of a sense in the supplement, compared with the tagged texts: an everyday word, no more.
    /// </summary>
    private const int EverydayTags = 10;

    /// <summary>Returns the database with these words added; the original is not changed.</summary>
    /// <exception cref="FileFormatException">
    /// A line refers to a sense that the database lacks, or a new word is already in it.
    /// </exception>
    public static WordNetDatabase AddTo(WordNetDatabase database)
    {
        using Stream stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(ResourceName)!;
        using var reader = new StreamReader(stream);
        return AddTo(database, reader);
    }

    /// <summary>Returns the database with the words of a text in the same format.</summary>
    public static WordNetDatabase AddTo(WordNetDatabase database, TextReader reader)
    {
        var synsets = new List<Synset>();
        var senses = new List<(string Lemma, WordSense Sense)>();
        int number = 0;
        while (reader.ReadLine() is string line)
        {
            number++;
            if (line.Length > 0 && line[0] != '#')
            {
                Add(database, number, line.Split(" | "), synsets, senses);
            }
        }

        return database.With(synsets, senses);
    }

    private static void Add(
        WordNetDatabase database,
        int line,
        string[] fields,
        List<Synset> synsets,
        List<(string Lemma, WordSense Sense)> senses)
    {
        if (fields.Length < 2)
        {
            throw Error(line, "words and a part of speech, =, or !");
        }

        string[] words = fields[0].Split(", ");
        string[] lemmas = [.. words.Select(word => word.TrimStart('+'))];
        for (int i = 0; i < words.Length; i++)
        {
            bool old = words[i].StartsWith(NewSense, StringComparison.Ordinal) || fields[1] == Everyday;
            if (database.TryGetLemma(lemmas[i], out _) != old)
            {
                throw Error(line, $"a word that WordNet 3.0 {(old ? "has" : "lacks")}, found '{lemmas[i]}'");
            }
        }

        switch (fields)
        {
            case [_, Everyday]:
                senses.AddRange(lemmas.Select(lemma => (lemma, First(database, lemma))));
                break;
            case [_, OtherSpelling, string of] when database.TryGetLemma(of, out Lemma? same):
                senses.AddRange(lemmas.SelectMany(lemma => same.Senses.Select(sense => (lemma, Spelled(sense)))));
                break;
            case [_, "n" or "v" or "a", string above, string gloss]:
                Synset synset = Create(database, line, fields[1], lemmas, above, gloss, synsets.Count);
                synsets.Add(synset);
                senses.AddRange(lemmas.Select(lemma => (lemma, new WordSense(synset, 1, EverydayTags))));
                break;
            default:
                throw Error(
                    line,
                    "words | n, v or a | word#n#1 | a gloss, or words | = | a word of WordNet, or words | !");
        }
    }

    private static WordSense Spelled(WordSense sense) =>
        sense with { TagCount = sense.TagCount + (sense.Number == 1 ? EverydayTags : 0), IsInherited = true };

    private static WordSense First(WordNetDatabase database, string lemma)
    {
        database.TryGetLemma(lemma, out Lemma? known);
        WordSense first = known!.Senses[0];
        return first with { TagCount = first.TagCount + EverydayTags };
    }

    private static Synset Create(
        WordNetDatabase database,
        int line,
        string partOfSpeech,
        string[] lemmas,
        string above,
        string gloss,
        int index)
    {
        Synset[] parents =
        [
            .. above.Split(", ").Select(name => Find(database, name)
                ?? throw Error(line, $"a sense of WordNet 3.0 such as soup#n#1, found '{name}'")),
        ];
        PartOfSpeech part = Parse(partOfSpeech)!.Value;
        PointerKind kind = part == PartOfSpeech.Adjective ? PointerKind.SimilarTo : PointerKind.Hypernym;
        return new Synset(
            new SynsetId(part, -line),
            database.Synsets.Count + index,
            parents[0].LexicographerFile,
            lemmas,
            [.. parents.Select(parent => new SynsetPointer(kind, parent.Id))],
            gloss,
            string.Empty);
    }

    // Example: soup#n#1
    private static Synset? Find(WordNetDatabase database, string name) =>
        name.Split('#') is [string lemma, string part, string number]
        && database.TryGetLemma(lemma, out Lemma? known)
            ? known.Senses.FirstOrDefault(sense =>
                sense.Synset.Id.PartOfSpeech == Parse(part) && $"{sense.Number}" == number)?.Synset
            : null;

    private static PartOfSpeech? Parse(string letter) => letter switch
    {
        "n" => PartOfSpeech.Noun,
        "v" => PartOfSpeech.Verb,
        "a" => PartOfSpeech.Adjective,
        _ => null,
    };

    private static FileFormatException Error(int line, string expected) =>
        WordNetLine.Damaged(ResourceName, line, expected);
}
