namespace OnnxDeep.Tests;

/// <summary>Files written by other programs, which some machines have next to the checkout.</summary>
internal static class Fixtures
{
    /// <summary>Returns the path of a fixture; the test is skipped if it is missing.</summary>
    public static string Find(params string[] parts)
    {
        string path = PathOf(parts);
        Assert.SkipUnless(Path.Exists(path), $"The fixture {Path.Combine(parts)} does not exist on this machine.");
        return path;
    }

    /// <summary>Returns whether a fixture exists, for theories that add its rows to those from tests/data.</summary>
    public static bool Has(params string[] parts) => Path.Exists(PathOf(parts));

    private static string PathOf(string[] parts) =>
        Path.Combine([Repository.Root, "..", "shared", "fixtures", .. parts]);
}
