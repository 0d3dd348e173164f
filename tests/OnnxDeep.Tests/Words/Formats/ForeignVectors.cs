namespace OnnxDeep.Tests.Words.Formats;

/// <summary>Vectors written by other programs: some in tests/data/vectors, more in the fixtures.</summary>
internal static class ForeignVectors
{
    public static bool HasMore => Fixtures.Has("vectors");

    /// <summary>The path of a file or folder; the test fails if the name is in neither place.</summary>
    public static string Find(string name) =>
        Fixtures.Has("vectors", name) ? Fixtures.Find("vectors", name) : TestData.Find("vectors", name);
}
