using System.Text.Json;

using OnnxDeep.Words.Lookup;
using OnnxDeep.Words.Table;

namespace OnnxDeep.Words.Formats.Spacy;

/// <summary>
/// Reads a model's small JSON files, and vectors.cfg: whether rows belong to words or to floret's n-grams, and how
/// these are computed.
/// </summary>
internal static class SpacyConfig
{
    // The numbers of spaCy's token attributes.
    private const long Orth = 65;
    private const long Lower = 66;

    /// <summary>Reads the file.</summary>
    /// <param name="json">The content of the file.</param>
    /// <param name="path">The file's name in errors.</param>
    /// <param name="rows">The number of vectors, which are floret's buckets.</param>
    /// <returns>The options for n-grams; null if the rows belong to words.</returns>
    /// <exception cref="FileFormatException">The mode is not supported, or the numbers are invalid.</exception>
    public static SubwordOptions? Parse(byte[] json, string path, long rows)
    {
        using JsonDocument document = ParseObject(json, path);
        JsonElement root = document.RootElement;
        string? mode = root.TryGetProperty("mode", out _) ? Text(root, "mode") : "default";
        return mode switch
        {
            "default" => null,
            "floret" => ParseFloret(root, path, rows),
            _ => throw new FileFormatException(
                ErrorIds.VectorsFormatUnknown,
                path,
                0,
                $"mode 'default' or 'floret', found '{mode}'",
                "Use a model with one of these modes."),
        };
    }

    /// <summary>Parses an object.</summary>
    /// <exception cref="FileFormatException">The file does not contain an object.</exception>
    public static JsonDocument ParseObject(byte[] json, string path)
    {
        JsonDocument document;
        try
        {
            document = JsonDocument.Parse(json);
        }
        catch (JsonException e)
        {
            throw new FileFormatException(path, 0, "a JSON object", e);
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object)
        {
            return document;
        }

        document.Dispose();
        throw new FileFormatException(path, 0, "a JSON object");
    }

    /// <summary>Gets the text of a property; null if it is missing or not text.</summary>
    public static string? Text(JsonElement element, string name)
    {
        try
        {
            return element.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String
                ? value.GetString()
                : null;
        }
        catch (InvalidOperationException)
        {
            // The text is not valid UTF-8, or contains half of a surrogate pair.
            return null;
        }
    }

    /// <summary>
    /// Gets the integer of a property; <paramref name="missing"/> if it is missing, null if it is not an integer.
    /// </summary>
    public static long? Number(JsonElement element, string name, long missing) =>
        !element.TryGetProperty(name, out JsonElement value) ? missing
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number
        : null;

    private static SubwordOptions ParseFloret(JsonElement root, string path, long rows)
    {
        long? attribute = root.TryGetProperty("attr", out JsonElement attr) && attr.ValueKind == JsonValueKind.String
            ? Text(root, "attr")?.ToUpperInvariant() switch
            {
                "ORTH" or "TEXT" => Orth,
                "LOWER" => Lower,
                _ => null,
            }
            : Number(root, "attr", Orth);
        if (attribute is not (Orth or Lower))
        {
            throw new FileFormatException(
                ErrorIds.VectorsFormatUnknown,
                path,
                0,
                $"vectors of ORTH ({Orth}) or LOWER ({Lower}), found attr {attr}",
                "Use a model whose vectors belong to words as written or in lower case.");
        }

        var options = new SubwordOptions
        {
            Hash = SubwordHash.Floret,
            MinimumLength = Number(root, "minn"),
            MaximumLength = Number(root, "maxn"),
            HashCount = Number(root, "hash_count"),
            HashSeed = Number(root, "hash_seed", 0) is >= 0 and <= uint.MaxValue and long seed
                ? (uint)seed
                : throw NoSense(path),
            Buckets = (int)rows,
            Begin = Marker(root, "bow", "<") ?? throw NoSense(path),
            End = Marker(root, "eow", ">") ?? throw NoSense(path),
            IsLowerCase = attribute == Lower,
        };
        return options.IsValid ? options : throw NoSense(path);
    }

    // A number that is not an int is out of range.
    private static int Number(JsonElement root, string name) =>
        Number(root, name, 0) is >= 0 and <= int.MaxValue and long number ? (int)number : -1;

    private static string? Marker(JsonElement root, string name, string missing) =>
        root.TryGetProperty(name, out _) ? Text(root, name) : missing;

    private static FileFormatException NoSense(string path) => new(
        path, 0, $"floret's settings: minn, maxn to {Term.MaximumLength}, hash_count 1 to 4, a hash_seed, bow and eow");
}
