namespace OnnxDeep.Inference.Comparison;

/// <summary>Where two models begin to differ, and what stands between that and the values that agree.</summary>
/// <param name="Value">The first value that differs of those that could be looked at.</param>
/// <param name="Vanished">
/// A value that it is made of, which made the difference vanish when it was looked at; null for none.
/// </param>
/// <param name="Unreadable">Likewise, one that the runtime does not give.</param>
/// <param name="Unmatched">Likewise, one that the other model does not have.</param>
internal sealed record Finding(string Value, string? Vanished, string? Unreadable, string? Unmatched);
