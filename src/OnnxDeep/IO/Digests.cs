namespace OnnxDeep.IO;

/// <summary>Compares the content of files with the digests that their writers stored in them.</summary>
internal static class Digests
{
    /// <summary>Computes the digest of a file's content and compares it with the stored one.</summary>
    /// <param name="kind">What the file is, such as "model".</param>
    /// <param name="path">The file.</param>
    /// <param name="stored">The stored digest, in hex; null or empty if there is none.</param>
    /// <param name="compute">Reads the content.</param>
    /// <exception cref="FileFormatException">There is no digest (DigestMissing), or they differ.</exception>
    public static void Check(string kind, string path, string? stored, Func<string> compute)
    {
        if (string.IsNullOrEmpty(stored))
        {
            throw new FileFormatException(
                ErrorIds.DigestMissing,
                kind,
                path,
                "has no digest, so its content cannot be verified. Write it again with this version, or compare the "
                + "file with its source.");
        }

        string found = compute();
        if (!found.Equals(stored, StringComparison.OrdinalIgnoreCase))
        {
            throw new FileFormatException(
                ErrorIds.DigestMismatch,
                kind,
                path,
                $"is damaged: its content has the SHA-256 {found}, but the file says {stored}. "
                + "Copy, download or export the file again.");
        }
    }
}
