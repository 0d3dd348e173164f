namespace OnnxDeep.Trainer.WordNet;

/// <summary>A relation from one synset to another.</summary>
/// <param name="Kind">What the relation says.</param>
/// <param name="Target">The synset at its other end.</param>
public readonly record struct SynsetPointer(PointerKind Kind, SynsetId Target);
