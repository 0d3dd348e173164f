namespace OnnxDeep.Tests;

/// <summary>A request that a <see cref="LoopbackServer"/> received.</summary>
internal sealed record LoopbackRequest(string Target, IReadOnlyDictionary<string, string> Headers)
{
    public string? Range => Headers.GetValueOrDefault("Range");

    public string? IfRange => Headers.GetValueOrDefault("If-Range");
}
