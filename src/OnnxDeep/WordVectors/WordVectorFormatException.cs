namespace OnnxDeep.WordVectors;

/// <summary>A vector file that is not what its format promises; names the file, the offset and what was expected.</summary>
public sealed class WordVectorFormatException : OnnxDeepException
{
    /// <summary>Makes the error for one place in one file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="offset">Bytes from the start of the file.</param>
    /// <param name="expected">What should have stood there.</param>
    /// <param name="innerException">The cause, where another reader found it.</param>
    public WordVectorFormatException(string path, long offset, string expected, Exception? innerException = null)
        : base(
            "VectorsDamaged",
            $"The word-vector file '{path}' is damaged at byte {offset}: expected {expected}. "
            + "Copy or build the file again.",
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
}
