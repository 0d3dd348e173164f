namespace OnnxDeep.Learning.Training;

/// <summary>One factor of the chain rule.</summary>
/// <param name="Name">Such as <c>dL/dy</c> or <c>dz_output/dw21</c>.</param>
/// <param name="Value">Its number.</param>
public readonly record struct ChainFactor(string Name, double Value);
