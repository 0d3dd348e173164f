namespace OnnxDeep.Trainer.Vectors;

/// <summary>The options for building vectors from WordNet. The defaults build the shipped table.</summary>
internal sealed record WordNetVectorOptions
{
    /// <summary>The number of values in a vector.</summary>
    public int Dimensions { get; init; } = 300;

    /// <summary>The maximum size of the file in bytes; the rarest words that do not fit are dropped.</summary>
    public long MaximumBytes { get; init; } = 16_000_000;

    /// <summary>
    /// Whether to add everyday words that WordNet 3.0 lacks, with definitions written for this project.
    /// </summary>
    public bool Supplemented { get; init; } = true;

    /// <summary>The p in U·Sᵖ: above 1, broad distinctions outweigh fine ones.</summary>
    public double SingularValueExponent { get; init; } = 1.75;

    /// <summary>The sense of rank r (0 is the most common) has the weight 1/(1+r) to this power.</summary>
    public double SenseExponent { get; init; } = 1.2;

    /// <summary>The context counts of the mutual information are raised to this power (Levy et al., 2015).</summary>
    public double ContextExponent { get; init; } = 1;

    /// <summary>Gloss words that occur in fewer synsets are not features.</summary>
    public int MinimumOccurrences { get; init; } = 20;

    /// <summary>The weight of a word in the definition.</summary>
    public double DefinitionWeight { get; init; } = 1;

    /// <summary>The weight of a word in the examples.</summary>
    public double ExampleWeight { get; init; } = 0.3;

    /// <summary>The weight of each synonym.</summary>
    public double SynonymWeight { get; init; } = 1;

    /// <summary>The weight of the synset itself, the first member of its hypernym closure.</summary>
    public double HypernymWeight { get; init; } = 4;

    /// <summary>The factor for the weight at each step up the hypernyms.</summary>
    public double HypernymDecay { get; init; } = 0.8;

    /// <summary>The weight of a word in the direct hypernym's definition.</summary>
    public double HypernymGlossWeight { get; init; } = 0.3;

    /// <summary>The factor for that weight at each step up.</summary>
    public double HypernymGlossDecay { get; init; } = 0.5;

    /// <summary>The weight of the head of an adjective's cluster, and of its satellites.</summary>
    public double SimilarWeight { get; init; } = 1.5;

    /// <summary>
    /// The weight of a related synset (part, whole, domain, derived word); antonyms have a quarter of it.
    /// </summary>
    public double RelationWeight { get; init; } = 0.5;

    /// <summary>The weight of the lexicographer file, such as noun.food.</summary>
    public double TopicWeight { get; init; } = 1;

    /// <summary>The Euclidean length of all rows, which is typical of vectors trained on a corpus.</summary>
    public double Norm { get; init; } = 7;

    /// <summary>Columns in addition to <see cref="Dimensions"/> in the randomized decomposition.</summary>
    public int Oversampling { get; init; } = 20;

    /// <summary>Subspace iterations of the randomized decomposition; more did not improve classification.</summary>
    public int PowerIterations { get; init; } = 1;

    /// <summary>The seed of the random numbers.</summary>
    public ulong Seed { get; init; } = 1;
}
