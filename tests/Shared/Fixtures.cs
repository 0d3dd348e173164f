namespace OnnxDeep.Tests;

/// <summary>Files that other programs wrote, which lie beside the checkout on some machines.</summary>
internal static class Fixtures
{
    /// <summary>The path of a fixture; the test skips where it is missing.</summary>
    public static string Find(params string[] parts)
    {
        string path = Path.Combine([Repository.Root, "..", "shared", "fixtures", .. parts]);
        Assert.SkipUnless(Path.Exists(path), $"The fixture {Path.Combine(parts)} is not on this machine.");
        return path;
    }
}
