using OnnxDeep.Learning.Networks;

namespace OnnxDeep.Learning.Training;

/// <summary>A layer without its numbers.</summary>
/// <param name="Inputs">The numbers that come in.</param>
/// <param name="Units">The numbers that go out.</param>
/// <param name="Activation">The function of the weighted inputs.</param>
internal readonly record struct LayerShape(int Inputs, int Units, Activation Activation);
