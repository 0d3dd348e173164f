using Microsoft.ML.OnnxRuntime;

using OnnxDeep.Inference.Sessions;

namespace OnnxDeep.Inference.Providers;

/// <summary>
/// Where a session computes: an execution provider of ONNX Runtime, one of its devices, and its options. Getting a
/// provider checks that it can run on this machine; it never falls back silently.
/// </summary>
public sealed class ExecutionProvider
{
    private readonly Action<SessionOptions> _configure;

    // More rows gain little on the CPU and delay the first results.
    private const int ProcessorRows = 256;

    // For devices that do not report their memory.
    private const int UnknownRows = 4096;
    private const int MostRows = 16384;

    // Hidden layers need memory too, and other programs may use the device.
    private const int ShareOfMemory = 1024;

    internal ExecutionProvider(string name, string why, string key, Action<SessionOptions> configure)
    {
        Name = name;
        Why = why;
        Key = key;
        _configure = configure;
    }

    /// <summary>The CPU, which every build of ONNX Runtime supports.</summary>
    public static ExecutionProvider Cpu { get; } = OnCpu("It is the default provider.");

    /// <summary>The provider's short name, such as CPU.</summary>
    public string Name { get; }

    /// <summary>The reason why this provider was chosen, as a sentence.</summary>
    public string Why { get; }

    /// <summary>The same for all instances that can share a session.</summary>
    internal string Key { get; }

    /// <summary>The plug-in that implements the provider; it must stay loaded while a session is open.</summary>
    internal ProviderLibrary? Library { get; init; }

    /// <summary>The requested device.</summary>
    internal int? DeviceId { get; init; }

    /// <summary>The requested options.</summary>
    internal IReadOnlyDictionary<string, string> Options { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether sessions capture a CUDA graph.</summary>
    internal bool UsesCudaGraph => CudaGraph.IsOn(Options);

    /// <summary>Returns the provider with this name; case is ignored.</summary>
    /// <param name="name">
    /// CPU, CUDA, the name of a registered library, any other provider of ONNX Runtime, or Auto: CUDA if it can run,
    /// otherwise CPU.
    /// </param>
    /// <param name="deviceId">The number of the device, from 0; null for the provider's default.</param>
    /// <param name="options">Options with the provider's own names, such as <c>gpu_mem_limit</c>.</param>
    /// <exception cref="ModelException">
    /// The provider does not exist or cannot run on this machine; the message gives the reason and the remedy.
    /// </exception>
    /// <exception cref="OnnxDeepException">The settings, which may list a library, cannot be read.</exception>
    public static ExecutionProvider Get(
        string name, int? deviceId = null, IReadOnlyDictionary<string, string>? options = null)
    {
        ArgumentNullException.ThrowIfNull(name);
        return ProviderResolver.Resolve(name, deviceId, options ?? new Dictionary<string, string>());
    }

    /// <summary>
    /// Lists all providers that this build knows, on each device that ONNX Runtime detects; CPU first.
    /// </summary>
    /// <exception cref="ModelException">ONNX Runtime cannot be loaded.</exception>
    /// <exception cref="OnnxDeepException">The settings, which may list libraries, cannot be read.</exception>
    public static IReadOnlyList<ExecutionProviderInfo> List() => ProviderList.Get();

    /// <summary>Loads a plug-in library and makes its devices available as a provider with this name.</summary>
    /// <param name="name">The name for <see cref="Get"/>.</param>
    /// <param name="path">
    /// The path of a library such as libonnxruntime_providers_cuda_plugin.so. Its code runs in this process.
    /// </param>
    /// <returns>The library's devices or, if it finds none, the reason.</returns>
    /// <exception cref="ModelException">
    /// The library cannot be loaded, others can change it, or the name is already used.
    /// </exception>
    public static IReadOnlyList<ExecutionProviderInfo> Register(string name, string path) =>
        ProviderList.Describe(ProviderLibraries.Register(name, path));

    /// <summary>Unloads a plug-in library.</summary>
    /// <returns>Whether a library with this name was loaded.</returns>
    /// <exception cref="ModelException">Sessions still use the library.</exception>
    public static bool Unregister(string name)
    {
        SharedFiles.ClearSessions();
        return ProviderLibraries.Unregister(name);
    }

    /// <summary>
    /// Returns the sorted names of the libraries that are registered in this process or listed in the user's settings.
    /// </summary>
    /// <exception cref="OnnxDeepException">The settings cannot be read.</exception>
    public static IReadOnlyList<string> GetRegisteredNames() => ProviderLibraries.GetNames();

    /// <summary>Creates the CPU provider with a reason.</summary>
    internal static ExecutionProvider OnCpu(string why) => new(ProviderNames.Cpu, why, ProviderNames.Cpu, _ => { });

    /// <summary>Returns how many single rows should be run together: a batch that fits the device's memory.</summary>
    /// <param name="rowBytes">The bytes of one input row.</param>
    public int GetBatchRows(long rowBytes) => GetBatchRows(
        Name == ProviderNames.Cpu,
        Name.Equals(ProviderNames.Cuda, StringComparison.OrdinalIgnoreCase)
            ? CudaSupport.GetMemory(DeviceId ?? OptionalDevice ?? 0)
            : null,
        rowBytes);

    private int? OptionalDevice =>
        Options.TryGetValue(ProviderResolver.DeviceOption, out string? text) && int.TryParse(text, out int id)
            ? id
            : null;

    /// <summary>
    /// Returns this provider with CUDA graphs enabled; null if it is not CUDA, does not support them, or the user has
    /// set their option.
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

    /// <summary>Returns the number of rows for a device.</summary>
    /// <param name="isProcessor">Whether the device is the CPU.</param>
    /// <param name="memory">The device's memory in bytes; null if it is unknown.</param>
    /// <param name="rowBytes">The bytes of one input row, at least 1.</param>
    internal static int GetBatchRows(bool isProcessor, long? memory, long rowBytes) => isProcessor ? ProcessorRows
        : memory is long bytes ? (int)Math.Clamp(bytes / ShareOfMemory / Math.Max(1, rowBytes), 1, MostRows)
        : UnknownRows;
}
