namespace OnnxDeep.Tests.Documents;

/// <summary>The result of running a block.</summary>
/// <param name="Id">The block's name.</param>
/// <param name="Output">The output of the block.</param>
/// <param name="Problem">The errors; empty if there are none.</param>
internal sealed record BlockResult(string Id, string Output, string Problem)
{
    /// <summary>Why the block could not run on this machine; null if it ran.</summary>
    public string? Skip { get; init; }
}
