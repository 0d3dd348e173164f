namespace OnnxDeep.Tests.Documents;

/// <summary>A text that is replaced before a block runs; all other text runs as written.</summary>
/// <param name="Written">What a document says.</param>
/// <param name="Run">What is run.</param>
internal sealed record Substitution(string Written, string Run)
{
    /// <summary>Applies them all in their order.</summary>
    public static string Apply(IEnumerable<Substitution> substitutions, string code) => substitutions.Aggregate(
        code,
        (text, substitution) => text.Replace(substitution.Written, substitution.Run, StringComparison.Ordinal));
}
