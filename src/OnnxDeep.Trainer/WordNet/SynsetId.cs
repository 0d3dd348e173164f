namespace OnnxDeep.Trainer.WordNet;

/// <summary>A synset's name inside the database files.</summary>
/// <param name="PartOfSpeech">Which data file.</param>
/// <param name="Offset">The eight digits at the start of its line.</param>
public readonly record struct SynsetId(PartOfSpeech PartOfSpeech, int Offset);
