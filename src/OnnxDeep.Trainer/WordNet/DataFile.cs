using System.Globalization;

namespace OnnxDeep.Trainer.WordNet;

/// <summary>Reads data.noun, data.verb, data.adj and data.adv (wndb(5WN)), which have one synset per line.</summary>
internal static class DataFile
{
    /// <summary>Appends the synsets of one file to <paramref name="synsets"/>; their position is their index.</summary>
    public static void Read(string directory, PartOfSpeech partOfSpeech, List<Synset> synsets)
    {
        string name = $"data.{WordNetFile.Suffix(partOfSpeech)}";
        string path = Path.Combine(directory, name);
        foreach ((int number, string text) in WordNetFile.Lines(directory, name))
        {
            synsets.Add(Parse(new WordNetLine(path, number, text), partOfSpeech, synsets.Count));
        }
    }

    private static Synset Parse(WordNetLine line, PartOfSpeech partOfSpeech, int index)
    {
        int offset = line.Number("a synset offset");
        int lexicographerFile = line.Number("a lexicographer file number");
        if (line.PartOfSpeech() != partOfSpeech)
        {
            throw line.Error($"a synset of part of speech {partOfSpeech}");
        }

        string[] words = new string[line.Number("a word count", NumberStyles.AllowHexSpecifier)];
        for (int i = 0; i < words.Length; i++)
        {
            words[i] = Word(line.Field("a word"));
            line.Number("a lexical id", NumberStyles.AllowHexSpecifier);
        }

        var pointers = new SynsetPointer[line.Number("a pointer count")];
        for (int i = 0; i < pointers.Length; i++)
        {
            ReadOnlySpan<char> symbol = line.Field("a pointer symbol");
            PointerKind kind = PointerSymbols.Parse(symbol)
                ?? throw line.Error($"a pointer symbol of WordNet 3.0, found '{symbol}'");
            int target = line.Number("the synset offset of a pointer");
            pointers[i] = new SynsetPointer(kind, new SynsetId(line.PartOfSpeech(), target));
            line.Field("the source and target words of a pointer");
        }

        int bar = line.Rest.IndexOf('|');
        if (bar < 0)
        {
            throw line.Error("a gloss after '|'");
        }

        ReadOnlySpan<char> gloss = line.Rest[(bar + 1)..].Trim();
        int quote = gloss.IndexOf('"');
        ReadOnlySpan<char> definition = quote < 0 ? gloss : gloss[..quote];
        return new Synset(
            new SynsetId(partOfSpeech, offset),
            index,
            lexicographerFile,
            words,
            pointers,
            definition.TrimEnd("; ").ToString(),
            quote < 0 ? string.Empty : gloss[quote..].ToString());
    }

    // Adjectives have their syntactic position in parentheses: "galore(ip)".
    private static string Word(ReadOnlySpan<char> field)
    {
        int bracket = field.EndsWith(")") ? field.LastIndexOf('(') : -1;
        return (bracket > 0 ? field[..bracket] : field).ToString().Replace('_', ' ');
    }
}

/// <summary>The numbers of the lexicographer files that this program distinguishes (lexnames(5WN)).</summary>
internal static class LexicographerFiles
{
    public const int Animal = 5;
    public const int Artifact = 6;
    public const int Body = 8;
    public const int Food = 13;
    public const int Person = 18;
    public const int Plant = 20;
    public const int Substance = 27;

    /// <summary>The number of files.</summary>
    public const int Count = 45;
}
