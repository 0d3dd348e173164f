namespace OnnxDeep.Tests;

/// <summary>Files in tests/data, which are in every clone; the README there lists their origin and licence.</summary>
internal static class TestData
{
    /// <summary>Returns the path of a file or folder; the test fails if it is missing.</summary>
    public static string Find(params string[] parts)
    {
        string path = Path.Combine([Repository.Root, "tests", "data", .. parts]);
        Assert.True(Path.Exists(path), $"'{path}' is missing.");
        return path;
    }
}
