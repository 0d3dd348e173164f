using OnnxDeep.Learning.Networks;

namespace OnnxDeep.PowerShell.Notebook;

/// <summary>A network to look into, and where it came from.</summary>
/// <param name="Network">The network.</param>
/// <param name="Model">The model's name; null where its numbers were drawn or given.</param>
/// <param name="Seed">The seed of drawn numbers; else null.</param>
/// <param name="Labels">The names of the classes; may be empty.</param>
/// <param name="Threshold">The probability from which a single output means class 1.</param>
public sealed record NetworkSource(
    Network<double> Network, string? Model, uint? Seed, IReadOnlyList<string> Labels, double Threshold)
{
    /// <summary>The name of a class, its number where it has none.</summary>
    public string GetLabel(int index) => index < Labels.Count && Labels.Count == Math.Max(2, Network.Units)
        ? Labels[index]
        : FormattableString.Invariant($"{index}");
}
