namespace OnnxDeep.Words.Table;

/// <summary>The names of the tensors and metadata in a table file, for the reader and the writer.</summary>
internal static class WordVectorTableNames
{
    public const string Format = "onnxdeep-word-vectors/1";

    public const string FormatKey = "format";
    public const string NameKey = "name";
    public const string SourceKey = "source";
    public const string LicenseKey = "license";
    public const string ContentSha256Key = "content_sha256";

    /// <summary>JSON of <see cref="SubwordOptions"/>, if the table has n-grams.</summary>
    public const string SubwordsKey = "subwords";

    /// <summary>The number of repeated keys in the source.</summary>
    public const string DuplicatesKey = "duplicate_keys";

    /// <summary>The number of lines and vectors of the source that were skipped.</summary>
    public const string SkippedKey = "skipped_vectors";

    /// <summary>The keys that only the writer may set.</summary>
    public static readonly string[] ReservedKeys = [FormatKey, ContentSha256Key, SubwordsKey];

    /// <summary>U32 [slots]: open addressing over the keys; 0 is empty, otherwise the key's number plus one.</summary>
    public const string Slots = "slots";

    /// <summary>U32 [keys + 1]: the start of each key's UTF-8 in <see cref="KeyBytes"/>.</summary>
    public const string KeyOffsets = "key_offsets";

    /// <summary>U32 [keys]: the row of each key; keys may share a row.</summary>
    public const string KeyRows = "key_rows";

    /// <summary>F32 [rows]: the Euclidean length of each stored row.</summary>
    public const string Norms = "norms";

    /// <summary>F32 [rows]: value = byte · scale; only in an int8 table.</summary>
    public const string Scales = "scales";

    /// <summary>U8 [bytes]: the keys, most common first, back to back.</summary>
    public const string KeyBytes = "key_bytes";

    /// <summary>F32, F16 or I8 [rows, dimensions].</summary>
    public const string Vectors = "vectors";

    /// <summary>The rows of character n-grams [n-grams, dimensions], with the element type of the vectors.</summary>
    public const string NgramVectors = "ngram_vectors";

    /// <summary>F32 [n-grams]: value = byte · scale; only in an int8 table.</summary>
    public const string NgramScales = "ngram_scales";

    /// <summary>
    /// U32 [buckets]: the n-gram row of each bucket plus one, 0 if it was pruned; missing if bucket and row are the
    /// same.
    /// </summary>
    public const string NgramRows = "ngram_rows";

    /// <summary>U8, zeros: aligns the tensors after rows of bytes to a multiple of eight.</summary>
    public const string Padding = "padding";
}
