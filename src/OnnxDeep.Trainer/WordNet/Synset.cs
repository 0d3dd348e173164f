namespace OnnxDeep.Trainer.WordNet;

/// <summary>A set of synonyms: one meaning, its words, its gloss and its relations.</summary>
/// <param name="Id">Its name in the files.</param>
/// <param name="Index">Its number in <see cref="WordNetDatabase.Synsets"/>.</param>
/// <param name="LexicographerFile">0 to 44, the topic file it was written in: 13 is noun.food (lexnames(5WN)).</param>
/// <param name="Words">The synonyms as spelled, blanks between the words of a collocation.</param>
/// <param name="Pointers">The relations, in the order of the file.</param>
/// <param name="Definition">The gloss up to its first example.</param>
/// <param name="Examples">The quoted rest of the gloss; empty where there is none.</param>
public sealed record Synset(
    SynsetId Id,
    int Index,
    int LexicographerFile,
    IReadOnlyList<string> Words,
    IReadOnlyList<SynsetPointer> Pointers,
    string Definition,
    string Examples);
