namespace OnnxDeep.Tests;

/// <summary>Files that other programs wrote, which lie beside the checkout on some machines.</summary>
internal static class Fixtures
{
    /// <summary>The path of a fixture; the test skips where it is missing.</summary>
    public static string Find(params string[] parts)
    {
        string path = PathOf(parts);
        Assert.SkipUnless(Path.Exists(path), $"The fixture {Path.Combine(parts)} is not on this machine.");
        return path;
    }

    /// <summary>Whether a fixture is here: a theory that has files in tests/data too adds its rows only then.</summary>
    public static bool Has(params string[] parts) => Path.Exists(PathOf(parts));

    private static string PathOf(string[] parts) =>
        Path.Combine([Repository.Root, "..", "shared", "fixtures", .. parts]);
}
