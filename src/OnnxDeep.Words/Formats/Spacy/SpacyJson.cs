using System.Text.Json;

namespace OnnxDeep.Words.Formats.Spacy;

/// <summary>Reads a model's small JSON files.</summary>
internal static class SpacyJson
{
    /// <summary>Parses an object.</summary>
    /// <exception cref="FileFormatException">The file does not contain an object.</exception>
    public static JsonDocument Parse(byte[] json, string path)
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
}
