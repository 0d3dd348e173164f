namespace OnnxDeep.Tests.Providers;

/// <summary>
/// Tests that count the sessions of the whole process and therefore do not run in parallel with others.
/// </summary>
[CollectionDefinition(nameof(SharedSessions), DisableParallelization = true)]
public sealed class SharedSessions
{
}
