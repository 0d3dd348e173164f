using Microsoft.ML.OnnxRuntime;

using OnnxDeep.Inference.Providers;
using OnnxDeep.Onnx.Inspection;

namespace OnnxDeep.Inference.Sessions;

/// <summary>Loads models into the runtime, and tells why one is refused.</summary>
internal static class SessionLoader
{
    // A thread pool costs more than a small network's whole run.
    private const long SmallModelBytes = 4 << 20;

    private const string DisabledOptimizers = "optimization.disable_specified_optimizers";
    private const string HalfWeightFolding = "ConstantFolding;FuseFp16InitializerToFp32NodeTransformer";

    /// <summary>Loads a model.</summary>
    /// <param name="path">The file, as a full path.</param>
    /// <param name="length">Its bytes.</param>
    /// <param name="provider">Where it computes.</param>
    /// <param name="settings">How it computes.</param>
    /// <exception cref="ModelException">The runtime, or the provider alone, refuses the model.</exception>
    /// <exception cref="FileFormatException">
    /// The file is not ONNX, not all of it, or too large to be changed.
    /// </exception>
    public static InferenceSession Load(string path, long length, ExecutionProvider provider, SessionSettings settings)
    {
        try
        {
            using var options = new SessionOptions { LogSeverityLevel = OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL };
            Configure(options, length, settings);
            provider.Configure(options);
            return RuntimeModel.Load(path, settings.ExtraOutputs, options);
        }
        catch (OnnxRuntimeException e)
        {
            if (provider.Name != ExecutionProvider.Cpu.Name)
            {
                // Where the CPU refuses the model too, its reason is the one to tell.
                Load(path, length, ExecutionProvider.Cpu, settings).Dispose();
                throw new ModelException(
                    ErrorIds.ProviderRefused,
                    $"{provider.Name} cannot load the model '{path}', which the CPU can: {OnnxRuntimeHost.Explain(e)} "
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

    /// <summary>The error for a model that the runtime refuses.</summary>
    /// <exception cref="FileFormatException">
    /// Our own reader tells better than the runtime what is wrong with the file, such as a cycle.
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
}
