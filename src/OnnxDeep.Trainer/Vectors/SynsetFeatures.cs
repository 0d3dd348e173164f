using OnnxDeep.Trainer.WordNet;

namespace OnnxDeep.Trainer.Vectors;

/// <summary>
/// The weighted features of a synset: the words of its gloss, its synonyms, itself and its hypernyms, its relations,
/// and its lexicographer file.
/// </summary>
internal sealed class SynsetFeatures
{
    private const double AntonymShare = 0.25;
    private readonly WordNetDatabase _database;
    private readonly WordNetVectorOptions _options;
    private readonly GlossTokenizer _tokenizer;
    private readonly Dictionary<string, int> _words = new(StringComparer.Ordinal);
    private readonly int[] _occurrences;
    private readonly Dictionary<int, double> _features = [];

    public SynsetFeatures(WordNetDatabase database, WordNetVectorOptions options)
    {
        _database = database;
        _options = options;
        _tokenizer = new GlossTokenizer(new Morphology(database));
        for (int i = 0; i < database.Lemmas.Count; i++)
        {
            _words.Add(database.Lemmas[i].Text, i);
        }

        _occurrences = new int[_words.Count];
        foreach (Synset synset in database.Synsets)
        {
            CountOnce(_tokenizer.Lemmas(synset.Definition).Concat(_tokenizer.Lemmas(synset.Examples)));
            CountOnce(_tokenizer.Collocations(synset.Definition).Concat(_tokenizer.Collocations(synset.Examples)));
        }
    }

    /// <summary>The number of features: lemmas as words, then synsets, then lexicographer files.</summary>
    public int Count => _words.Count + _database.Synsets.Count + LexicographerFiles.Count;

    /// <summary>Returns the number of glosses that contain a lemma or collocation; 0 if it is not a lemma.</summary>
    public int Occurrences(string word) => _words.TryGetValue(word, out int index) ? _occurrences[index] : 0;

    /// <summary>Returns the features of a synset in ascending order.</summary>
    public KeyValuePair<int, double>[] Of(Synset synset)
    {
        _features.Clear();
        AddWords(_tokenizer.Lemmas(synset.Definition), _options.DefinitionWeight);
        AddWords(_tokenizer.Lemmas(synset.Examples), _options.ExampleWeight);
        AddWords(synset.Words.Select(word => word.ToLowerInvariant()), _options.SynonymWeight);

        AddHypernyms(synset);
        foreach (SynsetPointer pointer in synset.Pointers)
        {
            double weight = RelationWeight(pointer.Kind);
            if (weight > 0 && _database.Find(pointer.Target) is Synset target)
            {
                Add(_words.Count + target.Index, weight);
            }
        }

        Add(_words.Count + _database.Synsets.Count + synset.LexicographerFile, _options.TopicWeight);
        return [.. _features.OrderBy(pair => pair.Key)];
    }

    private double RelationWeight(PointerKind kind) => kind switch
    {
        PointerKind.SimilarTo => _options.SimilarWeight,
        PointerKind.Antonym => AntonymShare * _options.RelationWeight,

        // Hypernyms are covered by their closure; a long list of hyponyms or members says little about a synset.
        PointerKind.Hypernym or PointerKind.InstanceHypernym => 0,
        PointerKind.Hyponym or PointerKind.InstanceHyponym => 0,
        PointerKind.TopicMember or PointerKind.RegionMember or PointerKind.UsageMember => 0,
        _ => _options.RelationWeight,
    };

    // Breadth first, so that a synset with two paths has the weight of the shorter one.
    private void AddHypernyms(Synset synset)
    {
        double weight = _options.HypernymWeight;
        double glossWeight = _options.HypernymGlossWeight;
        var seen = new HashSet<int> { synset.Index };
        List<Synset> level = [synset];
        while (level.Count > 0)
        {
            var above = new List<Synset>();
            foreach (Synset member in level)
            {
                Add(_words.Count + member.Index, weight);
                if (member != synset)
                {
                    AddWords(_tokenizer.Lemmas(member.Definition), glossWeight);
                }

                foreach (SynsetPointer pointer in member.Pointers)
                {
                    if (pointer.Kind is PointerKind.Hypernym or PointerKind.InstanceHypernym
                        && _database.Find(pointer.Target) is Synset target
                        && seen.Add(target.Index))
                    {
                        above.Add(target);
                    }
                }
            }

            weight *= _options.HypernymDecay;
            glossWeight *= level[0] == synset ? 1 : _options.HypernymGlossDecay;
            level = above;
        }
    }

    private void CountOnce(IEnumerable<string> lemmas)
    {
        foreach (string lemma in lemmas.Distinct())
        {
            _occurrences[_words[lemma]]++;
        }
    }

    private void AddWords(IEnumerable<string> words, double weight)
    {
        foreach (string word in words)
        {
            if (_words.TryGetValue(word, out int index) && _occurrences[index] >= _options.MinimumOccurrences)
            {
                Add(index, weight);
            }
        }
    }

    private void Add(int feature, double weight) =>
        _features[feature] = _features.GetValueOrDefault(feature) + weight;
}
