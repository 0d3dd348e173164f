namespace OnnxDeep;

/// <summary>A file that is not what its format requires.</summary>
public sealed class FileFormatException : OnnxDeepException
{
    private const string CopyAgain = "Copy, download or export the file again.";

    /// <summary>Creates the error for a file as a whole.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="kind">What the file is, such as "model"; begins the message.</param>
    /// <param name="path">The file.</param>
    /// <param name="problem">The rest of the message, from the verb on.</param>
    /// <param name="innerException">The cause; may be null.</param>
    public FileFormatException(
        string errorId, string kind, string path, string problem, Exception? innerException = null)
        : base(errorId, $"The {kind} '{path}' {problem}", innerException)
    {
        Path = path;
        Problem = problem;
    }

    /// <summary>Creates the error for one damaged place in a file: <see cref="ErrorIds.VectorsDamaged"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="offset">Bytes from the start of the file, unpacked where it is packed.</param>
    /// <param name="expected">What should be there.</param>
    /// <param name="innerException">The cause; may be null.</param>
    public FileFormatException(string path, long offset, string expected, Exception? innerException = null)
        : this(ErrorIds.VectorsDamaged, path, offset, expected, CopyAgain, innerException)
    {
    }

    /// <summary>Creates another error for one place in a file.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="path">The file.</param>
    /// <param name="offset">Bytes from the start of the file, unpacked where it is packed.</param>
    /// <param name="expected">What should be there.</param>
    /// <param name="advice">The way out, a sentence.</param>
    /// <param name="innerException">The cause; may be null.</param>
    public FileFormatException(
        string errorId, string path, long offset, string expected, string advice, Exception? innerException = null)
        : this(
            errorId,
            "file",
            path,
            FormattableString.Invariant($"{Verb(errorId)} at byte {offset}: expected {expected}. {advice}"),
            innerException)
    {
        Offset = offset;
        Expected = expected;
    }

    /// <summary>The file that was read.</summary>
    public string Path { get; }

    /// <summary>The message without the file.</summary>
    public string Problem { get; }

    /// <summary>The place in the file, in bytes; null for the file as a whole.</summary>
    public long? Offset { get; }

    /// <summary>The line of a text file, from 1; null without one.</summary>
    public long? Line { get; init; }

    /// <summary>What should be at <see cref="Offset"/> or in <see cref="Line"/>; null without a place.</summary>
    public string? Expected { get; init; }

    private static string Verb(string errorId) =>
        errorId == ErrorIds.VectorsDamaged ? "is damaged" : "cannot be read";
}
