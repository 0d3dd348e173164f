namespace OnnxDeep.Words.Formats;

/// <summary>A source of word vectors whose header has been read and makes sense.</summary>
internal interface IVectorReader : IDisposable
{
    /// <summary>The format, as users call it: "GloVe text", "fastText binary".</summary>
    string Format { get; }

    /// <summary>What the source calls itself; null where the file's name has to do.</summary>
    string? Name => null;

    /// <summary>The numbers of a vector, 1 to <see cref="SourceLimits.Dimensions"/>.</summary>
    int Dimensions { get; }

    /// <summary>Whether keys come as UTF-8 whatever the source's encoding is.</summary>
    bool IsUtf8 => false;

    /// <summary>How much of the source has been read, as it lies on disk.</summary>
    long BytesRead { get; }

    /// <summary>The source's size on disk.</summary>
    long TotalBytes { get; }

    /// <summary>Hands everything to the sink, in the source's order, until it is full.</summary>
    /// <exception cref="FileFormatException">The source is damaged.</exception>
    void ReadTo(VectorSink sink);
}
