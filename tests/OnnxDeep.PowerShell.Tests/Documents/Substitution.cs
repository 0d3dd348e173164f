namespace OnnxDeep.Tests.Documents;

/// <summary>A text that is replaced before a block runs; all other text runs as written.</summary>
/// <param name="Written">The text in the document.</param>
/// <param name="Run">The text that runs instead.</param>
internal sealed record Substitution(string Written, string Run)
{
    /// <summary>Applies all substitutions in order.</summary>
    public static string Apply(IEnumerable<Substitution> substitutions, string code) => substitutions.Aggregate(
        code,
        (text, substitution) => text.Replace(substitution.Written, substitution.Run, StringComparison.Ordinal));
}
