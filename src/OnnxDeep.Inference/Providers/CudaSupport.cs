namespace OnnxDeep.Inference.Providers;

/// <summary>Whether the CUDA provider that is part of the Gpu package can run, and what it lacks.</summary>
internal static class CudaSupport
{
    /// <summary>The provider's library, where this build has it.</summary>
    public static string? Library => OnnxRuntimeHost.FindLibrary("onnxruntime_providers_cuda");

    /// <summary>What is missing and the command that mends it; null where nothing is known to be.</summary>
    public static string? FindProblem() => FindProblem(
        OnnxRuntimeHost.BuiltIn.Contains(ProviderNames.Cuda) ? CudaDriver.FindProblem : CudaDriver.FindMissing,
        OnnxRuntimeHost.BuiltIn.Contains(ProviderNames.Cuda),
        Library,
        NativeImports.FindMissing);

    /// <summary>The same for any machine.</summary>
    /// <param name="findDriverProblem">Asks the driver.</param>
    /// <param name="isBuiltIn">Whether ONNX Runtime was built with CUDA.</param>
    /// <param name="library">The provider's library.</param>
    /// <param name="findMissing">Asks for the libraries that the provider's library needs and does not get.</param>
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
            return $"{name} is missing from the module. Build it again with the package Microsoft.ML.OnnxRuntime.Gpu.";
        }

        if (findDriverProblem() is string problem)
        {
            return problem;
        }

        IReadOnlyList<string> missing = findMissing(library);
        return missing.Count == 0 ? null
            : $"The provider's library '{library}' needs {string.Join(", ", missing)}, "
                + "which this machine does not load. "
                + ProviderAdvice.ForLibraries(missing, NativeImports.Read(library));
    }
}
