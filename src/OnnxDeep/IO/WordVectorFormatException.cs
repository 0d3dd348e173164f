namespace OnnxDeep.IO;

/// <summary>
/// A vector file that is not what its format promises; names the file, the offset and what was expected.
/// </summary>
public sealed class WordVectorFormatException : OnnxDeepException
{
    /// <summary>The bytes contradict the format, or end too early.</summary>
    public const string Damaged = "VectorsDamaged";

    /// <summary>The file is in no format that is read here.</summary>
    public const string UnknownFormat = "VectorsFormatUnknown";

    /// <summary>A key is no text in the encoding that it is read in.</summary>
    public const string WrongEncoding = "VectorsEncodingWrong";

    /// <summary>Only Python's pickle could read the file, and a pickle runs code.</summary>
    public const string NeedsPickle = "VectorsNeedPickle";

    /// <summary>
    /// An archive or folder that reaches outside itself, is packed twice or swells beyond the limits.
    /// </summary>
    public const string Unsafe = "VectorsArchiveUnsafe";

    /// <summary>Several files or tensors could be meant.</summary>
    public const string Ambiguous = "VectorsAmbiguous";

    /// <summary>Vectors without words, where a word list is missing or has another length.</summary>
    public const string WordListMismatch = "WordListMismatch";

    /// <summary>Numbers that the chosen precision cannot hold, or that are none.</summary>
    public const string NotFinite = "VectorsNotFinite";

    private const string CopyAgain = "Copy, download or export the file again.";

    /// <summary>Makes the error for one damaged place in one file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="offset">Bytes from the start of the file, unpacked where it is packed.</param>
    /// <param name="expected">What should have stood there.</param>
    /// <param name="innerException">The cause, where another reader found it.</param>
    public WordVectorFormatException(string path, long offset, string expected, Exception? innerException = null)
        : this(Damaged, path, offset, expected, CopyAgain, innerException)
    {
    }

    /// <summary>Makes an error of another kind.</summary>
    /// <param name="errorId">One of this class's constants.</param>
    /// <param name="path">The file.</param>
    /// <param name="offset">Bytes from the start of the file, unpacked where it is packed.</param>
    /// <param name="expected">What should have stood there.</param>
    /// <param name="advice">The way out, a sentence.</param>
    /// <param name="innerException">The cause, where another reader found it.</param>
    public WordVectorFormatException(
        string errorId, string path, long offset, string expected, string advice, Exception? innerException = null)
        : base(
            errorId,
            FormattableString.Invariant(
                $"The word-vector file '{path}' {Problem(errorId)} at byte {offset}: expected {expected}. {advice}"),
            innerException)
    {
        Path = path;
        Offset = offset;
        Expected = expected;
    }

    /// <summary>The file that was read.</summary>
    public string Path { get; }

    /// <summary>Where in the file, in bytes.</summary>
    public long Offset { get; }

    /// <summary>What should have stood there.</summary>
    public string Expected { get; }

    private static string Problem(string errorId) => errorId == Damaged ? "is damaged" : "cannot be read";
}
