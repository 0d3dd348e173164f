namespace OnnxDeep.Tests;

/// <summary>A request as a <see cref="LoopbackServer"/> got it.</summary>
internal sealed record LoopbackRequest(string Target, IReadOnlyDictionary<string, string> Headers)
{
    public string? Range => Headers.GetValueOrDefault("Range");

    public string? IfRange => Headers.GetValueOrDefault("If-Range");
}
