using System.Globalization;
using System.Text;

namespace OnnxDeep.Trainer.WordNet;

/// <summary>Reads the database files of WordNet.</summary>
internal static class WordNetReader
{
    /// <summary>
    /// Appends the synsets of data.noun, data.verb, data.adj or data.adv (wndb(5WN)), which have one synset per line,
    /// to <paramref name="synsets"/>; their position is their index.
    /// </summary>
    public static void ReadSynsets(string directory, PartOfSpeech partOfSpeech, List<Synset> synsets)
    {
        string name = $"data.{Suffix(partOfSpeech)}";
        string path = Path.Combine(directory, name);
        foreach ((int number, string text) in Lines(directory, name))
        {
            synsets.Add(Parse(new WordNetLine(path, number, text), partOfSpeech, synsets.Count));
        }
    }

    /// <summary>
    /// Adds the senses of the lemmas in index.noun, index.verb, index.adj or index.adv (wndb(5WN)), most common first.
    /// </summary>
    public static void ReadIndex(
        string directory,
        PartOfSpeech partOfSpeech,
        IReadOnlyDictionary<SynsetId, Synset> synsets,
        IReadOnlyDictionary<(string Lemma, PartOfSpeech PartOfSpeech, int Number), int> counts,
        SortedDictionary<string, List<WordSense>> lemmas)
    {
        string name = $"index.{Suffix(partOfSpeech)}";
        string path = Path.Combine(directory, name);
        foreach ((int number, string text) in Lines(directory, name))
        {
            var line = new WordNetLine(path, number, text);
            string lemma = line.Field("a lemma").ToString();
            line.PartOfSpeech();
            int synsetCount = line.Number("a synset count");
            for (int pointers = line.Number("a pointer count"); pointers > 0; pointers--)
            {
                line.Field("a pointer symbol");
            }

            line.Number("a sense count");
            line.Number("a count of tagged senses");
            string key = lemma.Replace('_', ' ');
            if (!lemmas.TryGetValue(key, out List<WordSense>? senses))
            {
                lemmas.Add(key, senses = []);
            }

            for (int sense = 1; sense <= synsetCount; sense++)
            {
                var id = new SynsetId(partOfSpeech, line.Number("a synset offset"));
                Synset synset = synsets.GetValueOrDefault(id)
                    ?? throw line.Error(
                        $"the offset of a synset in data.{Suffix(partOfSpeech)}, found {id.Offset}");
                senses.Add(new WordSense(synset, sense, counts.GetValueOrDefault((lemma, partOfSpeech, sense))));
            }
        }
    }

    /// <summary>
    /// Returns how often each sense occurs in tagged texts (cntlist(5WN)), by lemma (with underscores), part of speech
    /// and sense number.
    /// </summary>
    public static Dictionary<(string Lemma, PartOfSpeech PartOfSpeech, int Number), int> ReadCounts(string directory)
    {
        const string Name = "cntlist.rev";
        var counts = new Dictionary<(string, PartOfSpeech, int), int>();
        string path = Path.Combine(directory, Name);
        foreach ((int number, string text) in Lines(directory, Name))
        {
            var line = new WordNetLine(path, number, text);
            ReadOnlySpan<char> key = line.Field("a sense key");
            int percent = key.LastIndexOf('%');
            PartOfSpeech? partOfSpeech = percent < 0 ? null : key[(percent + 1)..] switch
            {
                ['1', ':', ..] => PartOfSpeech.Noun,
                ['2', ':', ..] => PartOfSpeech.Verb,
                ['3' or '5', ':', ..] => PartOfSpeech.Adjective,
                ['4', ':', ..] => PartOfSpeech.Adverb,
                _ => null,
            };
            if (partOfSpeech is not PartOfSpeech known)
            {
                throw line.Error("a sense key such as apple%1:13:00::");
            }

            int sense = line.Number("a sense number");
            counts[(key[..percent].ToString(), known, sense)] = line.Number("a tag count");
        }

        return counts;
    }

    /// <summary>
    /// Returns the pairs of irregular form and base form in noun.exc, verb.exc, adj.exc or adv.exc, in the order of the
    /// file, with spaces for underscores.
    /// </summary>
    public static IReadOnlyList<(string Form, string Base)> ReadExceptions(string directory, PartOfSpeech partOfSpeech)
    {
        string name = $"{Suffix(partOfSpeech)}.exc";
        string path = Path.Combine(directory, name);
        var pairs = new List<(string, string)>();
        foreach ((int number, string text) in Lines(directory, name))
        {
            var line = new WordNetLine(path, number, text);
            string form = line.Field("an inflected form").ToString().Replace('_', ' ');
            do
            {
                pairs.Add((form, line.Field("a base form").ToString().Replace('_', ' ')));
            }
            while (!line.IsEnd);
        }

        return pairs;
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
            PointerKind kind = ParsePointer(symbol)
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

    // Returns the relation for a symbol, or <see langword="null"/> if there is none.
    private static PointerKind? ParsePointer(ReadOnlySpan<char> symbol) => symbol switch
    {
        "!" => PointerKind.Antonym,
        "@" => PointerKind.Hypernym,
        "@i" => PointerKind.InstanceHypernym,
        "~" => PointerKind.Hyponym,
        "~i" => PointerKind.InstanceHyponym,
        "#m" => PointerKind.MemberHolonym,
        "#s" => PointerKind.SubstanceHolonym,
        "#p" => PointerKind.PartHolonym,
        "%m" => PointerKind.MemberMeronym,
        "%s" => PointerKind.SubstanceMeronym,
        "%p" => PointerKind.PartMeronym,
        "=" => PointerKind.Attribute,
        "+" => PointerKind.DerivationallyRelated,
        ";c" => PointerKind.TopicDomain,
        "-c" => PointerKind.TopicMember,
        ";r" => PointerKind.RegionDomain,
        "-r" => PointerKind.RegionMember,
        ";u" => PointerKind.UsageDomain,
        "-u" => PointerKind.UsageMember,
        "*" => PointerKind.Entailment,
        ">" => PointerKind.Cause,
        "^" => PointerKind.AlsoSee,
        "$" => PointerKind.VerbGroup,
        "&" => PointerKind.SimilarTo,
        "<" => PointerKind.Participle,
        "\\" => PointerKind.Pertainym,
        _ => null,
    };

    // Returns the file name suffix of a part of speech.
    private static string Suffix(PartOfSpeech partOfSpeech) => partOfSpeech switch
    {
        PartOfSpeech.Noun => "noun",
        PartOfSpeech.Verb => "verb",
        PartOfSpeech.Adjective => "adj",
        _ => "adv",
    };

    // Returns the numbered lines of a file, without the licence at its start, which is indented.
    private static IEnumerable<(int Number, string Text)> Lines(string directory, string name)
    {
        StreamReader reader;
        try
        {
            reader = new StreamReader(Path.Combine(directory, name), Encoding.UTF8);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new FileFormatException(
                "WordNetFileMissing",
                "directory",
                directory,
                $"has no WordNet file '{name}'. Specify the folder of the WordNet 3.0 database files; Debian's package "
                + "wordnet-base installs them in /usr/share/wordnet.",
                e);
        }

        using (reader)
        {
            int number = 0;
            while (reader.ReadLine() is string text)
            {
                number++;
                if (text.Length > 0 && text[0] != ' ')
                {
                    yield return (number, text);
                }
            }
        }
    }
}
