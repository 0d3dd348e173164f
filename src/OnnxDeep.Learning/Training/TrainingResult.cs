using OnnxDeep.Learning.Networks;

namespace OnnxDeep.Learning.Training;

/// <summary>A trained network and how it came about.</summary>
/// <param name="Network">The network with its final, or best, weights.</param>
/// <param name="History">Loss and class metrics of each epoch.</param>
public sealed record TrainingResult(Network Network, TrainingHistory History);
