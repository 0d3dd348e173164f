using OnnxDeep.Inference;
using OnnxDeep.Inference.Providers;
using OnnxDeep.Onnx.Tensors;
using OnnxDeep.Tests;

namespace OnnxDeep.Gpu;

/// <summary>The context of all steps: the provider to test, the models, and the time limit.</summary>
internal sealed class GpuRun(string provider, CancellationToken token) : IDisposable
{
    private readonly TemporaryDirectory _models = new();

    /// <summary>Whether the CPU replaces the GPU, to test the steps themselves.</summary>
    public bool IsTrial => provider == ExecutionProvider.Cpu.Name;

    /// <summary>Cancels the step.</summary>
    public CancellationToken Token { get; } = token;

    /// <summary>Returns the provider with options; the CPU provider ignores them.</summary>
    /// <exception cref="ModelException">The provider cannot run on this machine.</exception>
    public ExecutionProvider GetProvider(params (string Name, string Value)[] options) => IsTrial
        ? ExecutionProvider.Cpu
        : ExecutionProvider.Get(provider, null, options.ToDictionary(option => option.Name, option => option.Value));

    /// <summary>The shipped word classifier, which takes vectors.</summary>
    public static string Food { get; } = Shipped("food");

    /// <summary>
    /// The word classifier with its vocabulary embedded: it takes strings, which only the CPU processes.
    /// </summary>
    public static string FoodWords { get; } = Shipped("food-words");

    /// <summary>The shipped models.</summary>
    public static IReadOnlyList<string> ShippedModels { get; } = [Food, FoodWords, Shipped("noise")];

    /// <summary>Writes the larger models.</summary>
    public IReadOnlyList<string> WriteModels() =>
    [
        GpuModels.WriteDense(_models.File("dense-float32.onnx"), OnnxElementType.Float),
        GpuModels.WriteDense(_models.File("dense-float16.onnx"), OnnxElementType.Float16),
        GpuModels.WriteConvolutional(_models.File("convolutional.onnx")),
    ];

    /// <summary>Returns the path for a file that is deleted after the step.</summary>
    public string TemporaryFile(string name) => _models.File(name);

    /// <summary>Deletes the models.</summary>
    public void Dispose() => _models.Dispose();

    private static string Shipped(string name) => Path.Combine(AppContext.BaseDirectory, "models", name + ".onnx");
}
