using System.Diagnostics.CodeAnalysis;

namespace OnnxDeep.Trainer.WordNet;

/// <summary>WordNet 3.0 in memory: 117,659 synsets and about 147,000 lemmas. Read-only and thread-safe.</summary>
internal sealed class WordNetDatabase
{
    private static readonly PartOfSpeech[] s_partsOfSpeech =
        [PartOfSpeech.Noun, PartOfSpeech.Verb, PartOfSpeech.Adjective, PartOfSpeech.Adverb];

    private readonly Dictionary<SynsetId, Synset> _synsets;
    private readonly Dictionary<string, Lemma> _lemmas;
    private readonly Dictionary<PartOfSpeech, IReadOnlyList<(string Form, string Base)>> _exceptions;

    private WordNetDatabase(
        List<Synset> synsets,
        Dictionary<SynsetId, Synset> synsetsById,
        SortedDictionary<string, List<WordSense>> lemmas,
        Dictionary<PartOfSpeech, IReadOnlyList<(string Form, string Base)>> exceptions)
    {
        Synsets = synsets;
        Lemmas = [.. lemmas.Select(pair => new Lemma(pair.Key, pair.Value))];
        _synsets = synsetsById;
        _lemmas = Lemmas.ToDictionary(lemma => lemma.Text, StringComparer.Ordinal);
        _exceptions = exceptions;
    }

    /// <summary>All synsets, nouns first, each part of speech in the order of its file.</summary>
    public IReadOnlyList<Synset> Synsets { get; }

    /// <summary>All lemmas in ordinal order.</summary>
    public IReadOnlyList<Lemma> Lemmas { get; }

    /// <summary>Reads the data.*, index.* and *.exc files and cntlist.rev.</summary>
    /// <param name="directory">The folder, such as /usr/share/wordnet.</param>
    /// <exception cref="FileFormatException">A file is missing.</exception>
    /// <exception cref="FileFormatException">A line is damaged.</exception>
    public static WordNetDatabase Load(string directory)
    {
        var synsets = new List<Synset>();
        foreach (PartOfSpeech partOfSpeech in s_partsOfSpeech)
        {
            WordNetReader.ReadSynsets(directory, partOfSpeech, synsets);
        }

        var byId = new Dictionary<SynsetId, Synset>(synsets.Count);
        foreach (Synset synset in synsets)
        {
            byId[synset.Id] = synset;
        }

        Dictionary<(string Lemma, PartOfSpeech PartOfSpeech, int Number), int> counts =
            WordNetReader.ReadCounts(directory);
        var lemmas = new SortedDictionary<string, List<WordSense>>(StringComparer.Ordinal);
        var exceptions = new Dictionary<PartOfSpeech, IReadOnlyList<(string Form, string Base)>>();
        foreach (PartOfSpeech partOfSpeech in s_partsOfSpeech)
        {
            WordNetReader.ReadIndex(directory, partOfSpeech, byId, counts, lemmas);
            exceptions[partOfSpeech] = WordNetReader.ReadExceptions(directory, partOfSpeech);
        }

        return new WordNetDatabase(synsets, byId, lemmas, exceptions);
    }

    /// <summary>
    /// Returns this database with additional synsets, whose indices follow the existing ones, and senses. A sense that
    /// a lemma already has replaces the existing one.
    /// </summary>
    internal WordNetDatabase With(
        IReadOnlyList<Synset> synsets, IReadOnlyList<(string Lemma, WordSense Sense)> senses)
    {
        var lemmas = new SortedDictionary<string, List<WordSense>>(StringComparer.Ordinal);
        foreach (Lemma lemma in Lemmas)
        {
            lemmas.Add(lemma.Text, [.. lemma.Senses]);
        }

        foreach ((string lemma, WordSense sense) in senses)
        {
            if (!lemmas.TryGetValue(lemma, out List<WordSense>? own))
            {
                lemmas.Add(lemma, own = []);
            }

            int old = own.FindIndex(known => known.Synset == sense.Synset);
            if (old < 0)
            {
                own.Add(sense);
            }
            else
            {
                own[old] = sense;
            }
        }

        var byId = new Dictionary<SynsetId, Synset>(_synsets);
        foreach (Synset synset in synsets)
        {
            byId.Add(synset.Id, synset);
        }

        return new WordNetDatabase([.. Synsets, .. synsets], byId, lemmas, _exceptions);
    }

    /// <summary>Returns the target of a pointer; <see langword="null"/> if the files do not contain it.</summary>
    public Synset? Find(SynsetId id) => _synsets.GetValueOrDefault(id);

    /// <summary>Looks up a base form, in lowercase and with spaces in collocations.</summary>
    public bool TryGetLemma(string text, [NotNullWhen(true)] out Lemma? lemma) => _lemmas.TryGetValue(text, out lemma);

    /// <summary>
    /// Returns the irregular forms of a part of speech with their base forms, in the order of the file.
    /// </summary>
    public IReadOnlyList<(string Form, string Base)> Exceptions(PartOfSpeech partOfSpeech) => _exceptions[partOfSpeech];
}
