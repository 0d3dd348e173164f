using Microsoft.ML.OnnxRuntime;

namespace OnnxDeep.Inference;

/// <summary>Where a session computes. The seam for others: a provider is a name and what it does to the options.</summary>
public sealed class ExecutionProvider
{
    private readonly Action<SessionOptions> _configure;

    private ExecutionProvider(string name, Action<SessionOptions> configure)
    {
        Name = name;
        _configure = configure;
    }

    /// <summary>The processor, which every build of ONNX Runtime has.</summary>
    public static ExecutionProvider Cpu { get; } = new("CPU", _ => { });

    /// <summary>The provider's short name, such as CPU.</summary>
    public string Name { get; }

    /// <summary>The provider of a name, whatever its case.</summary>
    /// <exception cref="ModelException">There is none; the message lists those there are.</exception>
    public static ExecutionProvider Get(string name) =>
        name.Equals(Cpu.Name, StringComparison.OrdinalIgnoreCase) ? Cpu : throw new ModelException(
            ModelException.ProviderNotFound,
            $"There is no execution provider '{name}'. This version has: {Cpu.Name}.");

    internal void Configure(SessionOptions options) => _configure(options);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
