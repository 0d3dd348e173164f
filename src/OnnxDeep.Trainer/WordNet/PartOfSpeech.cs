namespace OnnxDeep.Trainer.WordNet;

/// <summary>The four parts of speech that WordNet keeps a file of its own for.</summary>
public enum PartOfSpeech
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
