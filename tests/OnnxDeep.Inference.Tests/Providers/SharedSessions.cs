namespace OnnxDeep.Tests.Providers;

/// <summary>Tests that count the sessions of the whole process, and so run alone.</summary>
[CollectionDefinition(nameof(SharedSessions), DisableParallelization = true)]
public sealed class SharedSessions
{
}
