namespace OnnxDeep.Numerics;

/// <summary>
/// 32-bit FNV-1a as fastText computes it: bytes above 127 are sign-extended, which fastText's files depend on.
/// </summary>
internal static class Fnv
{
    private const uint OffsetBasis = 2166136261;
    private const uint Prime = 16777619;

    /// <summary>The hash of <paramref name="data"/>.</summary>
    public static uint Hash1A(ReadOnlySpan<byte> data)
    {
        uint hash = OffsetBasis;
        foreach (byte value in data)
        {
            hash = (hash ^ (uint)(sbyte)value) * Prime;
        }

        return hash;
    }
}
