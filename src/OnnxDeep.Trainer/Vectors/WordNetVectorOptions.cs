namespace OnnxDeep.Trainer.Vectors;

/// <summary>How vectors are made of WordNet. The defaults make the table that ships.</summary>
internal sealed record WordNetVectorOptions
{
    /// <summary>The numbers in a vector.</summary>
    public int Dimensions { get; init; } = 300;

    /// <summary>The file's largest size in bytes; the rarest words that do not fit are left out.</summary>
    public long MaximumBytes { get; init; } = 16_000_000;

    /// <summary>Whether everyday words that WordNet 3.0 lacks are added, described in words of our own.</summary>
    public bool Supplemented { get; init; } = true;

    /// <summary>p in U·Sᵖ: above 1 the broad distinctions outweigh the fine ones.</summary>
    public double SingularValueExponent { get; init; } = 1.75;

    /// <summary>The sense of rank r (0 is the commonest) counts 1/(1+r) to this power.</summary>
    public double SenseExponent { get; init; } = 1.2;

    /// <summary>The context counts of the mutual information are raised to this power (Levy et al., 2015).</summary>
    public double ContextExponent { get; init; } = 1;

    /// <summary>Gloss words that stand in fewer synsets are no features.</summary>
    public int MinimumOccurrences { get; init; } = 20;

    /// <summary>The weight of a word of the definition.</summary>
    public double DefinitionWeight { get; init; } = 1;

    /// <summary>The weight of a word of the examples.</summary>
    public double ExampleWeight { get; init; } = 0.3;

    /// <summary>The weight of each synonym.</summary>
    public double SynonymWeight { get; init; } = 1;

    /// <summary>The weight of the synset itself, the first member of its hypernym closure.</summary>
    public double HypernymWeight { get; init; } = 4;

    /// <summary>What is left of the weight at each step up the hypernyms.</summary>
    public double HypernymDecay { get; init; } = 0.8;

    /// <summary>The weight of a word of the direct hypernym's definition.</summary>
    public double HypernymGlossWeight { get; init; } = 0.3;

    /// <summary>What is left of that weight at each step up.</summary>
    public double HypernymGlossDecay { get; init; } = 0.5;

    /// <summary>The weight of the head of an adjective's cluster, and of its satellites.</summary>
    public double SimilarWeight { get; init; } = 1.5;

    /// <summary>The weight of a related synset (part, whole, domain, derived word); antonyms count a quarter.</summary>
    public double RelationWeight { get; init; } = 0.5;

    /// <summary>The weight of the lexicographer file, such as noun.food.</summary>
    public double TopicWeight { get; init; } = 1;

    /// <summary>The Euclidean length of every row, that of common corpus-trained vectors.</summary>
    public double Norm { get; init; } = 7;

    /// <summary>Columns beyond <see cref="Dimensions"/> that the randomised decomposition works with.</summary>
    public int Oversampling { get; init; } = 20;

    /// <summary>Subspace iterations of the randomised decomposition; more classified no better.</summary>
    public int PowerIterations { get; init; } = 1;

    /// <summary>The seed of the random numbers.</summary>
    public ulong Seed { get; init; } = 1;
}
