namespace OnnxDeep.Tests;

/// <summary>Files in tests/data, which are in every clone; the README there names their origin and licence.</summary>
internal static class TestData
{
    /// <summary>The path of a file or folder; a missing one fails the test.</summary>
    public static string Find(params string[] parts)
    {
        string path = Path.Combine([Repository.Root, "tests", "data", .. parts]);
        Assert.True(Path.Exists(path), $"'{path}' is missing.");
        return path;
    }
}
