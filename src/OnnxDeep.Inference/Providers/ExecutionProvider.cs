using Microsoft.ML.OnnxRuntime;
using OnnxDeep.Inference.Sessions;

namespace OnnxDeep.Inference.Providers;

/// <summary>
/// Where a session computes: a provider of ONNX Runtime, one of its devices and its options. Getting one finds out
/// whether it can run here; there is no silent fall back.
/// </summary>
public sealed class ExecutionProvider
{
    private readonly Action<SessionOptions> _configure;

    internal ExecutionProvider(string name, string why, string key, Action<SessionOptions> configure)
    {
        Name = name;
        Why = why;
        Key = key;
        _configure = configure;
    }

    /// <summary>The processor, which every build of ONNX Runtime has.</summary>
    public static ExecutionProvider Cpu { get; } = OnCpu("Models run there unless another one is named.");

    /// <summary>The provider's short name, such as CPU.</summary>
    public string Name { get; }

    /// <summary>Why it is this one, as a sentence.</summary>
    public string Why { get; }

    /// <summary>The same for what can share a session, whatever led to it.</summary>
    internal string Key { get; }

    /// <summary>The plug-in that brings the provider, which must stay loaded while a session is open.</summary>
    internal ProviderLibrary? Library { get; init; }

    /// <summary>The device that was asked for.</summary>
    internal int? DeviceId { get; init; }

    /// <summary>The options that were asked for.</summary>
    internal IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether sessions capture a CUDA graph.</summary>
    internal bool UsesCudaGraph => CudaGraph.IsOn(Options);

    /// <summary>The provider of a name, whatever its case.</summary>
    /// <param name="name">
    /// CPU, CUDA, the name of a registered library, any other of ONNX Runtime, or Auto: CUDA where it can run, else
    /// CPU.
    /// </param>
    /// <param name="deviceId">From 0; the provider's own choice where null.</param>
    /// <param name="options">As the provider calls them, such as <c>gpu_mem_limit</c>.</param>
    /// <exception cref="ModelException">
    /// It does not exist or cannot run here; the message says why and what mends it.
    /// </exception>
    /// <exception cref="OnnxDeepException">The settings, which may remember a library, cannot be read.</exception>
    public static ExecutionProvider Get(
        string name, int? deviceId = null, IReadOnlyDictionary<string, string>? options = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ProviderResolver.Resolve(name, deviceId, options ?? new Dictionary<string, string>());
    }

    /// <summary>Every provider that this build knows, on each device that ONNX Runtime sees; CPU first.</summary>
    /// <exception cref="ModelException">ONNX Runtime does not load.</exception>
    /// <exception cref="OnnxDeepException">The settings, which may remember libraries, cannot be read.</exception>
    public static IReadOnlyList<ExecutionProviderInfo> List() => ProviderList.Get();

    /// <summary>Loads a plug-in library, whose devices become a provider of that name.</summary>
    /// <param name="name">The name for <see cref="Get"/>.</param>
    /// <param name="path">
    /// A library such as libonnxruntime_providers_cuda_plugin.so. Its code runs in this process.
    /// </param>
    /// <returns>Its devices; where it finds none, the reason.</returns>
    /// <exception cref="ModelException">It cannot be loaded, or the name is taken.</exception>
    public static IReadOnlyList<ExecutionProviderInfo> Register(string name, string path) =>
        ProviderList.Describe(ProviderLibraries.Register(name, path));

    /// <summary>Unloads a plug-in library.</summary>
    /// <returns>Whether there was one of that name.</returns>
    /// <exception cref="ModelException">Models run on it.</exception>
    public static bool Unregister(string name)
    {
        SharedFiles.ClearSessions();
        return ProviderLibraries.Unregister(name);
    }

    /// <summary>
    /// The names of the libraries that are registered here or remembered in the user's settings, sorted.
    /// </summary>
    /// <exception cref="OnnxDeepException">The settings cannot be read.</exception>
    public static IReadOnlyList<string> GetRegisteredNames() => ProviderLibraries.GetNames();

    /// <summary>The processor, for a reason.</summary>
    internal static ExecutionProvider OnCpu(string why) => new(ProviderNames.Cpu, why, ProviderNames.Cpu, _ => { });

    /// <summary>How many rows that come one by one should run together: so many as the device has room for.</summary>
    /// <param name="rowBytes">The bytes of a row's input.</param>
    public int GetBatchRows(long rowBytes) => DeviceBatch.GetRows(
        Name == ProviderNames.Cpu,
        Name.Equals(ProviderNames.Cuda, StringComparison.OrdinalIgnoreCase)
            ? CudaDriver.GetMemory(DeviceId ?? OptionalDevice ?? 0)
            : null,
        rowBytes);

    private int? OptionalDevice =>
        Options.TryGetValue(ProviderResolver.DeviceOption, out string? text) && int.TryParse(text, out int id)
            ? id
            : null;

    /// <summary>
    /// The same with CUDA graphs; null where it is not CUDA, has none, or the user decided about them.
    /// </summary>
    internal ExecutionProvider? WithCudaGraph()
    {
        if (!Name.Equals(ProviderNames.Cuda, StringComparison.OrdinalIgnoreCase)
            || Options.ContainsKey(CudaGraph.Option))
        {
            return null;
        }

        try
        {
            return Get(Name, DeviceId, new Dictionary<string, string>(Options) { [CudaGraph.Option] = "1" });
        }
        catch (ModelException)
        {
            return null;
        }
    }

    internal void Configure(SessionOptions options) => _configure(options);

    /// <inheritdoc/>
    public override string ToString() => Name;
}
