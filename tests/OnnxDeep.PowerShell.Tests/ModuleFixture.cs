namespace OnnxDeep.Tests;

/// <summary>A runspace for all tests of a class, because opening one takes longer than most tests.</summary>
public sealed class ModuleFixture : IDisposable
{
    internal ModuleRunspace Module { get; } = new();

    public void Dispose() => Module.Dispose();
}
