namespace OnnxDeep;

/// <summary>A file beside a model that holds the numbers of its tensors.</summary>
/// <param name="Name">As the model names it, relative to its own folder.</param>
/// <param name="Size">In bytes; null where the file is missing.</param>
/// <param name="Tensors">How many tensors are in it.</param>
public sealed record OnnxExternalFile(string Name, long? Size, int Tensors)
{
    /// <summary>Name and size.</summary>
    public override string ToString() => Size is long size
        ? FormattableString.Invariant($"{Name} ({size:N0} bytes)")
        : $"{Name} (missing)";
}
