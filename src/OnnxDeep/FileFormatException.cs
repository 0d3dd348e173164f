namespace OnnxDeep;

/// <summary>The error for a file that is not what its format requires.</summary>
public sealed class FileFormatException : OnnxDeepException
{
    private const string CopyAgain = "Copy, download or export the file again.";

    /// <summary>Creates the error for a file as a whole.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="kind">What the file is, such as "model"; starts the message.</param>
    /// <param name="path">The file.</param>
    /// <param name="problem">The rest of the message, starting with the verb.</param>
    /// <param name="innerException">The cause; may be null.</param>
    public FileFormatException(
        string errorId, string kind, string path, string problem, Exception? innerException = null)
        : base(errorId, $"The {kind} '{path}' {problem}", innerException)
    {
        Path = path;
        Problem = problem;
    }

    /// <summary>Creates the error for damage at one place in a file: <see cref="ErrorIds.VectorsDamaged"/>.</summary>
    /// <param name="path">The file.</param>
    /// <param name="offset">Bytes from the start of the file, after decompression if it is compressed.</param>
    /// <param name="expected">What was expected there.</param>
    /// <param name="innerException">The cause; may be null.</param>
    public FileFormatException(string path, long offset, string expected, Exception? innerException = null)
        : this(ErrorIds.VectorsDamaged, path, offset, expected, CopyAgain, innerException)
    {
    }

    /// <summary>Creates an error with another id for one place in a file.</summary>
    /// <param name="errorId">One of <see cref="ErrorIds"/>.</param>
    /// <param name="path">The file.</param>
    /// <param name="offset">Bytes from the start of the file, after decompression if it is compressed.</param>
    /// <param name="expected">What was expected there.</param>
    /// <param name="advice">A sentence that says what to do.</param>
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

    /// <summary>The path of the file.</summary>
    public string Path { get; }

    /// <summary>The part of the message after the path of the file.</summary>
    public string Problem { get; }

    /// <summary>The position in the file, in bytes; null if the error is not about one position.</summary>
    public long? Offset { get; }

    /// <summary>The line of a text file, from 1; null if the error is not about one line.</summary>
    public long? Line { get; init; }

    /// <summary>
    /// What was expected at <see cref="Offset"/> or in <see cref="Line"/>; null if the error is about neither.
    /// </summary>
    public string? Expected { get; init; }

    private static string Verb(string errorId) =>
        errorId == ErrorIds.VectorsDamaged ? "is damaged" : "cannot be read";
}
