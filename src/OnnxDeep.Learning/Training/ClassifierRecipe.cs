using OnnxDeep.Learning.Metrics;

namespace OnnxDeep.Learning.Training;

/// <summary>All settings of a classifier, without its data.</summary>
public sealed record ClassifierRecipe : TrainingRecipe
{
    /// <summary>The names of the classes, by number.</summary>
    public required IReadOnlyList<string> Labels { get; init; }

    /// <summary>How the probabilities are calibrated on held-out training rows; null for not at all.</summary>
    public CalibrationMethod? Calibration { get; init; }

    /// <summary>What the threshold on held-out training rows makes largest; null for <see cref="Threshold"/>.</summary>
    public ThresholdCriterion? ThresholdCriterion { get; init; }

    /// <summary>The minimum probability at which a single output means class 1.</summary>
    public float Threshold { get; init; } = 0.5f;

    /// <summary>Copies the recipe with another seed.</summary>
    public ClassifierRecipe WithSeed(ulong seed) => this with { Training = Training with { Seed = seed } };
}
