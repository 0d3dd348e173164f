namespace OnnxDeep.Words.Formats;

/// <summary>Converts a source into a table in one call; <see cref="WordVectorSource"/> does it in two.</summary>
public static class WordVectorImporter
{
    /// <summary>Reads a source and writes a table, whole or not at all.</summary>
    /// <param name="path">A file or a spaCy folder.</param>
    /// <param name="folder">Where the table goes, and what has to be unpacked meanwhile.</param>
    /// <param name="tablePath">The table's path in the folder, given the name that it will have; may refuse it.</param>
    /// <param name="options">How to read and store.</param>
    /// <param name="progress">Told now and then, on this thread; may be null.</param>
    /// <param name="cancellationToken">Ends the import; nothing is written then.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="FileFormatException">The source is damaged or none that can be read.</exception>
    /// <exception cref="OnnxDeepException">The table cannot be written.</exception>
    public static ImportResult Import(
        string path,
        string folder,
        Func<string, string> tablePath,
        ImportOptions options,
        Action<ImportProgress>? progress = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tablePath);
        using WordVectorSource source = WordVectorSource.Open(path, options, folder, cancellationToken);
        return source.Import(tablePath(source.Name), progress, cancellationToken);
    }
}
