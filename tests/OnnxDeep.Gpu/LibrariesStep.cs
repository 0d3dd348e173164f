using System.Runtime.InteropServices;

using OnnxDeep.Inference.Providers;

namespace OnnxDeep.Gpu;

/// <summary>Lists which libraries of the CUDA provider can be loaded, at once or later, and from where.</summary>
internal static class LibrariesStep
{
    // Loaded by name when an operator needs them, and therefore not among the imports of the file.
    private static readonly string[] s_later = ["libcudnn.so.9", "libcufft.so.12", "libnvrtc.so.13"];

    /// <summary>Passes if all libraries can be loaded.</summary>
    public static bool Run(GpuRun run, Report report)
    {
        report.Columns("Library", "Needed", "Loads", "File");
        string? provider = CudaSupport.Library;
        report.Add("onnxruntime_providers_cuda", "by this build", provider is not null, provider);
        bool passed = provider is not null;
        foreach (string name in (provider is null ? [] : NativeImports.Read(provider)).Concat(s_later))
        {
            bool loads = NativeLibrary.TryLoad(name, out _);
            report.Add(name, s_later.Contains(name) ? "later" : "at once", loads, loads ? FindLoaded(name) : null);
            passed &= loads;
        }

        return passed || run.IsTrial;
    }

    // Each line of the map ends with the resolved path of a file: libcudnn.so.9 may be libcudnn.so.9.12.0.
    private static string? FindLoaded(string name) => File.ReadLines("/proc/self/maps")
        .Select(line => line[(line.LastIndexOf(' ') + 1)..])
        .FirstOrDefault(path => Path.GetFileName(path).StartsWith(name, StringComparison.Ordinal));
}
