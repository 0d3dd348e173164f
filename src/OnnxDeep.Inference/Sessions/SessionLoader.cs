using Microsoft.ML.OnnxRuntime;

using OnnxDeep.Inference.Providers;
using OnnxDeep.Onnx.Conversion;
using OnnxDeep.Onnx.Inspection;

namespace OnnxDeep.Inference.Sessions;

/// <summary>Loads models into the runtime and explains why a model is rejected.</summary>
internal static class SessionLoader
{
    // For a small network, starting a thread pool takes longer than the entire run.
    private const long SmallModelBytes = 4 << 20;

    private const string DisabledOptimizers = "optimization.disable_specified_optimizers";
    private const string HalfWeightFolding = "ConstantFolding;FuseFp16InitializerToFp32NodeTransformer";

    // Minimal containers lack en_US; the C locale changes case in the same way and is part of the C library.
    private const string MissingLocale = "Failed to construct locale with name:en_US";
    private const string BuiltInLocale = "C.UTF-8";
    private const string ExternalDataFolder = "session.model_external_initializers_file_folder_path";

    /// <summary>Loads a model.</summary>
    /// <param name="path">The full path of the file.</param>
    /// <param name="length">The size of the file in bytes.</param>
    /// <param name="provider">The execution provider that runs the model.</param>
    /// <param name="settings">The settings of the session.</param>
    /// <exception cref="ModelException">The runtime or only the provider rejects the model.</exception>
    /// <exception cref="FileFormatException">
    /// The file is not ONNX, is incomplete, or is too large to be changed.
    /// </exception>
    public static InferenceSession Load(string path, long length, ExecutionProvider provider, SessionSettings settings)
    {
        try
        {
            using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            Configure(options, length, settings);
            provider.Configure(options);
            return CreateSession(path, settings.ExtraOutputs, options);
        }
        catch (OnnxRuntimeException e)
        {
            if (provider.Name != ExecutionProvider.Cpu.Name)
            {
                // If the CPU rejects the model as well, its reason is reported.
                Load(path, length, ExecutionProvider.Cpu, settings).Dispose();
                throw new ModelException(
                    ErrorIds.ProviderRefused,
                    $"{provider.Name} cannot load the model '{path}', but the CPU can: {OnnxRuntimeHost.Explain(e)} "
                    + "Check the device and the options of the provider, or use the CPU.",
                    e);
            }

            throw Refused(path, e.Message, e);
        }
        catch (Exception e) when (OnnxRuntimeHost.IsMissing(e))
        {
            throw OnnxRuntimeHost.Missing(e);
        }
    }

    /// <summary>Creates the error for a model that the runtime rejects.</summary>
    /// <exception cref="FileFormatException">
    /// The file has a problem, such as a cycle, that the library's own reader explains better than the runtime.
    /// </exception>
    public static ModelException Refused(string path, string reason, Exception? cause)
    {
        IReadOnlyList<string> problems = OnnxModelInspector.Open(path).Info.Problems;
        string why = problems.Count > 0 ? string.Join(" ", problems) : reason;
        return new ModelException(ErrorIds.ModelInvalid, $"ONNX Runtime cannot load the model '{path}': {why}", cause);
    }

    private static void Configure(SessionOptions options, long length, SessionSettings settings)
    {
        if (settings.Threads > 0 || length < SmallModelBytes)
        {
            options.IntraOpNumThreads = Math.Max(1, settings.Threads);
        }

        options.GraphOptimizationLevel = settings.Optimization switch
        {
            GraphOptimization.None => GraphOptimizationLevel.ORT_DISABLE_ALL,
            GraphOptimization.Basic => GraphOptimizationLevel.ORT_ENABLE_BASIC,
            GraphOptimization.Extended => GraphOptimizationLevel.ORT_ENABLE_EXTENDED,
            _ => GraphOptimizationLevel.ORT_ENABLE_ALL,
        };
        if (settings.ProfilePrefix is not null)
        {
            options.ProfileOutputPathPrefix = settings.ProfilePrefix;
            options.EnableProfiling = true;
        }

        if (settings.OptimizedModelPath is not null)
        {
            options.OptimizedModelFilePath = settings.OptimizedModelPath;
        }

        if (settings.KeepsHalfWeights)
        {
            options.AddSessionConfigEntry(DisabledOptimizers, HalfWeightFolding);
        }
    }

    // With a workaround for machines without a locale that the model asks for but does not need.
    private static InferenceSession CreateSession(
        string path, IReadOnlyList<string> extraOutputs, SessionOptions options)
    {
        try
        {
            return extraOutputs.Count == 0
                ? new InferenceSession(path, options)
                : CreateSession(path, RuntimeModel.AppendOutputs(path, extraOutputs), options);
        }
        catch (OnnxRuntimeException e) when (e.Message.Contains(MissingLocale, StringComparison.Ordinal))
        {
            byte[] copy = RuntimeModel.AppendOutputs(path, extraOutputs);
            return CreateSession(path, RuntimeModel.ReplaceLocale(copy, BuiltInLocale), options);
        }
    }

    private static InferenceSession CreateSession(string path, byte[] bytes, SessionOptions options)
    {
        options.AddSessionConfigEntry(ExternalDataFolder, Path.GetDirectoryName(path)!);
        return new InferenceSession(bytes, options);
    }
}
