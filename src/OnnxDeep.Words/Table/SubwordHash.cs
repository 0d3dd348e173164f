namespace OnnxDeep.Words.Table;

/// <summary>The programs whose n-grams a table can hold.</summary>
public enum SubwordHash
{
    /// <summary>
    /// fastText: FNV-1a of each n-gram; single markers left out; a word without an n-gram has no vector.
    /// </summary>
    FastText,

    /// <summary>floret, as spaCy reads it: the whole word and each n-gram by MurmurHash3 (x64, 128 bits).</summary>
    Floret,
}
