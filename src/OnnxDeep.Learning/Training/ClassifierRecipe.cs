namespace OnnxDeep.Learning.Training;

/// <summary>All settings of a classifier, without its data.</summary>
public sealed record ClassifierRecipe : TrainingRecipe
{
    /// <summary>The names of the classes, by number.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>Copies the recipe with another seed.</summary>
    public ClassifierRecipe WithSeed(ulong seed) => this with { Training = Training with { Seed = seed } };
}
