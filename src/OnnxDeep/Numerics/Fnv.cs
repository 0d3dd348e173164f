namespace OnnxDeep.Numerics;

/// <summary>
/// FNV-1a of 32 bits as fastText computes it: bytes above 127 are sign-extended, which its files depend on.
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
