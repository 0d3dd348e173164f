namespace OnnxDeep.Words.Formats.Arrays;

/// <summary>Opens a NumPy array of vectors and its word list.</summary>
internal static class NpyVectorReader
{
    /// <summary>Reads the header of the array and finds the word list.</summary>
    /// <param name="path">The path of the array, for errors and for finding the list.</param>
    /// <param name="stream">The array, at its start; closed with the reader.</param>
    /// <param name="options">The path and encoding of the list.</param>
    /// <exception cref="FileFormatException">The file is not a matrix of floats, or has no word list.</exception>
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
