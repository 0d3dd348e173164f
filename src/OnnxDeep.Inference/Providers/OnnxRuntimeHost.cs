using System.Runtime.InteropServices;

using Microsoft.ML.OnnxRuntime;

namespace OnnxDeep.Inference.Providers;

/// <summary>The ONNX Runtime environment of this process and the location of its native libraries.</summary>
internal static class OnnxRuntimeHost
{
    // A failure is not kept.
    private static readonly Lazy<OrtEnv> s_environment = new(CreateEnvironment, LazyThreadSafetyMode.PublicationOnly);

    /// <summary>The runtime identifier of this system, such as linux-x64.</summary>
    public static string Rid { get; } =
        (OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")
        + "-" + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>The environment; getting it loads the native library.</summary>
    /// <exception cref="ModelException">The native library cannot be loaded.</exception>
    public static OrtEnv Environment
    {
        get
        {
            try
            {
                return s_environment.Value;
            }
            catch (Exception e) when (IsMissing(e))
            {
                throw Missing(e);
            }
        }
    }

    /// <summary>The short names of the providers that this build includes.</summary>
    public static IReadOnlyList<string> BuiltIn =>
        [.. Environment.GetAvailableProviders().Select(ProviderNames.Shorten)];

    /// <summary>Loads a model from a file; the environment exists first.</summary>
    /// <exception cref="ModelException">The native library cannot be loaded.</exception>
    /// <exception cref="OnnxRuntimeException">The runtime rejects the model.</exception>
    public static InferenceSession CreateSession(string path, SessionOptions options)
    {
        _ = Environment;
        return new InferenceSession(path, options);
    }

    /// <summary>Loads a model from memory; the environment exists first.</summary>
    /// <exception cref="ModelException">The native library cannot be loaded.</exception>
    /// <exception cref="OnnxRuntimeException">The runtime rejects the model.</exception>
    public static InferenceSession CreateSession(byte[] model, SessionOptions options)
    {
        _ = Environment;
        return new InferenceSession(model, options);
    }

    /// <summary>
    /// Returns the path of a native library, given a name such as onnxruntime; null if it is not next to the managed
    /// one.
    /// </summary>
    public static string? FindLibrary(string name)
    {
        string folder = Path.GetDirectoryName(typeof(OrtEnv).Assembly.Location) ?? string.Empty;
        string file = FileName(name);
        string[] candidates = [Path.Combine(folder, "runtimes", Rid, "native", file), Path.Combine(folder, file)];
        return Array.Find(candidates, File.Exists);
    }

    /// <summary>Returns the file name of a library on this system.</summary>
    public static string FileName(string name) =>
        OperatingSystem.IsWindows() ? $"{name}.dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so";

    /// <summary>Returns whether an exception means that the native library cannot be loaded.</summary>
    public static bool IsMissing(Exception exception) =>
        exception is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException;

    /// <summary>Creates the error for that exception.</summary>
    public static ModelException Missing(Exception exception) => new(
        ErrorIds.OnnxRuntimeMissing,
        "ONNX Runtime's native library cannot be loaded on this machine: "
        + $"{(exception.InnerException ?? exception).Message} It is available for Windows and Linux on x64 and ARM64, "
        + "and for macOS on ARM64.",
        exception);

    /// <summary>Returns ONNX Runtime's message as a sentence, without the error code and on one line.</summary>
    public static string Explain(OnnxRuntimeException exception)
    {
        string message = exception.Message;
        int end = message.StartsWith("[ErrorCode:", StringComparison.Ordinal)
            ? message.IndexOf(']', StringComparison.Ordinal)
            : -1;
        return ShownText.Joined(message[(end + 1)..]).TrimEnd('.') + ".";
    }

    // On Windows, the runtime reports a single event while it creates the environment, which nothing can prevent.
    private static OrtEnv CreateEnvironment()
    {
        var environment = OrtEnv.Instance();
        if (!RuntimeTelemetry.IsWanted)
        {
            environment.DisableTelemetryEvents();
        }

        return environment;
    }
}
