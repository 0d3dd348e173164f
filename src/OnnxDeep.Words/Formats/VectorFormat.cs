namespace OnnxDeep.Words.Formats;

/// <summary>The formats that the first bytes of a source can indicate.</summary>
internal enum VectorFormat
{
    /// <summary>Lines with a word and its numbers: GloVe without a header, word2vec and fastText with one.</summary>
    Text,

    /// <summary>word2vec's binary format: a text header, then words and floats.</summary>
    Word2VecBinary,

    /// <summary>fastText's model files, .bin and .ftz.</summary>
    FastText,

    /// <summary>NumPy's array file.</summary>
    Npy,

    /// <summary>A safetensors file: tensors with a JSON header.</summary>
    SafeTensors,

    /// <summary>An ONNX model.</summary>
    Onnx,

    /// <summary>A zip archive, such as a Python wheel.</summary>
    Zip,

    /// <summary>A file compressed with gzip.</summary>
    Gzip,

    /// <summary>A tape archive.</summary>
    Tar,

    /// <summary>A file compressed with bzip2, xz, Zstandard or 7-Zip, which .NET cannot decompress.</summary>
    OtherArchive,

    /// <summary>A Python pickle.</summary>
    Pickle,

    /// <summary>Not a supported format.</summary>
    Unknown,
}
