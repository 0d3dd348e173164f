namespace OnnxDeep.Tests.Documents;

/// <summary>The result of running a block.</summary>
/// <param name="Id">The block's name.</param>
/// <param name="Output">What it wrote.</param>
/// <param name="Problem">Its errors; empty where there were none.</param>
internal sealed record BlockResult(string Id, string Output, string Problem)
{
    /// <summary>Why it could not run on this machine; null where it did.</summary>
    public string? Skip { get; init; }
}
