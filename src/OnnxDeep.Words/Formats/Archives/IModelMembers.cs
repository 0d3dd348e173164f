namespace OnnxDeep.Words.Formats.Archives;

/// <summary>The files of a model, in a folder or an archive, by names with slashes.</summary>
internal interface IModelMembers : IDisposable
{
    /// <summary>The folder or archive, for errors.</summary>
    string Path { get; }

    /// <summary>All files, in no order.</summary>
    IReadOnlyCollection<string> Names { get; }

    /// <summary>How much of the archive, or of the opened files, has been read.</summary>
    long BytesRead { get; }

    /// <summary>The archive's size, or that of the opened files.</summary>
    long TotalBytes { get; }

    /// <summary>A file's place, for errors.</summary>
    string PathOf(string name) => $"{Path}!{name}";

    /// <summary>The bytes of a file; null where only reading tells, as in an archive.</summary>
    long? LengthOf(string name) => null;

    /// <summary>Opens a file for reading in order.</summary>
    /// <exception cref="FileFormatException">
    /// The file is a link that leaves the model, or packed badly.
    /// </exception>
    Stream Open(string name);
}
