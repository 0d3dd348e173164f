namespace OnnxDeep.Tests.IO;

/// <summary>Tests that change a variable or the umask of the process, so no other test runs at the same time.</summary>
[CollectionDefinition(nameof(ProcessState), DisableParallelization = true)]
public sealed class ProcessState;
