using System.Runtime.InteropServices;

using Microsoft.ML.OnnxRuntime;

namespace OnnxDeep.Inference.Providers;

/// <summary>ONNX Runtime's one environment in this process, and where its native libraries lie.</summary>
internal static class OnnxRuntimeHost
{
    /// <summary>This system as packages name it, such as linux-x64.</summary>
    public static string Rid { get; } =
        (OperatingSystem.IsWindows() ? "win" : OperatingSystem.IsMacOS() ? "osx" : "linux")
        + "-" + RuntimeInformation.ProcessArchitecture.ToString().ToLowerInvariant();

    /// <summary>The environment; loads the native library.</summary>
    /// <exception cref="ModelException">It does not load.</exception>
    public static OrtEnv Environment
    {
        get
        {
            try
            {
                return OrtEnv.Instance();
            }
            catch (Exception e) when (IsMissing(e))
            {
                throw Missing(e);
            }
        }
    }

    /// <summary>The short names of the providers that are part of this build.</summary>
    public static IReadOnlyList<string> BuiltIn =>
        [.. Environment.GetAvailableProviders().Select(ProviderNames.Shorten)];

    /// <summary>
    /// The native library of a name such as onnxruntime; null where it is not beside the managed one.
    /// </summary>
    public static string? FindLibrary(string name)
    {
        string folder = Path.GetDirectoryName(typeof(OrtEnv).Assembly.Location) ?? string.Empty;
        string file = FileName(name);
        string[] candidates = [Path.Combine(folder, "runtimes", Rid, "native", file), Path.Combine(folder, file)];
        return Array.Find(candidates, File.Exists);
    }

    /// <summary>How this system calls a library's file.</summary>
    public static string FileName(string name) =>
        OperatingSystem.IsWindows() ? $"{name}.dll" : OperatingSystem.IsMacOS() ? $"lib{name}.dylib" : $"lib{name}.so";

    /// <summary>Whether an exception means that the native library does not load.</summary>
    public static bool IsMissing(Exception exception) =>
        exception is TypeInitializationException or DllNotFoundException or EntryPointNotFoundException;

    /// <summary>The error to tell then.</summary>
    public static ModelException Missing(Exception exception) => new(
        ErrorIds.OnnxRuntimeMissing,
        "ONNX Runtime's native library does not load on this machine: "
        + $"{(exception.InnerException ?? exception).Message} It comes for Windows and Linux on x64 and ARM64 and for "
        + "macOS on ARM64.",
        exception);

    /// <summary>What ONNX Runtime says, without its error code, and as a sentence.</summary>
    public static string Explain(OnnxRuntimeException exception)
    {
        string message = exception.Message;
        int end = message.StartsWith("[ErrorCode:", StringComparison.Ordinal)
            ? message.IndexOf(']', StringComparison.Ordinal)
            : -1;
        return message[(end + 1)..].Trim().TrimEnd('.') + ".";
    }
}
