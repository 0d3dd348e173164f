namespace OnnxDeep.Words.Formats;

/// <summary>A vector that an import left out.</summary>
/// <param name="Key">Its word as far as it could be read; empty where not.</param>
/// <param name="Line">From 1, in text; 0 in a binary file.</param>
/// <param name="Offset">Bytes from the start of the file, unpacked where it is packed.</param>
/// <param name="Problem">Why, a clause such as "has 299 numbers, not 300".</param>
public sealed record SkippedVector(string Key, long Line, long Offset, string Problem)
{
    /// <inheritdoc/>
    public override string ToString() => FormattableString.Invariant(
        $"{(Line > 0 ? $"Line {Line}, byte {Offset}" : $"Byte {Offset}")}: '{Key}' {Problem}.");
}
