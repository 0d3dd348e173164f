namespace OnnxDeep.Trainer.WordNet;

/// <summary>A set of synonyms: one meaning, its words, its gloss and its relations.</summary>
/// <param name="Id">Its name in the files.</param>
/// <param name="Index">Its number in <see cref="WordNetDatabase.Synsets"/>.</param>
/// <param name="LexicographerFile">0 to 44, the topic file it was written in: 13 is noun.food (lexnames(5WN)).</param>
/// <param name="Words">The synonyms as spelled, blanks between the words of a collocation.</param>
/// <param name="Pointers">The relations, in the order of the file.</param>
/// <param name="Definition">The gloss up to its first example.</param>
/// <param name="Examples">The quoted rest of the gloss; empty where there is none.</param>
internal sealed record Synset(
    SynsetId Id,
    int Index,
    int LexicographerFile,
    IReadOnlyList<string> Words,
    IReadOnlyList<SynsetPointer> Pointers,
    string Definition,
    string Examples);

/// <summary>A synset's name inside the database files.</summary>
/// <param name="PartOfSpeech">Which data file.</param>
/// <param name="Offset">The eight digits at the start of its line.</param>
internal readonly record struct SynsetId(PartOfSpeech PartOfSpeech, int Offset);

/// <summary>A relation from one synset to another.</summary>
/// <param name="Kind">What the relation says.</param>
/// <param name="Target">The synset at its other end.</param>
internal readonly record struct SynsetPointer(PointerKind Kind, SynsetId Target);

/// <summary>One meaning of one lemma.</summary>
/// <param name="Synset">The meaning.</param>
/// <param name="Number">1 for the commonest sense of the lemma in its part of speech.</param>
/// <param name="TagCount">How often the sense was met in the tagged texts behind WordNet (cntlist.rev).</param>
internal sealed record WordSense(Synset Synset, int Number, int TagCount)
{
    /// <summary>
    /// Whether the sense belongs to another lemma, of which this one is a form or a spelling: peanuts has the senses
    /// of peanut besides its own.
    /// </summary>
    public bool IsInherited { get; init; }
}

/// <summary>The four parts of speech that WordNet keeps a file of its own for.</summary>
internal enum PartOfSpeech
{
    /// <summary>data.noun.</summary>
    Noun,

    /// <summary>data.verb.</summary>
    Verb,

    /// <summary>data.adj; satellites (s) count as adjectives.</summary>
    Adjective,

    /// <summary>data.adv.</summary>
    Adverb,
}
