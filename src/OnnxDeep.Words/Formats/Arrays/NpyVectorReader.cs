namespace OnnxDeep.Words.Formats.Arrays;

/// <summary>Opens a NumPy array of vectors and the list of its words.</summary>
internal static class NpyVectorReader
{
    /// <summary>Reads the array's header and finds the list.</summary>
    /// <param name="path">The array's file, for errors and to look beside.</param>
    /// <param name="stream">At its start; closed with the reader.</param>
    /// <param name="options">The list's path and encoding.</param>
    /// <exception cref="FileFormatException">It is no matrix of floats, or has no list.</exception>
    public static IVectorReader Open(string path, SourceStream stream, ImportOptions options)
    {
        FloatRows rows = NpyFile.Open(stream, path, stream.IsPacked ? null : stream.FileLength);
        return new ListedVectorReader(
            "NumPy array",
            path,
            rows,
            WordList.Open(path, options.WordListPath),
            stream,
            () => stream.FilePosition,
            stream.FileLength)
        {
            IsWholeFile = true,
        };
    }
}
