namespace OnnxDeep.Words.Formats.Archives;

/// <summary>Reads the small files of a model into memory; the memory grows only with the bytes that are read.</summary>
internal static class SmallMember
{
    private const int ChunkBytes = 1 << 16;

    /// <summary>Reads a file of a model.</summary>
    /// <exception cref="FileFormatException">
    /// The file is larger than <see cref="SourceLimits.MemberBytes"/>.
    /// </exception>
    public static byte[] Read(IModelMembers members, string name)
    {
        using Stream stream = members.Open(name);
        return Read(stream, members.PathOf(name), SourceLimits.MemberBytes);
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The stream; not closed.</param>
    /// <param name="path">The file's name in errors.</param>
    /// <param name="most">The maximum number of bytes.</param>
    /// <exception cref="FileFormatException">There are more bytes.</exception>
    public static byte[] Read(Stream stream, string path, long most)
    {
        using var bytes = new MemoryStream();
        byte[] chunk = new byte[ChunkBytes];
        for (int read; (read = stream.Read(chunk)) > 0;)
        {
            if (bytes.Length + read > most)
            {
                throw new FileFormatException(
                    path, most, FormattableString.Invariant($"a file of at most {most:N0} bytes"));
            }

            bytes.Write(chunk, 0, read);
        }

        return bytes.ToArray();
    }
}
