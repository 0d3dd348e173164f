namespace OnnxDeep.Words.Table;

/// <summary>The tensors and metadata of a table file; reader and writer share the names.</summary>
internal static class WordVectorTableNames
{
    public const string Format = "onnxdeep-word-vectors/1";

    public const string FormatKey = "format";
    public const string NameKey = "name";
    public const string SourceKey = "source";
    public const string LicenseKey = "license";
    public const string ContentSha256Key = "content_sha256";

    /// <summary>JSON of <see cref="SubwordOptions"/>, where the table has n-grams.</summary>
    public const string SubwordsKey = "subwords";

    /// <summary>Keys that the source had twice.</summary>
    public const string DuplicatesKey = "duplicate_keys";

    /// <summary>Lines and vectors of the source that were left out.</summary>
    public const string SkippedKey = "skipped_vectors";

    /// <summary>What the writer alone may write.</summary>
    public static readonly string[] ReservedKeys = [FormatKey, ContentSha256Key, SubwordsKey];

    /// <summary>U32 [slots]: open addressing over the keys; 0 is empty, else the key's number plus one.</summary>
    public const string Slots = "slots";

    /// <summary>U32 [keys + 1]: where each key's UTF-8 starts in <see cref="KeyBytes"/>.</summary>
    public const string KeyOffsets = "key_offsets";

    /// <summary>U32 [keys]: the row of each key; keys may share one.</summary>
    public const string KeyRows = "key_rows";

    /// <summary>F32 [rows]: the Euclidean length of each row as stored.</summary>
    public const string Norms = "norms";

    /// <summary>F32 [rows]: value = byte · scale; only in an int8 table.</summary>
    public const string Scales = "scales";

    /// <summary>U8 [bytes]: the keys, most common first, back to back.</summary>
    public const string KeyBytes = "key_bytes";

    /// <summary>F32, F16 or I8 [rows, dimensions].</summary>
    public const string Vectors = "vectors";

    /// <summary>The rows of character n-grams, stored as the vectors are [n-grams, dimensions].</summary>
    public const string NgramVectors = "ngram_vectors";

    /// <summary>F32 [n-grams]: value = byte · scale; only in an int8 table.</summary>
    public const string NgramScales = "ngram_scales";

    /// <summary>
    /// U32 [buckets]: the n-gram row of each bucket plus one, 0 where it was pruned; missing where the two are the
    /// same.
    /// </summary>
    public const string NgramRows = "ngram_rows";

    /// <summary>U8, zeros: rows of bytes may end anywhere, and what follows starts on a multiple of eight.</summary>
    public const string Padding = "padding";
}
