using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;

namespace OnnxDeep.Tests.EarlierVersions;

/// <summary>The files that v0.3 wrote, and what its cmdlets returned for them.</summary>
internal static class Version03
{
    public static string Vectors => TestData.Find("v0.3", "vectors");

    public static string Model(string name) => TestData.Find("v0.3", $"{name}.onnx");

    public static string Table(string name) => TestData.Find("v0.3", "vectors", $"{name}.safetensors");

    /// <summary>Returns an entry under "models" or "tables" in answers.json.</summary>
    public static JsonElement Said(string kind, string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(TestData.Find("v0.3", "answers.json")));
        return document.RootElement.GetProperty(kind).GetProperty(name).Clone();
    }

    public static float[] Floats(this JsonElement element) =>
        [.. element.EnumerateArray().Select(item => item.GetSingle())];

    public static string Text(this JsonElement element, string name) => element.GetProperty(name).GetString()!;

    public static int Number(this JsonElement element, string name) => element.GetProperty(name).GetInt32();

    public static bool Flag(this JsonElement element, string name) => element.GetProperty(name).GetBoolean();

    /// <summary>Returns the SHA-256 hash of floats, in hexadecimal.</summary>
    public static string Digest(ReadOnlySpan<float> floats) =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(floats)));
}
