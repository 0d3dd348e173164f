namespace OnnxDeep.Mutants;

/// <summary>A change of the code.</summary>
/// <param name="Id">The number that activates it.</param>
/// <param name="File">The path of the file, relative to the project folder.</param>
/// <param name="Line">The line number, from 1.</param>
/// <param name="Original">The original code.</param>
/// <param name="Change">The changed code.</param>
/// <param name="IsStatic">Whether it runs only when its class is first used.</param>
internal sealed record Mutant(int Id, string File, int Line, string Original, string Change, bool IsStatic)
{
    /// <inheritdoc/>
    public override string ToString() => $"{File}:{Line}: {Original} → {Change}";
}
