namespace OnnxDeep.Words.Formats.Archives;

/// <summary>The files of a model, in a folder or an archive, by names with slashes.</summary>
internal interface IModelMembers : IDisposable
{
    private const int ChunkBytes = 1 << 16;

    /// <summary>The path of the folder or archive, for errors.</summary>
    string Path { get; }

    /// <summary>The names of all files, in no particular order.</summary>
    IReadOnlyCollection<string> Names { get; }

    /// <summary>The number of bytes of the archive, or of the opened files, that have been read.</summary>
    long BytesRead { get; }

    /// <summary>The size of the archive, or of the opened files.</summary>
    long TotalBytes { get; }

    /// <summary>The path of a file, for errors.</summary>
    string PathOf(string name) => $"{Path}!{name}";

    /// <summary>The size of a file in bytes; null if it is only known after reading, as in an archive.</summary>
    long? LengthOf(string name) => null;

    /// <summary>Opens a file for sequential reading.</summary>
    /// <exception cref="FileFormatException">
    /// The file is a link that leads outside the model, or its compressed data is damaged.
    /// </exception>
    Stream Open(string name);

    /// <summary>
    /// Reads a small file of the model into memory; the memory grows only with the bytes that are read.
    /// </summary>
    /// <exception cref="FileFormatException">
    /// The file is larger than <see cref="SourceLimits.MemberBytes"/>.
    /// </exception>
    byte[] ReadSmall(string name)
    {
        using Stream stream = Open(name);
        return ReadSmall(stream, PathOf(name));
    }

    /// <summary>Reads a stream to its end.</summary>
    /// <param name="stream">The stream; not closed.</param>
    /// <param name="path">The file's name in errors.</param>
    /// <exception cref="FileFormatException">
    /// There are more bytes than <see cref="SourceLimits.MemberBytes"/>.
    /// </exception>
    static byte[] ReadSmall(Stream stream, string path)
    {
        using var bytes = new MemoryStream();
        byte[] chunk = new byte[ChunkBytes];
        for (int read; (read = stream.Read(chunk)) > 0;)
        {
            if (bytes.Length + read > SourceLimits.MemberBytes)
            {
                throw new FileFormatException(
                    path,
                    SourceLimits.MemberBytes,
                    FormattableString.Invariant($"a file of at most {SourceLimits.MemberBytes:N0} bytes"));
            }

            bytes.Write(chunk, 0, read);
        }

        return bytes.ToArray();
    }
}
