namespace OnnxDeep.WordVectors;

/// <summary>The tensors and metadata of a table file; reader and writer share the names.</summary>
internal static class WordVectorTableNames
{
    public const string Format = "onnxdeep-word-vectors/1";

    public const string FormatKey = "format";
    public const string NameKey = "name";
    public const string SourceKey = "source";
    public const string ContentSha256Key = "content_sha256";

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
}
