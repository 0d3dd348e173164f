using System.Text.Json;
using System.Text.Json.Serialization;

namespace OnnxDeep.Words.Table;

/// <summary>Options for computing the vector of a word that is not a key from its character n-grams.</summary>
public sealed record SubwordOptions
{
    /// <summary>The maximum length of a marker in a table; a longer one is not a word boundary but an attack.</summary>
    public const int MaximumMarkerLength = 64;

    /// <summary>The maximum number of characters of a word.</summary>
    internal const int LongestWord = 1024;

    private static readonly JsonSerializerOptions s_json = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>The program whose n-grams and hash function are used.</summary>
    public required SubwordHash Hash { get; init; }

    /// <summary>The minimum number of characters of an n-gram, including markers.</summary>
    public required int MinimumLength { get; init; }

    /// <summary>The maximum number of characters of an n-gram, including markers.</summary>
    public required int MaximumLength { get; init; }

    /// <summary>The number of buckets: an n-gram's bucket is its hash modulo this number.</summary>
    public required int Buckets { get; init; }

    /// <summary>The number of hashes of each n-gram, 1 to 4; floret only.</summary>
    public int HashCount { get; init; } = 1;

    /// <summary>The seed of the hash; floret only.</summary>
    public uint HashSeed { get; init; }

    /// <summary>The marker before a word.</summary>
    public string Begin { get; init; } = "<";

    /// <summary>The marker after a word.</summary>
    public string End { get; init; } = ">";

    /// <summary>Whether words are looked up in lower case; floret only.</summary>
    public bool IsLowerCase { get; init; }

    /// <summary>Whether the numbers are in their ranges.</summary>
    internal bool IsValid => Enum.IsDefined(Hash)
        && MinimumLength >= 0
        && MaximumLength >= MinimumLength
        && MaximumLength <= LongestWord
        && Buckets > 0
        && HashCount is >= 1 and <= 4
        && Begin is { Length: <= MaximumMarkerLength }
        && End is { Length: <= MaximumMarkerLength };

    internal string ToJson() => JsonSerializer.Serialize(this, s_json);

    /// <summary>Reads the options from a table's metadata; null if they are invalid.</summary>
    internal static SubwordOptions? FromJson(string json)
    {
        try
        {
            return JsonSerializer.Deserialize<SubwordOptions>(json, s_json) is { IsValid: true } options
                ? options
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
