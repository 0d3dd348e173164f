namespace OnnxDeep.Words.Export;

/// <summary>The formats that a table can be written in.</summary>
public enum WordVectorFileFormat
{
    /// <summary>
    /// A header line of words and dimensions, then a line a word: gensim, fastText and spaCy read it.
    /// </summary>
    Word2VecText,

    /// <summary>The same lines without the header.</summary>
    GloVe,

    /// <summary>A table of this module with 32-bit floats, which every safetensors library opens.</summary>
    SafeTensors,

    /// <summary>
    /// A NumPy array [keys, dimensions] of 32-bit floats, and beside it a list of the words, one a line.
    /// </summary>
    Npy,
}
