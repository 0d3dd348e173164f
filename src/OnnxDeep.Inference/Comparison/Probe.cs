namespace OnnxDeep.Inference.Comparison;

/// <summary>A value inside two models, looked at.</summary>
/// <param name="State">What came of it.</param>
/// <param name="Comparison">How far it is apart; null where it was not given.</param>
internal sealed record Probe(ProbeState State, OutputComparison? Comparison);
