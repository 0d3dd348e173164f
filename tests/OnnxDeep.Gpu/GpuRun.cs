using OnnxDeep.Inference;
using OnnxDeep.Inference.Providers;
using OnnxDeep.Onnx.Tensors;
using OnnxDeep.Tests;

namespace OnnxDeep.Gpu;

/// <summary>What all steps work with: the provider to look at, the models, and the time.</summary>
internal sealed class GpuRun(string provider, CancellationToken token) : IDisposable
{
    private readonly TemporaryDirectory _models = new();

    /// <summary>Whether the processor stands in for a GPU, to try the steps themselves.</summary>
    public bool IsTrial => provider == ExecutionProvider.Cpu.Name;

    /// <summary>Ends the step.</summary>
    public CancellationToken Token { get; } = token;

    /// <summary>The provider with options, which the processor has none of.</summary>
    /// <exception cref="ModelException">It cannot run here.</exception>
    public ExecutionProvider GetProvider(params (string Name, string Value)[] options) => IsTrial
        ? ExecutionProvider.Cpu
        : ExecutionProvider.Get(provider, null, options.ToDictionary(option => option.Name, option => option.Value));

    /// <summary>The shipped classifier of words, on their vectors.</summary>
    public static string Food { get; } = Shipped("food");

    /// <summary>The same with its words within: it takes texts, which are the processor's alone.</summary>
    public static string FoodWords { get; } = Shipped("food-words");

    /// <summary>The shipped models.</summary>
    public static IReadOnlyList<string> ShippedModels { get; } = [Food, FoodWords, Shipped("noise")];

    /// <summary>The models that are larger than those, written anew.</summary>
    public IReadOnlyList<string> WriteModels() =>
    [
        GpuModels.WriteDense(_models.File("dense-float32.onnx"), OnnxElementType.Float),
        GpuModels.WriteDense(_models.File("dense-float16.onnx"), OnnxElementType.Float16),
        GpuModels.WriteConvolutional(_models.File("convolutional.onnx")),
    ];

    /// <summary>A file that is removed after the step.</summary>
    public string TemporaryFile(string name) => _models.File(name);

    /// <summary>Removes the models.</summary>
    public void Dispose() => _models.Dispose();

    private static string Shipped(string name) => Path.Combine(AppContext.BaseDirectory, "models", name + ".onnx");
}
