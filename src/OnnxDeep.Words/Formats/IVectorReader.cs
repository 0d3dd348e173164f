namespace OnnxDeep.Words.Formats;

/// <summary>A source of word vectors whose header has been read and is valid.</summary>
internal interface IVectorReader : IDisposable
{
    /// <summary>The format as users know it: "GloVe text", "fastText binary".</summary>
    string Format { get; }

    /// <summary>The name stored in the source; null if there is none and the file's name must be used.</summary>
    string? Name => null;

    /// <summary>The number of dimensions of a vector, 1 to <see cref="SourceLimits.Dimensions"/>.</summary>
    int Dimensions { get; }

    /// <summary>Whether keys are UTF-8 whatever the encoding of the source.</summary>
    bool IsUtf8 => false;

    /// <summary>The number of bytes of the source on disk that have been read.</summary>
    long BytesRead { get; }

    /// <summary>The size of the source on disk.</summary>
    long TotalBytes { get; }

    /// <summary>Passes all content to the sink, in the order of the source, until it is full.</summary>
    /// <exception cref="FileFormatException">The source is damaged.</exception>
    void ReadTo(VectorSink sink);
}
