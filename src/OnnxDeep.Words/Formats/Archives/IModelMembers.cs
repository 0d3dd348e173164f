namespace OnnxDeep.Words.Formats.Archives;

/// <summary>The files of a model, in a folder or an archive, by names with slashes.</summary>
internal interface IModelMembers : IDisposable
{
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
}
