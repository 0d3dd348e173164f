namespace OnnxDeep.Tests.Words.Formats;

/// <summary>Vectors that other programs wrote: some in tests/data/vectors, more where the fixtures are.</summary>
internal static class ForeignVectors
{
    public static bool HasMore => Fixtures.Has("vectors");

    /// <summary>The path of a file or folder; a name that is in neither place fails the test.</summary>
    public static string Find(string name) =>
        Fixtures.Has("vectors", name) ? Fixtures.Find("vectors", name) : TestData.Find("vectors", name);
}
