namespace OnnxDeep.Learning.Networks;

/// <summary>What a layer should be before it has weights.</summary>
/// <param name="Units">The numbers that go out.</param>
/// <param name="Activation">The function of the weighted inputs.</param>
public sealed record DenseLayerOptions(int Units, Activation Activation);
