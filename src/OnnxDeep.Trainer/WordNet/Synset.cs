namespace OnnxDeep.Trainer.WordNet;

/// <summary>A set of synonyms: one meaning with its words, gloss and relations.</summary>
/// <param name="Id">The identifier of the synset in the files.</param>
/// <param name="Index">The index in <see cref="WordNetDatabase.Synsets"/>.</param>
/// <param name="LexicographerFile">
/// The topic file that it was written in, 0 to 44: 13 is noun.food (lexnames(5WN)).
/// </param>
/// <param name="Words">The synonyms as spelled; the words of a collocation are separated by spaces.</param>
/// <param name="Pointers">The relations, in the order of the file.</param>
/// <param name="Definition">The gloss up to its first example.</param>
/// <param name="Examples">The quoted rest of the gloss; empty if there is none.</param>
internal sealed record Synset(
    SynsetId Id,
    int Index,
    int LexicographerFile,
    IReadOnlyList<string> Words,
    IReadOnlyList<SynsetPointer> Pointers,
    string Definition,
    string Examples);

/// <summary>The identifier of a synset in the database files.</summary>
/// <param name="PartOfSpeech">The data file.</param>
/// <param name="Offset">The eight digits at the start of the synset's line.</param>
internal readonly record struct SynsetId(PartOfSpeech PartOfSpeech, int Offset);

/// <summary>A relation from one synset to another.</summary>
/// <param name="Kind">The kind of relation.</param>
/// <param name="Target">The target synset.</param>
internal readonly record struct SynsetPointer(PointerKind Kind, SynsetId Target);

/// <summary>One meaning of one lemma.</summary>
/// <param name="Synset">The meaning.</param>
/// <param name="Number">The sense number; 1 for the most common sense of the lemma in its part of speech.</param>
/// <param name="TagCount">How often the sense occurs in WordNet's tagged texts (cntlist.rev).</param>
internal sealed record WordSense(Synset Synset, int Number, int TagCount)
{
    /// <summary>
    /// Whether the sense belongs to another lemma, of which this one is a form or a spelling: peanuts has the senses of
    /// peanut in addition to its own.
    /// </summary>
    public bool IsInherited { get; init; }
}

/// <summary>The four parts of speech for which WordNet has separate files.</summary>
internal enum PartOfSpeech
{
    /// <summary>data.noun.</summary>
    Noun,

    /// <summary>data.verb.</summary>
    Verb,

    /// <summary>data.adj; includes satellites (s).</summary>
    Adjective,

    /// <summary>data.adv.</summary>
    Adverb,
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
