using OnnxDeep.Words.Formats;

namespace OnnxDeep.Tests.Words.Formats;

/// <summary>A sound source that <see cref="SourceFuzzer"/> damages.</summary>
/// <param name="Files">The files by names with slashes; each may be damaged.</param>
/// <param name="Target">The file to import; empty for the folder that holds them all.</param>
internal sealed record FuzzSeed(IReadOnlyDictionary<string, byte[]> Files, string Target = "")
{
    /// <summary>How it is imported.</summary>
    public ImportOptions Options { get; init; } = new();

    /// <summary>
    /// Packs the damaged files into others, so that the damage lies inside a sound archive; null leaves them as they
    /// are.
    /// </summary>
    public Func<IReadOnlyDictionary<string, byte[]>, IReadOnlyDictionary<string, byte[]>>? Pack { get; init; }

    /// <summary>A source that is one file.</summary>
    public static FuzzSeed File(string name, byte[] bytes, ImportOptions? options = null) =>
        new(new Dictionary<string, byte[]> { [name] = bytes }, name) { Options = options ?? new ImportOptions() };
}
