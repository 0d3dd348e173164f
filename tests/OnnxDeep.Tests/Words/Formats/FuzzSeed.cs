using OnnxDeep.Words.Formats;

namespace OnnxDeep.Tests.Words.Formats;

/// <summary>A valid source that <see cref="SourceFuzzer"/> damages.</summary>
/// <param name="Files">The files, by names with slashes; each may be damaged.</param>
/// <param name="Target">The file to import; empty for the folder that contains them all.</param>
internal sealed record FuzzSeed(IReadOnlyDictionary<string, byte[]> Files, string Target = "")
{
    /// <summary>The options of the import.</summary>
    public ImportOptions Options { get; init; } = new();

    /// <summary>Packs the damaged files, to test damage inside a valid archive; null to leave them unpacked.</summary>
    public Func<IReadOnlyDictionary<string, byte[]>, IReadOnlyDictionary<string, byte[]>>? Pack { get; init; }

    /// <summary>A source that consists of one file.</summary>
    public static FuzzSeed File(string name, byte[] bytes, ImportOptions? options = null) =>
        new(new Dictionary<string, byte[]> { [name] = bytes }, name) { Options = options ?? new ImportOptions() };
}
