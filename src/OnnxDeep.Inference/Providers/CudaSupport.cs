namespace OnnxDeep.Inference.Providers;

/// <summary>Determines whether the CUDA provider of the Gpu package can run, and what it is missing.</summary>
internal static class CudaSupport
{
    /// <summary>The path of the provider's library; null if this build does not include it.</summary>
    public static string? Library => OnnxRuntimeHost.FindLibrary("onnxruntime_providers_cuda");

    /// <summary>Returns what is missing and how to fix it; null if no problem is known.</summary>
    public static string? FindProblem() => FindProblem(
        OnnxRuntimeHost.BuiltIn.Contains(ProviderNames.Cuda) ? CudaDriver.FindProblem : CudaDriver.FindMissing,
        OnnxRuntimeHost.BuiltIn.Contains(ProviderNames.Cuda),
        Library,
        NativeImports.FindMissing);

    /// <summary>Returns what is missing on any machine, for tests.</summary>
    /// <param name="findDriverProblem">Queries the driver.</param>
    /// <param name="isBuiltIn">Whether ONNX Runtime was built with CUDA.</param>
    /// <param name="library">The path of the provider's library.</param>
    /// <param name="findMissing">
    /// Returns the libraries that the provider's library needs but that cannot be loaded.
    /// </param>
    public static string? FindProblem(
        Func<string?> findDriverProblem,
        bool isBuiltIn,
        string? library,
        Func<string, IReadOnlyList<string>> findMissing)
    {
        if (!isBuiltIn)
        {
            string? driver = findDriverProblem();
            return OperatingSystem.IsMacOS() ? driver
                : driver is null ? ProviderAdvice.Flavor
                : $"{ProviderAdvice.Flavor} {driver}";
        }

        if (library is null)
        {
            string name = OnnxRuntimeHost.FileName("onnxruntime_providers_cuda");
            return $"{name} is missing from the module. Rebuild it with the package Microsoft.ML.OnnxRuntime.Gpu.";
        }

        if (findDriverProblem() is string problem)
        {
            return problem;
        }

        IReadOnlyList<string> missing = findMissing(library);
        return missing.Count == 0 ? null
            : $"The provider's library '{library}' needs {string.Join(", ", missing)}, "
                + "which cannot be loaded on this machine. "
                + ProviderAdvice.ForLibraries(missing, NativeImports.Read(library));
    }
}
