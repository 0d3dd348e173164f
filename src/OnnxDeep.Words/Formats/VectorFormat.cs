namespace OnnxDeep.Words.Formats;

/// <summary>What a source's first bytes can be.</summary>
internal enum VectorFormat
{
    /// <summary>Lines of a word and its numbers: GloVe without a header, word2vec and fastText with one.</summary>
    Text,

    /// <summary>word2vec's binary form: a text header, then words and floats.</summary>
    Word2VecBinary,

    /// <summary>fastText's model files, .bin and .ftz.</summary>
    FastText,

    /// <summary>NumPy's array file.</summary>
    Npy,

    /// <summary>Tensors with a JSON header.</summary>
    SafeTensors,

    /// <summary>An ONNX model.</summary>
    Onnx,

    /// <summary>A zip archive, a Python wheel among them.</summary>
    Zip,

    /// <summary>Packed by gzip.</summary>
    Gzip,

    /// <summary>A tape archive.</summary>
    Tar,

    /// <summary>Packed by bzip2, xz, Zstandard or 7-Zip, which .NET does not unpack.</summary>
    OtherArchive,

    /// <summary>Python's pickle.</summary>
    Pickle,

    /// <summary>Nothing that is read here.</summary>
    Unknown,
}
