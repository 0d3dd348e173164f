using System.Text.Json;

namespace OnnxDeep.Words.Formats.Spacy;

/// <summary>Reads a model's small JSON files.</summary>
internal static class SpacyJson
{
    /// <summary>Parses an object.</summary>
    /// <exception cref="FileFormatException">It is none.</exception>
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

    /// <summary>A property's text; null where it is missing or no text.</summary>
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
            // Bytes that are no UTF-8, or half a surrogate pair.
            return null;
        }
    }

    /// <summary>
    /// A property's whole number; <paramref name="missing"/> where it is not there, null where it is no such number.
    /// </summary>
    public static long? Number(JsonElement element, string name, long missing) =>
        !element.TryGetProperty(name, out JsonElement value) ? missing
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out long number) ? number
        : null;
}
