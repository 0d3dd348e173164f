namespace OnnxDeep.Mutants;

/// <summary>One change of the code.</summary>
/// <param name="Id">What switches it on.</param>
/// <param name="File">Under the project's folder.</param>
/// <param name="Line">From 1.</param>
/// <param name="Original">The code as it is.</param>
/// <param name="Change">What becomes of it.</param>
/// <param name="IsStatic">Whether it only runs when its class is first used.</param>
internal sealed record Mutant(int Id, string File, int Line, string Original, string Change, bool IsStatic)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Line}: {Original} → {Change}";
}
