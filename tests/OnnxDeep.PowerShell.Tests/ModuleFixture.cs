namespace OnnxDeep.Tests;

/// <summary>One runspace for all tests of a class, since opening one costs more than most tests.</summary>
public sealed class ModuleFixture : IDisposable
{
    internal ModuleRunspace Module { get; } = new();

    public void Dispose() => Module.Dispose();
}
