using System.Text.Json;

namespace OnnxDeep.Tests.Oracles;

/// <summary>Results of other programs, one case per line, created by the script beside each file.</summary>
internal static class OracleFile
{
    public static IEnumerable<JsonElement> Read(string name)
    {
        string path = Path.Combine(Repository.Root, "tests", "OnnxDeep.Tests", "Oracles", name);
        foreach (string line in File.ReadLines(path))
        {
            using var document = JsonDocument.Parse(line);
            yield return document.RootElement.Clone();
        }
    }

    public static string[] Strings(this JsonElement element) =>
        [.. element.EnumerateArray().Select(item => item.GetString()!)];

    public static double[] Numbers(this JsonElement element) =>
        [.. element.EnumerateArray().Select(item => item.GetDouble())];

    /// <summary>Gets a member; null if it is missing or null.</summary>
    public static JsonElement? Find(this JsonElement element, string name) =>
        element.TryGetProperty(name, out JsonElement value) && value.ValueKind != JsonValueKind.Null ? value : null;
}
