using System.Text.Json;
using System.Text.Json.Serialization;

namespace OnnxDeep.Words.Table;

/// <summary>How a word that is no key gets a vector of its character n-grams.</summary>
public sealed record SubwordOptions
{
    /// <summary>
    /// The longest marker that a table may name; longer ones are no sign of a word's end but an attack.
    /// </summary>
    public const int MaximumMarkerLength = 64;

    /// <summary>The most characters of a word.</summary>
    internal const int LongestWord = 1024;

    private static readonly JsonSerializerOptions s_json = new() { Converters = { new JsonStringEnumConverter() } };

    /// <summary>Which program's n-grams and hash.</summary>
    public required SubwordHash Hash { get; init; }

    /// <summary>The fewest characters of an n-gram, markers included.</summary>
    public required int MinimumLength { get; init; }

    /// <summary>The most characters of an n-gram, markers included.</summary>
    public required int MaximumLength { get; init; }

    /// <summary>What an n-gram's hash is divided by: the rest is its bucket.</summary>
    public required int Buckets { get; init; }

    /// <summary>How many hashes each n-gram has, 1 to 4; floret only.</summary>
    public int HashCount { get; init; } = 1;

    /// <summary>The seed of the hash; floret only.</summary>
    public uint HashSeed { get; init; }

    /// <summary>Stands before a word.</summary>
    public string Begin { get; init; } = "<";

    /// <summary>Stands after a word.</summary>
    public string End { get; init; } = ">";

    /// <summary>Whether words are looked up in lower case; floret only.</summary>
    public bool IsLowerCase { get; init; }

    /// <summary>Whether the numbers lie in their ranges.</summary>
    internal bool IsValid => Enum.IsDefined(Hash)
        && MinimumLength >= 0
        && MaximumLength >= MinimumLength
        && MaximumLength <= LongestWord
        && Buckets > 0
        && HashCount is >= 1 and <= 4
        && Begin is { Length: <= MaximumMarkerLength }
        && End is { Length: <= MaximumMarkerLength };

    internal string ToJson() => JsonSerializer.Serialize(this, s_json);

    /// <summary>What a table's metadata say; null where they make no sense.</summary>
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
